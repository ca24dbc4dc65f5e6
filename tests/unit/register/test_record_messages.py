# SPDX-License-Identifier: GPL-3.0-or-later
"""One line a message: what is changed in a valid register, and what must be said about it."""

from __future__ import annotations

from datetime import date
from ipaddress import IPv4Address, IPv4Interface
from typing import Any

import pytest
from pydantic import ValidationError

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import (
    Bandwidth,
    Contract,
    DevicePort,
    Handoff,
    PortRef,
    Specs,
)

# id, file, old text, new text, line:column, key, part of what is wrong, part of what to do
CASES = [
    ("unknown-key", "devices", "    platform: linux", "    platfrom: linux", "3:5", "devices[br1].platfrom",
     "kunci 'platfrom' tidak dikenal. Maksud Anda \"platform\"?", "Ganti 'platfrom' menjadi 'platform'"),
    ("unknown-key-nested", "circuits", "domestic: 200", "domestik: 200", "7:16", "circuits[isp-a].capacity.domestik",
     "Maksud Anda \"domestic\"?", "'domestic'"),
    ("unknown-key-in-list", "devices", "{name: eth0, use:", "{nama: eth0, use:", "12:10", "devices[br1].ports[#1].nama",
     "Maksud Anda \"name\"?", "'name'"),
    ("unknown-key-nothing-near", "opds", "    users: 24", "    users: 24\n    zzz: 1", "6:5", "opds[kominfo].zzz",
     "kunci 'zzz' tidak dikenal.", "Yang dikenal di sini: code, name, kind"),
    ("missing-key", "opds", "    users: 24\n", "", "2:5", "opds[kominfo].users",
     "kunci 'users' wajib diisi tetapi tidak ada", "Tambahkan 'users: …' (Jumlah pengguna komputer)."),
    ("missing-nested", "servers", "vcpu: 4, ram: 8 GB", "ram: 8 GB", "6:5", "servers[srv1].specs.vcpu",
     "kunci 'vcpu' wajib diisi", "(Jumlah vCPU)."),
    ("missing-register-number", "devices", ', register: "0001"', "", "9:5", "devices[br1].asset.register",
     "kunci 'register' wajib diisi", "(Nomor register"),
    ("empty-value", "opds", "    users: 24", "    users:", "5:11", "opds[kominfo].users",
     "'users' tidak berisi apa-apa", "Isi nilainya (Jumlah pengguna komputer)."),
    ("null-in-list", "applications", "[simpus]", "[simpus, ~]", "22:26", "applications[portal].depends_on[#2]",
     "tidak berisi apa-apa", "Isi nilainya"),
    ("empty-record", "opds", "    coverage: {reachable: true}", "    coverage:", "9:14", "opds[kominfo].coverage",
     "'coverage' tidak berisi apa-apa", "Isi nilainya"),
    ("choice", "devices", "readiness: in_service", "readiness: in_servis", "10:16", "devices[br1].readiness",
     "'in_servis' bukan pilihan yang dikenal. Maksud Anda \"in_service\"?", "planned, ordered, arrived, racked"),
    ("choice-case", "servers", "condition: Baik", "condition: baik", "7:16", "servers[srv1].condition",
     "Maksud Anda \"Baik\"?", "Rusak Ringan, Rusak Berat"),
    ("choice-nothing-near", "opds", "kind: dinas", "kind: zzz", "4:11", "opds[kominfo].kind",
     "'zzz' bukan pilihan yang dikenal.", "Pilih salah satu: dinas, badan"),
    ("choice-is-list", "opds", "kind: dinas", "kind: [dinas]", "4:5", "opds[kominfo].kind",
     "di sini harus satu kata", "Pilih salah satu"),
    ("time-zone", "government", "time_zone: WIB", "time_zone: Asia/Jakarta", "5:14", "government.time_zone",
     "bukan pilihan yang dikenal", "WIB, WITA, WIT"),
    ("yes-no", "opds", "public_service: false", "public_service: tidak", "6:21", "opds[kominfo].public_service",
     "'tidak' bukan true atau false", "Maksud Anda false?"),
    ("yes-no-capital", "opds", "public_service: false", "public_service: False", "6:21",
     "opds[kominfo].public_service", "'False' bukan true atau false", "Maksud Anda false?"),
    ("yes-no-other", "opds", "public_service: false", "public_service: kadang", "6:21",
     "opds[kominfo].public_service", "'kadang' bukan true atau false", "Tulis true (ya)"),
    ("number-octal", "opds", "users: 24", "users: 024", "5:12", "opds[kominfo].users",
     "'024' bukan bilangan bulat", "Maksud Anda 24?"),
    ("number-grouped", "opds", "users: 24", "users: 1.200", "5:12", "opds[kominfo].users",
     "'1.200' bukan bilangan bulat", "Maksud Anda 1200?"),
    ("number-words", "opds", "users: 24", "users: dua puluh", "5:12", "opds[kominfo].users",
     "bukan bilangan bulat", "Tulis angka saja"),
    ("number-negative", "opds", "users: 24", "users: -1", "5:12", "opds[kominfo].users",
     "-1 di luar batas", "dari 0 sampai"),
    ("number-is-list", "opds", "users: 24", "users: [24]", "5:5", "opds[kominfo].users",
     "harus bilangan bulat, bukan daftar", "misalnya 45"),
    ("priority", "opds", "priority: 2", "priority: 6", "7:15", "opds[kominfo].priority", "6 di luar batas",
     "dari 1 sampai 5"),
    ("year", "government", "2026", "26", "6:16", "government.fiscal_year", "26 di luar batas", "dari 2000"),
    ("asn", "government", "asn: 64512", "asn: 0", "7:8", "government.asn", "0 di luar batas", "dari 1"),
    ("code-capitals", "opds", "code: dinkes", "code: Dinas Kesehatan", "12:11", "opds[Dinas Kesehatan].code",
     "tidak dapat dipakai sebagai kode", "Maksud Anda 'dinas-kesehatan'?"),
    ("code-underscore", "devices", "name: rt-disdik", "name: rt_disdik", "43:11", "devices[rt_disdik].name",
     "tidak dapat dipakai sebagai kode", "Maksud Anda 'rt-disdik'?"),
    ("code-starts-with-digit", "devices", "name: rt-disdik", "name: 1rt", "43:11", "devices[1rt].name",
     "tidak dapat dipakai sebagai kode", "diawali huruf"),
    ("code-ends-with-hyphen", "devices", "name: rt-disdik", "name: rt-", "43:11", "devices[rt-].name",
     "tidak dapat dipakai", "Maksud Anda 'rt'?"),
    ("code-double-hyphen", "devices", "name: rt-disdik", "name: rt--x", "43:11", "devices[rt--x].name",
     "tidak dapat dipakai", "Maksud Anda 'rt-x'?"),
    ("code-too-long", "devices", "name: rt-disdik", f"name: {'a' * 64}", "43:11", f"devices[{'a' * 64}].name",
     "tidak dapat dipakai", "paling panjang 63"),
    ("text-empty", "opds", "name: Dinas Komunikasi", 'name: " "', "3:11", "opds[kominfo].name", "teksnya kosong",
     "Isi teksnya"),
    ("text-long", "opds", "name: Dinas Komunikasi", f"name: {'x' * 201}", "3:11", "opds[kominfo].name",
     "teksnya 201 huruf", "Persingkat"),
    ("text-line-break", "devices", "model: Switch", 'model: "Switch\\nshutdown"', "18:12", "devices[core1].model",
     "pergantian baris", "satu baris"),
    ("text-is-mapping", "devices", "model: Switch", "model: {merek: X}", "18:5", "devices[core1].model",
     "harus teks, bukan kelompok kunci", "Tulis satu nilai"),
    ("date-local", "circuits", "end: 2026-12-31", "end: 31-12-2026", "9:40", "circuits[isp-a].contract.end",
     "'31-12-2026' bukan tanggal", "Maksud Anda 2026-12-31?"),
    ("date-words", "circuits", "end: 2026-12-31", "end: 31 Desember 2026", "9:40", "circuits[isp-a].contract.end",
     "bukan tanggal", "tahun-bulan-hari"),
    ("date-not-in-calendar", "circuits", "end: 2026-12-31", "end: 2026-02-30", "9:40", "circuits[isp-a].contract.end",
     "tidak ada di kalender", "Periksa"),
    ("speed", "bandwidth", "100 Mbps", "1 gigabyte", "2:30", "bandwidth[dinkes].requested", "satuan byte",
     "kbps, Mbps, atau Gbps"),
    ("size", "servers", "ram: 8 GB", "ram: 8 Gb", "6:27", "servers[srv1].specs.ram", "b kecil berarti bit", "'8 GB'"),
    ("decimal-comma-in-braces", "servers", "ram: 8 GB", "ram: 7,5 GB", "6:27", "servers[srv1].specs.ram",
     "'7,5 GB' terbaca sebagai beberapa bagian", 'Apit dengan tanda kutip: ram: "7,5 GB"'),
    ("comma-in-braces", "opds", "name: Ruang server,", "name: Ruang server, lantai 2,sayap A,", "11:26",
     "opds[kominfo].locations[dc].name", "'Ruang server, lantai 2,sayap A' terbaca sebagai beberapa bagian",
     'Apit dengan tanda kutip: name: "Ruang server, lantai 2,sayap A"'),
    ("text-quotes", "devices", "model: Switch", "model: 'Switch 19\"'", "18:12", "devices[core1].model",
     "tanda kutip ganda", "kutip tunggal"),
    ("text-backslash", "devices", "model: Switch", "model: Switch \\ 2", "18:12", "devices[core1].model",
     "garis miring terbalik", "Hapus"),
    ("money", "circuits", "Rp 60.000.000", "60,000,000", "11:19", "circuits[isp-a].monthly_cost", "penulisan rupiah",
     "'Rp 60.000.000'"),
    ("address", "devices", "10.99.0.11", "10.99.0.300", "8:25", "devices[br1].management_address",
     "bukan alamat IPv4", "paling besar 255"),
    ("address-leading-zero", "devices", "10.99.0.11", "10.99.0.011", "8:25", "devices[br1].management_address",
     "bukan alamat IPv4", "10.99.0.11."),
    ("address-v6", "devices", "10.99.0.11", '"2001:db8::1"', "8:25", "devices[br1].management_address",
     "bukan alamat IPv4", "IPv6 belum didukung"),
    ("address-with-prefix", "devices", "10.99.0.11", "10.99.0.11/24", "8:25", "devices[br1].management_address",
     "garis miring", "10.99.0.11."),
    ("address-word", "devices", "10.99.0.11", "dhcp", "8:25", "devices[br1].management_address",
     "bukan alamat IPv4", "empat angka"),
    ("network-without-prefix", "government", "[10.99.0.1/32]", "[10.99.0.1]", "15:24",
     "government.management_sources[#1]", "tidak menyebut panjang subnet", "10.99.0.1/32"),
    ("network-host-bits", "government", "[10.99.0.1/32]", "[10.99.0.1/24]", "15:24",
     "government.management_sources[#1]", "bukan awal sebuah subnet", "10.99.0.0/24 (seluruh subnet)"),
    ("network-prefix", "government", "10.10.0.0/24", "10.10.0.0/33", "10:18", "government.address_pools.data_centre",
     "'/33' bukan panjang subnet", "0 sampai 32"),
    ("network-netmask", "government", "10.10.0.0/24", "10.10.0.0/255.255.255.0", "10:18",
     "government.address_pools.data_centre", "bukan panjang subnet", "0 sampai 32"),
    ("network-word", "government", "10.10.0.0/24", "sepuluh", "10:18", "government.address_pools.data_centre",
     "bukan subnet IPv4", "10.99.0.0/24"),
    ("network-address", "government", "10.10.0.0/24", "10.10.0/24", "10:18", "government.address_pools.data_centre",
     "'10.10.0' bukan alamat IPv4", "empat angka"),
    ("handoff-without-prefix", "circuits", "address: 203.0.113.2/30", "address: 203.0.113.2", "8:24",
     "circuits[isp-a].handoff.address", "tidak menyebut panjang subnet", "203.0.113.2/30"),
    ("list-expected", "government", "[198.51.100.123]", "198.51.100.123", "16:17", "government.time_servers",
     "'time_servers' harus berupa daftar", "[198.51.100.123]"),
    ("list-empty", "government", "[198.51.100.123]", "[]", "16:3", "government.time_servers",
     "daftarnya kosong", "sedikitnya satu"),
    ("sources-empty", "government", "[10.99.0.1/32]", "[]", "15:3", "government.management_sources",
     "daftarnya kosong", "sedikitnya satu"),
    ("mapping-expected", "opds", "    coverage: {reachable: true}", "    coverage: ya", "9:15",
     "opds[kominfo].coverage", "kelompok kunci, bukan satu nilai", "{reachable: …}"),
    ("record-expected", "opds", "  - code: disdik", "  - bpkad\n  - code: disdik", "22:5", "opds[#3]",
     "kelompok kunci, bukan satu nilai", "{code: …, name: …"),
    ("domain-url", "applications", "domain: simpus.ujikab.go.id", "domain: https://simpus.ujikab.go.id/", "7:13",
     "applications[simpus].domain", "bukan nama domain", "Maksud Anda 'simpus.ujikab.go.id'?"),
    ("domain-capitals", "applications", "domain: simpus.ujikab.go.id", "domain: Simpus.ujikab.go.id", "7:13",
     "applications[simpus].domain", "bukan nama domain", "Maksud Anda 'simpus.ujikab.go.id'?"),
    ("government-domain", "government", "ujikab.go.id", "ujikab.com", "4:11", "government.domain",
     "bukan domain pemerintah", "'.go.id'"),
    ("vlan-range", "government", "100-399", "100", "14:37", "government.vlans.transit", "bukan rentang VLAN",
     "misalnya 100-399"),
    ("vlan-range-reversed", "government", "100-399", "399-100", "14:37", "government.vlans.transit", "terbalik",
     "100-399"),
    ("vlan-range-outside", "government", "100-399", "100-4095", "14:37", "government.vlans.transit", "di luar batas",
     "4094"),
    ("vlan-id", "government", "data_centre: 10,", "data_centre: 1,", "14:24", "government.vlans.data_centre",
     "1 di luar batas", "dari 2 sampai 4094"),
    ("port-name", "devices", "{name: eth0, use", "{name: port satu, use", "12:16",
     "devices[br1].ports[port satu].name", "bukan nama port", "tanpa spasi"),
    ("cable-end", "devices", '"core1:eth1"', '"core1"', "14:37", "devices[br1].ports[eth2].to",
     "tidak menyebut perangkat dan portnya", '"core1:eth1"'),
    ("goods-code-digits", "devices", "1.3.2.10.02.04.002", "132100204002", "9:19", "devices[br1].asset.code",
     "bukan kode barang", "Maksud Anda 1.3.2.10.02.04.002?"),
    ("goods-code-trailing-dot", "devices", "1.3.2.10.02.04.002,", "1.3.2.10.02.04.002.,", "9:19",
     "devices[br1].asset.code", "bukan kode barang", "Maksud Anda 1.3.2.10.02.04.002?"),
    ("goods-code-words", "devices", "1.3.2.10.02.04.002", "router", "9:19", "devices[br1].asset.code",
     "bukan kode barang", "Kartu Inventaris Barang"),
    ("register-number", "devices", '"0001"', '"0000"', "9:49", "devices[br1].asset.register", "bukan nomor register",
     "Kartu Inventaris Barang"),
    ("runs-nowhere", "applications", "{server: srv1}", "{}", "11:5", "applications[simpus].runs_at",
     "tepat satu dari 'server' dan 'outside'", "{server: nama-server}"),
    ("runs-twice", "applications", "{server: srv1}", "{server: srv1, outside: X}", "11:5",
     "applications[simpus].runs_at", "tepat satu dari 'server' dan 'outside'", "{server: nama-server}"),
    ("source-absolute", "applications", "source: files/simpus", "source: /srv/simpus", "8:13",
     "applications[simpus].source", "bukan folder di dalam folder pemerintah daerah", "jalur relatif"),
    ("source-upwards", "applications", "source: files/simpus", "source: ../lab/files/simpus", "8:13",
     "applications[simpus].source", "bukan folder di dalam", "tanpa '..'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("stem", "old", "new", "place", "key", "what", "action"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_message(
    load_register: Any, stem: str, old: str, new: str, place: str, key: str, what: str, action: str
) -> None:
    result = load_register((stem, old, new))
    assert result.register is None
    texts = [f"{p.position} {p.key}: {p.what} → {p.action}" for p in result.problems]
    found = [p for p in result.problems if p.key == key and what in p.what]
    assert found, texts
    assert action in found[0].action
    assert found[0].file.endswith(f"register/{stem}.yml")
    assert f"{found[0].line}:{found[0].column}" == place
    assert found[0].is_error


# Records whose broken field makes other rules judge differently; everything else must stand alone.
_SPREADING = {"choice", "code-capitals", "code-starts-with-digit", "code-ends-with-hyphen", "code-double-hyphen"}


@pytest.mark.parametrize(
    ("stem", "old", "new"), [case[1:4] for case in CASES if case[0] not in _SPREADING],
    ids=[c[0] for c in CASES if c[0] not in _SPREADING],
)  # fmt: skip
def test_one_mistake_is_one_problem(load_register: Any, stem: str, old: str, new: str) -> None:
    result = load_register((stem, old, new))
    assert len(result.problems) == 1, result.text()


def test_misspelt_key_is_still_judged(load_register: Any) -> None:
    """The value under a misspelt key is checked under the key that was meant, at the place where it stands."""
    result = load_register(("devices", "management_address: 10.99.0.11", "managment_address: 10.99.0.999"))
    assert [(p.line, p.key) for p in result.problems] == [
        (8, "devices[br1].managment_address"),
        (8, "devices[br1].managment_address"),
    ]
    assert "bukan alamat IPv4" in result.problems[1].what
    assert result.problems[1].column == 24


def test_entries_after_a_broken_one_keep_their_place(load_register: Any) -> None:
    result = load_register(
        (
            "devices",
            "      - {name: eth2, use: lan}",
            '      - kosong\n      - {name: eth2, use: lan, to: "core1:eth3"}',
        )
    )
    assert [(p.line, p.key) for p in result.problems] == [
        (42, "devices[rt-dinkes].ports[#3]"),
        (43, "devices[rt-dinkes].ports[eth2].to"),
    ]


def test_records_can_be_made_in_code() -> None:
    """Planning and its tests make records from values instead of text."""
    bandwidth = Bandwidth(opd="dinkes", requested=4, proposed=3, granted=2, allocated=1)
    assert Bandwidth.model_validate(bandwidth.model_dump()) == bandwidth
    specs = Specs(vcpu=1, ram=10**9, disk=10**9)
    assert specs == Specs.model_validate({"vcpu": "1", "ram": "1 GB", "disk": "1 GB"})
    contract = Contract(start=date(2026, 1, 1), end=date(2026, 12, 31))
    assert contract == Contract.model_validate({"start": "2026-01-01", "end": "2026-12-31"})
    port = DevicePort(name="eth1", use="link", to=PortRef("core1", "eth1"))
    assert port == DevicePort.model_validate({"name": "eth1", "use": "link", "to": "core1:eth1"})
    handoff = Handoff(
        address=IPv4Interface("203.0.113.2/30"),
        gateway=IPv4Address("203.0.113.1"),
        dns=(IPv4Address("198.51.100.53"),),
    )
    assert handoff == Handoff.model_validate(
        {"address": "203.0.113.2/30", "gateway": "203.0.113.1", "dns": ["198.51.100.53"]}
    )


@pytest.mark.parametrize("value", [0, -1, True, 1.5, None])
def test_amounts_made_in_code_are_judged_too(value: Any) -> None:
    with pytest.raises(ValidationError):
        Bandwidth(opd="dinkes", requested=value, proposed=1, granted=1, allocated=1)
