# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules between records: one line a rule, and nothing but that rule speaks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load

E, W = "error", "warning"

# rt-disdik with an asset number of its own, for cases that move it to another OPD
SECOND_ROUTER = ("devices", 'register: "0001"}\n    readiness: ordered', 'register: "2"}\n    readiness: ordered')
NO_ROUTER_NUMBER = ("devices", SECOND_ROUTER[1], SECOND_ROUTER[2].replace('"2"', '"1"'))
NOTHING_RUNS = (("applications", "{server: srv1}", "{outside: X}"),) * 2
CORE1, RT_DISDIK = "devices.yml baris 16", "devices.yml baris 43"

# dinkes' own line carries a tunnel, and enters its router
VPN_LINE = ("circuits", "location: kantor\n", "location: kantor\n    track: [192.0.2.1]\n    vpn: {to: br1}\n")
LAN_PORT = "{name: eth2, use: lan}"
VPN_PORT = ("devices", LAN_PORT, f"{LAN_PORT}\n      - {{name: eth3, use: uplink, circuit: dinkes-lama}}")
VPN_HANDOFF = (
    "circuits",
    "    vpn: {to: br1}\n",
    "    vpn: {to: br1}\n    handoff: {address: 192.0.2.2/24, gateway: 192.0.2.1, dns: [192.0.2.1]}\n",
)


def bgp(session: str, line: str = "gateway: 203.0.113.1, dns: [198.51.100.53]}\n") -> tuple[str, str, str]:
    """A session on isp-a, or on the line whose handoff ends in ``line``; its key stands in line 9 of circuits."""
    return "circuits", line, f"{line}    bgp: {{{session}}}\n"


def past(*stages: str, since: str | None = "2026-04-06") -> list[tuple[str, str, str]]:
    """dinkes is at `provisioned` since that day and was at these stages before; their list begins in line 20."""
    stage = "priority: 1\n    stage: provisioned\n"
    present = f"    stage_since: {since}\n" if since else ""
    lines = "".join(f"      - {{stage: {text}}}\n" for text in stages)
    return [("opds", stage, f"{stage}{present}    stage_history:\n{lines}")]


AFTER = ("parallel, since: 2026-02-02, until: 2026-04-06",)


def announced(text: str) -> tuple[str, str, str]:
    return "government", "asn: 64512\n", f"asn: 64512\n  bgp: {{{text}}}\n"


SESSION = bgp("asn: 4200000001")
ISP_B = "gateway: 203.0.113.5, dns: [198.51.100.54]}\n"

RT_DINKES = "name: rt-dinkes\n    platform: linux"
BR1 = "name: br1\n    platform: linux"

# id, severity, edits (file, old, new), file:line of the problem, key, part of what is wrong, part of what to do
CASES = [
    # unique
    ("opd-twice", E, [("opds", "code: disdik", "code: kominfo"), ("bandwidth", "opd: disdik", "opd: kominfo"),
                      ("devices", "opd: disdik", "opd: dinkes"), SECOND_ROUTER,
                      ("applications", "owner: disdik", "owner: dinkes"),
                      ("applications", "owner: disdik", "owner: dinkes")],
     "opds:22", "opds[kominfo].code", "kode OPD 'kominfo' sudah dipakai di opds.yml baris 2", "hapus salah satu"),
    ("circuit-twice", E, [("circuits", "id: dinkes-lama", "id: isp-b")],
     "circuits:22", "circuits[isp-b].id", "nama jalur 'isp-b' sudah dipakai", "hapus salah satu"),
    ("bandwidth-twice", E, [("bandwidth", "{opd: disdik", "{opd: dinkes")], "bandwidth:3", "bandwidth[dinkes].opd",
     "bandwidth untuk OPD 'dinkes' sudah dipakai di bandwidth.yml baris 2", "hapus salah satu"),
    ("application-twice", E, [("applications", "code: absensi", "code: portal")], "applications:23",
     "applications[portal].code", "kode aplikasi 'portal' sudah dipakai", "Beri nilai lain"),
    ("domain-twice", E, [("applications", "absensi.ujikab", "simpus.ujikab")], "applications:28",
     "applications[absensi].domain", "domain 'simpus.ujikab.go.id' sudah dipakai", "Beri nilai lain"),
    ("host-twice", E, [("servers", "name: srv2", "name: rt-disdik")], "servers:16", "servers[rt-disdik].name",
     "nama perangkat atau server 'rt-disdik' sudah dipakai di devices.yml baris 43", "Beri nilai lain"),
    ("management-address-twice", E, [("servers", "10.99.0.32", "10.99.0.22")], "servers:26",
     "servers[srv2].management_address", "alamat pengelolaan '10.99.0.22' sudah dipakai di " + RT_DISDIK, "Beri nilai"),
    ("asset-twice", E, [("devices", "opd: disdik\n    location: kantor", "opd: dinkes\n    location: kantor"),
                        NO_ROUTER_NUMBER],
     "devices:50", "devices[rt-disdik].asset.register",
     "barang 1.3.2.10.02.04.002 nomor register 1 milik dinkes sudah tercatat di devices.yml baris 30 (rt-dinkes)",
     "Kartu Inventaris Barang"),
    ("location-twice", E, [("opds", "      - {code: kantor, name: Kantor Disdik, kind: office}",
                            "      - {code: kantor, name: A, kind: office}\n"
                            "      - {code: kantor, name: B, kind: office}")],
     "opds:32", "opds[disdik].locations[kantor].code", "kode lokasi 'kantor' ditulis dua kali", "hapus salah satunya"),
    ("port-twice", E, [("devices", "{name: eth3, use: uplink", "{name: eth1, use: uplink")], "devices:15",
     "devices[br1].ports[eth1].name", "nama port 'eth1' ditulis dua kali", "hapus salah satunya"),
    ("dependency-twice", E, [("applications", "[simpus]", "[simpus, simpus]")], "applications:22",
     "applications[portal].depends_on[#2]", "aplikasi 'simpus' ditulis dua kali", "hapus salah satunya"),
    ("source-twice", E, [("government", "[10.99.0.1/32]", "[10.99.0.1/32, 10.99.0.1/32]")], "government:15",
     "government.management_sources[#2]", "subnet '10.99.0.1/32' ditulis dua kali", "hapus salah satunya"),
    ("time-server-twice", E, [("government", "[198.51.100.123]", "[198.51.100.123, 198.51.100.123]")],
     "government:16", "government.time_servers[#2]", "server waktu '198.51.100.123' ditulis dua kali", "hapus"),
    ("group-name", E, [("opds", "code: disdik", "code: dinkes-a"), ("opds", "{code: kantor, name: Kantor Disdik",
                        "{code: b, name: Kantor Disdik"), ("opds", "{code: kantor, name: Kantor Dinkes",
                        "{code: a-b, name: Gudang, kind: office}\n      - {code: kantor, name: Kantor Dinkes"),
                       ("bandwidth", "opd: disdik", "opd: dinkes-a"),
                       ("devices", "opd: disdik\n    location: kantor", "opd: dinkes-a\n    location: b"),
                       ("applications", "owner: disdik", "owner: dinkes-a"),
                       ("applications", "owner: disdik", "owner: dinkes-a")],
     "opds:32", "opds[dinkes-a].locations[b].code",
     "lokasi dinkes-a/b dan dinkes/a-b menghasilkan nama grup Ansible yang sama (location_dinkes_a_b)", "Ubah"),
    ("host-named-like-group", E, [("servers", "name: srv2", "name: network")], "servers:16", "servers[network].name",
     "nama 'network' dipakai Ansible", "network-1"),
    # references
    ("no-such-opd", E, [("bandwidth", "opd: disdik", "opd: disdk")], "bandwidth:3", "bandwidth[disdk].opd",
     "OPD 'disdk' tidak ada di opds.yml. Maksud Anda \"disdik\"?", "Ganti dengan 'disdik'"),
    ("no-such-opd-of-device", E, [("devices", "opd: disdik", "opd: perpustakaan")], "devices:47",
     "devices[rt-disdik].opd", "OPD 'perpustakaan' tidak ada", "tambahkan 'perpustakaan' ke opds.yml"),
    ("no-such-owner", E, [("servers", "owner: dinkes", "owner: dinke")], "servers:17", "servers[srv2].owner",
     "Maksud Anda \"dinkes\"?", "Ganti dengan 'dinkes'"),
    ("no-such-application-owner", E, [("applications", "owner: dinkes", "owner: dinke")], "applications:4",
     "applications[simpus].owner", "Maksud Anda \"dinkes\"?", "opds.yml"),
    ("no-such-opd-of-circuit", E, [("circuits", "opd: dinkes", "opd: dinke")], "circuits:24",
     "circuits[dinkes-lama].opd", "Maksud Anda \"dinkes\"?", "opds.yml"),
    ("no-such-location", E, [("devices", "opd: disdik\n    location: kantor", "opd: disdik\n    location: kator")],
     "devices:48", "devices[rt-disdik].location", "lokasi 'kator' tidak ada pada OPD disdik. Maksud Anda \"kantor\"?",
     "Yang ada: kantor."),
    ("no-such-circuit-location", E, [("circuits", "location: kantor", "location: zzz")], "circuits:25",
     "circuits[dinkes-lama].location", "lokasi 'zzz' tidak ada pada OPD dinkes", "Yang ada: kantor."),
    ("no-such-room", E, [("servers", "room: dc, rack: R2", "room: dcc, rack: R2")], "servers:22",
     "servers[srv2].place.room", "ruang 'dcc' bukan kode lokasi berjenis data_centre. Maksud Anda \"dc\"?", "dc"),
    ("room-is-an-office", E, [("servers", "room: dc, rack: R2", "room: kantor, rack: R2")], "servers:22",
     "servers[srv2].place.room", "ruang 'kantor' bukan kode lokasi berjenis data_centre", "kind: data_centre"),
    ("no-such-server", E, [("applications", "source: files/portal", "source: files/portal"),
                           ("applications", "{server: srv1}\n    depends_on", "{server: srv9}\n    depends_on")],
     "applications:21", "applications[portal].runs_at.server", "server 'srv9' tidak ada di servers.yml", "servers.yml"),
    ("no-such-dependency", E, [("applications", "[simpus]", "[simpu]")], "applications:22",
     "applications[portal].depends_on[#1]", "aplikasi 'simpu' tidak ada", "Ganti dengan 'simpus'"),
    # access
    *(
        (name, E, [("government", "[198.51.100.123]", "[198.51.100.123]\n  access:\n    - " + record)],
         "government:18", key, what, action)
        for name, record, key, what, action in (
            ("access-to-nobody", "{name: arsip, source: dinkes, target: disdk, protocol: tcp, ports: [445], reason: S}",
             "government.access[arsip].target", "OPD atau lokasi 'disdk' tidak ada", "Ganti dengan 'disdik'"),
            ("access-all-ports", "{name: arsip, source: dinkes, target: disdik, protocol: tcp, reason: S}",
             "government.access[arsip]", "membuka semua port tcp", "ports: [445]"),
            ("access-ping-port", "{name: arsip, source: dinkes, target: disdik, protocol: icmp, ports: [7], reason: S}",
             "government.access[arsip].ports", "icmp tidak punya port", "Hapus 'ports'"),
            ("access-to-itself", "{name: arsip, source: dinkes/kantor, target: dinkes/kantor, protocol: icmp, "
             "reason: S}", "government.access[arsip].target", "ke tempat itu sendiri", "betulkan"),
        )
    ),
    ("recorder-outside", E, [("government", "[198.51.100.123]", "[198.51.100.123]\n  cctv_recorders: [192.0.2.9]")],
     "government:17", "government.cctv_recorders[#1]", "di luar kolam data_centre", "tidak lewat internet"),
    # own lines
    ("own-line-budget", E, [("circuits", "    budget_line: DPA 1\n", "")], "circuits:2", "circuits[isp-a]",
     "uplink belum punya 'budget_line'", "rekening DPA"),
    ("preferred-uplink", E, [("circuits", "    role: main\n", "    role: main\n    preferred: true\n")], "circuits:7",
     "circuits[isp-a].preferred", "diurutkan oleh 'role'", "Hapus 'preferred'"),
    # tunnels
    ("vpn-uplink", E, [("circuits", "    role: main\n", "    role: main\n    vpn: {to: br1}\n")], "circuits:7",
     "circuits[isp-a].vpn", "masuk di border router", "Hapus 'vpn'"),
    ("vpn-nowhere", E, [VPN_LINE, ("circuits", "to: br1", "to: br9"), VPN_PORT], "circuits:27",
     "circuits[dinkes-lama].vpn.to", "perangkat 'br9' tidak ada", "Ganti dengan 'br1'"),
    ("vpn-to-switch", E, [VPN_LINE, ("circuits", "to: br1", "to: core1"), VPN_PORT], "circuits:27",
     "circuits[dinkes-lama].vpn.to", "core1 adalah core_switch", "Pilih border router"),
    ("vpn-dhcp-untracked", E, [VPN_LINE, ("circuits", "    track: [192.0.2.1]\n", ""), VPN_PORT], "circuits:26",
     "circuits[dinkes-lama].vpn", "gatewaynya untuk terowongan tidak dapat dijaga", "Tambahkan 'track"),
    ("vpn-unused", W, [VPN_LINE], "circuits:27", "circuits[dinkes-lama].vpn", "belum masuk di router OPD mana pun",
     "circuit: dinkes-lama"),
    ("vpn-changing-address", E, [VPN_LINE, VPN_PORT, ("devices", RT_DINKES, RT_DINKES.replace("linux", "ios"))],
     "circuits:27", "circuits[dinkes-lama].vpn", "rt-dinkes (ios) tidak dapat menjaga jalan ke br1",
     "Minta alamat tetap"),
    ("vpn-no-common-method", E, [VPN_LINE, VPN_HANDOFF, VPN_PORT,
                                 ("devices", RT_DINKES, RT_DINKES.replace("linux", "ios"))],
     "circuits:27", "circuits[dinkes-lama].vpn", "rt-dinkes (ios) dan br1 (linux) tidak punya jenis terowongan",
     "Ganti salah satu routernya"),
    ("vpn-translated-address", E, [VPN_LINE, VPN_HANDOFF, ("circuits", "192.0.2.2/24", "100.64.0.2/24"),
                                   ("circuits", "192.0.2.1, dns", "100.64.0.1, dns"), VPN_PORT,
                                   ("devices", RT_DINKES, RT_DINKES.replace("linux", "ios")),
                                   ("devices", BR1, BR1.replace("linux", "ios"))],
     "circuits:27", "circuits[dinkes-lama].vpn", "hanya sama-sama mengenal GRE", "Minta alamat internet tetap"),
    ("vpn-mtu", E, [VPN_LINE, VPN_PORT, ("circuits", "to: br1", "to: br1, mtu: 1200")], "circuits:27",
     "circuits[dinkes-lama].vpn.mtu", "1200", "1380"),
    ("no-cable-no-tunnel", E, [("devices", '      - {name: eth1, use: link, to: "core1:eth2"}\n', ""),
                               ("devices", '      - {name: eth2, use: link, to: "rt-dinkes:eth1"}\n', "")],
     "devices:38", "devices[rt-dinkes].ports", "belum punya port link", "pasang 'vpn' pada jalur internetnya"),
    # BGP
    ("bgp-own-line", E, [("circuits", "location: kantor\n", "location: kantor\n    bgp: {asn: 4200000001}\n")],
     "circuits:26", "circuits[dinkes-lama].bgp", "hanya untuk uplink bersama", "Hapus 'bgp'"),
    ("bgp-same-asn", E, [bgp("asn: 64512")], "circuits:9", "circuits[isp-a].bgp.asn",
     "nomor AS penyedia sama dengan nomor AS kita (64512)", "Tulis nomor AS penyedia"),
    ("bgp-same-own-asn", E, [bgp("asn: 65001, own_asn: 65001")], "circuits:9", "circuits[isp-a].bgp.asn",
     "sama dengan nomor AS kita (65001)", "'own_asn'"),
    ("bgp-reserved-asn", E, [bgp("asn: 23456")], "circuits:9", "circuits[isp-a].bgp.asn", "dicadangkan IANA",
     "64512-65534"),
    ("bgp-reserved-own-asn", E, [bgp("asn: 4200000001, own_asn: 65535")], "circuits:9", "circuits[isp-a].bgp.own_asn",
     "nomor AS 65535 tidak boleh dipakai", "64512-65534"),
    ("bgp-example-asn", W, [bgp("asn: 64500")], "circuits:9", "circuits[isp-a].bgp.asn", "RFC 5398", "surat penyedia"),
    ("bgp-no-own-asn", E, [SESSION, ("government", "  asn: 64512\n", "")], "circuits:9", "circuits[isp-a].bgp",
     "nomor AS kita untuk sesi ini belum ada", "'own_asn'"),
    ("bgp-far-neighbour", E, [bgp("asn: 4200000001, neighbour: 192.0.2.1")], "circuits:9",
     "circuits[isp-a].bgp.neighbour", "192.0.2.1 tidak di subnet serah terima 203.0.113.0/30", "satu subnet"),
    ("bgp-neighbour-is-us", E, [bgp("asn: 4200000001, neighbour: 203.0.113.2")], "circuits:9",
     "circuits[isp-a].bgp.neighbour", "alamat kita sendiri", "hapus kunci ini"),
    ("bgp-table-without-limit", E, [bgp("asn: 4200000001, accept: table")], "circuits:9",
     "circuits[isp-a].bgp.accept", "tanpa batas jumlah prefiks", "max_prefixes"),
    ("bgp-table-behind-static", E, [bgp("asn: 4200000001, accept: table, max_prefixes: 9", ISP_B)], "circuits:19",
     "circuits[isp-b].bgp.accept", "menunggu di belakang jalur statis isp-a", "accept: default"),
    ("bgp-announces-foreign", E, [bgp("asn: 4200000001, announce: [45.64.0.0/22]"),
                                   announced("prefixes: [45.64.8.0/22]")],
     "circuits:9", "circuits[isp-a].bgp.announce[#1]", "45.64.0.0/22 bukan salah satu dari bgp.prefixes",
     "Hanya prefiks sendiri"),
    ("bgp-announces-nothing-known", E, [bgp("asn: 4200000001, announce: [45.64.0.0/22]")], "circuits:9",
     "circuits[isp-a].bgp.announce[#1]", "bukan salah satu dari bgp.prefixes", "Hanya prefiks sendiri"),
    ("bgp-prefix-private", E, [SESSION, announced("prefixes: [10.0.0.0/8]")], "government:8",
     "government.bgp.prefixes[#1]", "10.0.0.0/8 berada di 10.0.0.0/8", "alamat privat diterjemahkan"),
    ("bgp-default-is-transit", E, [SESSION, announced("prefixes: [0.0.0.0/0]")], "government:8",
     "government.bgp.prefixes[#1]", "membajak lalu lintas orang lain", "APNIC"),
    ("bgp-prefixes-overlap", E, [SESSION, announced("prefixes: [45.64.0.0/22, 45.64.2.0/24]")], "government:8",
     "government.bgp.prefixes[#2]", "45.64.2.0/24 bertumpang tindih dengan 45.64.0.0/22", "satu kali"),
    ("bgp-prefix-of-provider", E, [SESSION, ("circuits", "address: 203.0.113.2/30, gateway: 203.0.113.1",
                                             "address: 45.64.0.2/30, gateway: 45.64.0.1"),
                                   announced("prefixes: [45.64.0.0/22]")],
     "government:8", "government.bgp.prefixes[#1]", "memuat subnet serah terima 45.64.0.0/30", "bukan subnet jalur"),
    ("bgp-prefix-example", W, [SESSION, announced("prefixes: [192.0.2.0/24]")], "government:8",
     "government.bgp.prefixes[#1]", "RFC 5737", "milik pemerintah daerah"),
    ("bgp-prefix-too-long", W, [bgp("asn: 4200000001, own_asn: 7713"), announced("prefixes: [45.64.0.0/25]")],
     "government:8", "government.bgp.prefixes[#1]", "lebih kecil dari /24", "/24 atau lebih besar"),
    ("bgp-unused-prefix", W, [announced("prefixes: [45.64.0.0/22]")], "government:8", "government.bgp.prefixes",
     "belum diumumkan", "Tambahkan 'bgp"),
    ("bgp-nat-elsewhere", E, [SESSION, announced("prefixes: [45.64.0.0/22], nat_address: 45.65.0.1")], "government:8",
     "government.bgp.nat_address", "jawaban dari internet tidak kembali", "di dalam prefixes"),
    # government
    ("pools-overlap", E, [("government", "10.254.0.0/24", "10.20.4.0/24")], "government:12",
     "government.address_pools.transit", "kolam transit (10.20.4.0/24) bertumpang tindih dengan kolam office_lan", ""),
    ("pool-too-small", E, [("government", "10.20.0.0/16", "10.20.0.0/25")], "government:11",
     "government.address_pools.office_lan", "terlalu kecil", "/24 atau lebih besar"),
    ("pool-not-private", W, [("government", "10.20.0.0/16", "172.32.0.0/16")], "government:11",
     "government.address_pools.office_lan", "bukan alamat privat", "172.16.0.0/12"),
    ("vlan-inside-transit", E, [("government", "data_centre: 10,", "data_centre: 100,")], "government:14",
     "government.vlans.data_centre", "VLAN pusat data 100 berada di dalam rentang transit 100-399", "di luar"),
    ("whole-internet-manages", E, [("government", "[10.99.0.1/32]", "[0.0.0.0/0]")], "government:15",
     "government.management_sources[#1]", "0.0.0.0/0 membuka pengelolaan", "10.99.0.1/32"),
    ("wide-source", W, [("government", "[10.99.0.1/32]", "[10.96.0.0/12]")], "government:15",
     "government.management_sources[#1]", "1048576 alamat", "Persempit"),
    ("prices-reversed", E, [("government", "min: Rp 50.000", "min: Rp 500.000")], "government:21",
     "government.rules.price_per_mbps_min", "Rp 500.000 lebih besar daripada harga tertinggi Rp 400.000", "Tukar"),
    # opds
    ("reason-missing", E, [("opds", ", reason: Menunggu kabel", "")], "opds:29", "opds[disdik].coverage",
     "alasannya tidak disebut", "Tambahkan 'reason: …'"),
    ("unreachable-but-in-service", W, [("opds", "stage: provisioned\n    coverage: {reachable: true}\n    locations:\n"
                                        "      - {code: kantor", "stage: provisioned\n    coverage: {reachable: false, "
                                        "reason: X}\n    locations:\n      - {code: kantor")],
     "opds:19", "opds[dinkes].coverage.reachable", "disebut tidak terjangkau, padahal rt-dinkes sudah", "true"),
    ("stage-without-place", E, [("opds", "stage: surveyed", "stage: parallel"),
                                ("opds", "\n      - {code: kantor, name: Kantor Disdik, kind: office}", " []"),
                                ("devices", "opd: disdik\n", "opd: dinkes\n"),
                                SECOND_ROUTER],
     "opds:30", "opds[disdik].locations", "tahap parallel tetapi belum punya lokasi", "surveyed atau planned"),
    ("stage-behind", W, [("opds", "priority: 1\n    stage: provisioned", "priority: 1\n    stage: planned")], "opds:18",
     "opds[dinkes].stage", "tahap OPD masih planned, padahal rt-dinkes sudah in_service", "provisioned"),
    # stages
    ("stage-ends-before-it-began", E, past("parallel, since: 2026-03-09, until: 2026-03-02"),
     "opds:21", "opds[dinkes].stage_history[#1].until", "parallel selesai (2026-03-02) sebelum dicapai", "Betulkan"),
    ("stages-overlap", E, past("planned, since: 2026-01-05, until: 2026-03-02", *AFTER),
     "opds:22", "opds[dinkes].stage_history[#2].since", "padahal tahap sebelumnya baru selesai 2026-03-02", "Urutkan"),
    ("stages-apart", E, past("planned, since: 2026-01-05, until: 2026-01-12", *AFTER),
     "opds:22", "opds[dinkes].stage_history[#2].since", "antara 2026-01-12 dan 2026-02-02 tidak", "Tulis 2026"),
    ("stage-overlaps-the-present-one", E, past("planned, since: 2026-01-05, until: 2026-04-07"), "opds:19",
     "opds[dinkes].stage_since", "tahap sekarang (provisioned) dicapai 2026-04-06, padahal", "bertumpang tindih"),
    ("nothing-before-the-present-stage", E, past("planned, since: 2026-01-05, until: 2026-04-05"), "opds:19",
     "opds[dinkes].stage_since", "antara 2026-04-05 dan 2026-04-06 tidak tercatat", "sisipkan tahap yang terlewat"),
    ("present-stage-without-a-day", E, past("planned, since: 2026-01-05, until: 2026-04-05", since=None), "opds:19",
     "opds[dinkes].stage_history", "hari tercapainya tahap sekarang tidak disebut", "'stage_since: 2026-04-05'"),
    # circuits and handoff
    ("uplink-with-opd", E, [("circuits", "kind: uplink\n", "kind: uplink\n    opd: dinkes\n")], "circuits:4",
     "circuits[isp-a].opd", "uplink dipakai bersama", "Hapus 'opd'"),
    ("own-without-location", E, [("circuits", "    location: kantor\n", "")], "circuits:22", "circuits[dinkes-lama]",
     "jalur own_subscription harus menyebut 'location'", "Tambahkan 'location: …'"),
    ("handoff-missing", E, [("circuits", "    handoff: {address: 203.0.113.6/30, gateway: 203.0.113.5, dns: "
                             "[198.51.100.54]}\n", "")], "circuits:12", "circuits[isp-b]", "belum punya 'handoff'",
     "surat serah terima"),
    ("gateway-elsewhere", E, [("circuits", "gateway: 203.0.113.1", "gateway: 203.0.114.1")], "circuits:8",
     "circuits[isp-a].handoff.gateway", "gateway 203.0.114.1 tidak satu subnet dengan 203.0.113.2/30", "203.0.113.0"),
    ("gateway-is-ours", E, [("circuits", "gateway: 203.0.113.1", "gateway: 203.0.113.2")], "circuits:8",
     "circuits[isp-a].handoff.gateway", "gateway sama dengan alamat kita", "sisi penyedia"),
    ("gateway-is-broadcast", E, [("circuits", "gateway: 203.0.113.1", "gateway: 203.0.113.3")], "circuits:8",
     "circuits[isp-a].handoff.gateway", "alamat jaringan atau broadcast", "203.0.113.1 sampai 203.0.113.2"),
    ("address-is-network", E, [("circuits", "203.0.113.2/30", "203.0.113.0/30")], "circuits:8",
     "circuits[isp-a].handoff.address", "alamat jaringan atau broadcast", "203.0.113.1 sampai 203.0.113.2"),
    ("handoff-in-pool", E, [("circuits", "203.0.113.2/30, gateway: 203.0.113.1", "10.20.9.2/30, gateway: 10.20.9.1")],
     "circuits:8", "circuits[isp-a].handoff.address", "bertumpang tindih dengan kolam office_lan", "Ubah kolam"),
    ("handoffs-overlap", E, [("circuits", "203.0.113.6/30", "203.0.113.6/24")],
     "circuits:18", "circuits[isp-b].handoff.address", "juga dipakai jalur di circuits.yml baris 2", "surat penyedia"),
    ("foreign-resolver", W, [("circuits", "[198.51.100.53]", "[198.51.100.53, 8.8.8.8]")], "circuits:8",
     "circuits[isp-a].handoff.dns[#2]", "8.8.8.8 bukan DNS penyedia", "surat serah terima"),
    ("contract-backwards", E, [("circuits", "start: 2026-01-01", "start: 2027-01-01")],
     "circuits:9", "circuits[isp-a].contract.end", "berakhir (2026-12-31) sebelum mulai (2027-01-01)", "Betulkan"),
    ("contract-expired", W, [("circuits", "start: 2026-01-01, end: 2026-12-31", "start: 2025-01-01, end: 2025-12-31")],
     "circuits:9", "circuits[isp-a].contract.end", "sudah berakhir 2025-12-31", "Perbarui"),
    ("contract-ends-early", W, [("circuits", "end: 2026-12-31", "end: 2026-06-30")], "circuits:9",
     "circuits[isp-a].contract.end", "kontrak berakhir 2026-06-30, padahal tahun anggaran 2026 belum selesai", "DPA"),
    ("price-too-high", W, [("circuits", "Rp 3.500.000", "Rp 35.000.000")], "circuits:32",
     "circuits[dinkes-lama].monthly_cost", "harga Rp 1.750.000 per Mbps per bulan", "satuan kapasitas"),
    ("price-too-low", W, [("circuits", "Rp 60.000.000", "Rp 60.000")], "circuits:11", "circuits[isp-a].monthly_cost",
     "harga Rp 300 per Mbps", "government.yml"),
    ("paid-twice", W, [("opds", "priority: 1\n    stage: provisioned", "priority: 1\n    stage: terminated")],
     "circuits:30", "circuits[dinkes-lama].contract.end", "belanja internet ganda", "Hapus jalur"),
    ("backup-same-provider", W, [("circuits", "provider: PT Dua", "provider: pt satu")],
     "circuits:14", "circuits[isp-b].provider", "penyedia yang sama dengan jalur utama isp-a", "penyedia lain"),
    # bandwidth
    ("more-than-granted", E, [("bandwidth", "allocated: 15 Mbps", "allocated: 30 Mbps")], "bandwidth:2",
     "bandwidth[dinkes].allocated", "allocated 30 Mbps melebihi granted 20 Mbps", "Turunkan allocated menjadi 20 Mbps"),
    ("more-than-the-line", E, [("bandwidth", "granted: 20 Mbps, allocated: 15 Mbps",
                                "granted: 500 Mbps, allocated: 195 Mbps")],
     "bandwidth:2", "bandwidth[dinkes].allocated",
     "jumlah allocated 205 Mbps melebihi kapasitas jalur utama 200 Mbps (isp-a). Pemakainya: dinkes 195 Mbps, disdik "
     "10 Mbps.",
     "Kurangi alokasi sebanyak 5 Mbps"),
    ("more-than-the-one-line-that-carries", E,
     [("bandwidth", "granted: 20 Mbps, allocated: 15 Mbps", "granted: 500 Mbps, allocated: 195 Mbps"),
      ("circuits", "role: backup", "role: main")], "bandwidth:2", "bandwidth[dinkes].allocated",
     "melebihi kapasitas jalur utama 200 Mbps (isp-a)", "sebanyak 5 Mbps"),
    ("more-than-leased-line", W, [("circuits", "kind: own_subscription", "kind: leased_line"),
                                  ("circuits", "{domestic: 20 Mbps, international: 20 Mbps}",
                                   "{domestic: 10 Mbps, international: 10 Mbps}")],
     "bandwidth:2", "bandwidth[dinkes].allocated", "tidak akan tercapai: jalur sewa dinkes hanya 10 Mbps", "Turunkan"),
    ("not-decided-but-in-service", E, [("bandwidth", "granted: 20 Mbps, allocated: 15 Mbps", "granted: 20 Mbps")],
     "bandwidth:2", "bandwidth[dinkes].allocated",
     "allocated belum diisi, padahal router rt-dinkes sudah in_service", "Isi allocated (dan granted) untuk dinkes"),
    ("allocated-without-granted", E, [("bandwidth", "granted: 20 Mbps, ", "")], "bandwidth:2",
     "bandwidth[dinkes].allocated", "allocated 15 Mbps tanpa granted", "hapus allocated"),
    ("no-bandwidth", E, [("bandwidth", "  - {opd: dinkes, requested: 100 Mbps, proposed: 50 Mbps, granted: 20 Mbps, "
                          "allocated: 15 Mbps}\n", "")], "devices:34", "devices[rt-dinkes].opd",
     "OPD dinkes belum punya catatan bandwidth", "- opd: dinkes"),
    # management addresses
    ("outside-pool", E, [("devices", "10.99.0.22", "10.98.0.22")], "devices:49",
     "devices[rt-disdik].management_address", "di luar kolam pengelolaan 10.99.0.0/24", "government.yml"),
    ("network-address", E, [("devices", "10.99.0.22", "10.99.0.0")], "devices:49",
     "devices[rt-disdik].management_address", "alamat jaringan dari kolam", "10.99.0.1 dan 10.99.0.254"),
    ("broadcast-address", E, [("servers", "10.99.0.32", "10.99.0.255")], "servers:26",
     "servers[srv2].management_address", "alamat broadcast dari kolam", "10.99.0.1 dan 10.99.0.254"),
    ("controllers-address", E, [("servers", "10.99.0.32", "10.99.0.1")], "servers:26",
     "servers[srv2].management_address", "komputer pengelola", "alamat lain"),
    # devices
    ("border-needs-uplink", E, [("devices", "      - {name: eth1, use: uplink, circuit: isp-a}\n", ""),
                                ("devices", "      - {name: eth3, use: uplink, circuit: isp-b}\n", "")],
     "devices:11", "devices[br1].ports", "br1 (border_router) sudah in_service tetapi belum punya port uplink", ""),
    ("router-needs-lan", E, [("devices", "      - {name: eth2, use: lan}\n", "")], "devices:39",
     "devices[rt-dinkes].ports", "belum punya port lan", "readiness"),
    ("device-needs-management", E, [("devices", "      - {name: eth0, use: management}\n", "")],
     "devices:11", "devices[br1].ports", "belum punya port management", "use: management"),
    ("two-management-ports", E, [("devices", "ports: []", "ports: [{name: e1, use: management}, {name: e2, use: "
                                  "management}]")],
     "devices:52", "devices[rt-disdik].ports", "punya 2 port management", "Sisakan satu"),
    ("use-of-another-role", E, [("devices", "ports: []", "ports: [{name: e1, use: server}]")], "devices:52",
     "devices[rt-disdik].ports[e1].use", "opd_router tidak punya port server", "lan, link, management"),
    # port names
    ("port-name-too-long", E, [("devices", "{name: eth2, use: lan}", "{name: enp134s0f0np0d1x, use: lan}")],
     "devices:42", "devices[rt-dinkes].ports[enp134s0f0np0d1x].name", "16 huruf; Linux hanya menerima 15", "ip link"),
    ("port-name-of-cisco", E, [("devices", "{name: eth2, use: lan}", "{name: Gi0/1, use: lan}")], "devices:42",
     "devices[rt-dinkes].ports[Gi0/1].name", "memuat '/' atau ':'", "betulkan 'platform'"),
    ("port-name-ours", E, [("devices", "{name: eth2, use: lan}", "{name: vlan101, use: lan}")], "devices:42",
     "devices[rt-dinkes].ports[vlan101].name", "dipakai Terpusat atau Linux", "port fisiknya"),
    # cables
    ("to-on-lan", E, [("devices", "{name: eth2, use: lan}", '{name: eth2, use: lan, to: "core1:eth3"}')], "devices:42",
     "devices[rt-dinkes].ports[eth2].to", "port lan tidak disambungkan", "Hapus 'to'"),
    ("to-missing-at-one-end", E, [("devices", ', to: "srv1:eth1"', "")], "servers:15", "servers[srv1].ports[eth1].to",
     "srv1:eth1 menuju core1:eth3, tetapi core1:eth3 belum menyebut ujung", "'to: \"srv1:eth1\"' pada port eth3"),
    ("to-missing-at-both-ends", E, [("devices", ', to: "srv1:eth1"', ""), ("servers", ', to: "core1:eth3"', ""),
                                    ("servers", "in_service\n    state: serving", "racked\n    state: idle"),
                                    *NOTHING_RUNS],
     "devices:29", "devices[core1].ports[eth3]", "belum menyebut ujung kabelnya", "Tambahkan 'to: \"perangkat:port\"'"),
    ("no-such-device", E, [("devices", '"srv1:eth1"', '"srv11:eth1"')], "devices:29", "devices[core1].ports[eth3].to",
     "perangkat 'srv11' tidak ada di devices.yml dan servers.yml. Maksud Anda \"srv1\"?", "srv1"),
    ("no-such-port", E, [("devices", '"srv1:eth1"', '"srv1:eth9"')], "devices:29", "devices[core1].ports[eth3].to",
     "srv1 tidak punya port 'eth9'", "Port srv1 yang tercatat: eth0, eth1 (servers.yml baris 2)"),
    ("to-itself", E, [("devices", "ports: []", 'ports: [{name: e1, use: link, to: "rt-disdik:e1"}]')], "devices:52",
     "devices[rt-disdik].ports[e1].to", "kembali ke perangkat itu sendiri", "Betulkan"),
    ("not-mirrored", E, [("devices", "ports: []", 'ports: [{name: e1, use: link, to: "core1:eth2"}]')], "devices:52",
     "devices[rt-disdik].ports[e1].to",
     "rt-disdik:e1 menuju core1:eth2, tetapi core1:eth2 menuju rt-dinkes:eth1; satu port hanya untuk satu kabel",
     "devices.yml baris 16"),
    ("other-use", E, [("devices", "ports: []", 'ports: [{name: e1, use: link, to: "core1:eth0"}]')], "devices:52",
     "devices[rt-disdik].ports[e1].to", "port link harus bertemu port link, tetapi core1:eth0 adalah port management",
     "devices.yml baris 16"),
    ("far-end-silent", E, [("devices", "ports: []", 'ports: [{name: e1, use: link, to: "rt-x:e1"}]'),
                           ("servers", "servers:\n", "servers:\n"),
                           ("devices", "  - name: rt-disdik", "  - name: rt-x\n    platform: routeros\n    model: R\n"
                            "    role: opd_router\n    opd: disdik\n    location: kantor\n"
                            "    management_address: 10.99.0.23\n    asset: {code: 1.3.2.10.02.04.002, register: '2'}\n"
                            "    readiness: planned\n    ports: [{name: e1, use: link}]\n  - name: rt-disdik")],
     "devices:62", "devices[rt-disdik].ports[e1].to", "rt-x:e1 belum menyebut ujung kabelnya",
     "Tambahkan 'to: \"rt-disdik:e1\"' pada port e1"),
    # bundles and trunks
    ("bundle-at-one-end", E, [("devices", '{name: eth2, use: link, to: "rt-dinkes:eth1"}',
                               '{name: eth2, use: link, to: "rt-dinkes:eth1", bundle: bond1}')],
     "devices:28", "devices[core1].ports[eth2].bundle", "digabungkan dalam bond1, tetapi rt-dinkes:eth1 tidak",
     "Tambahkan 'bundle: …' pada port eth1"),
    ("bundle-of-lan", E, [("devices", "{name: eth2, use: lan}", "{name: eth2, use: lan, bundle: bond1}")], "devices:42",
     "devices[rt-dinkes].ports[eth2].bundle", "port lan tidak digabungkan", "Hapus 'bundle'"),
    ("bundle-named-like-a-port", E, [("devices", '{name: eth2, use: link, to: "rt-dinkes', "{name: e9, use: trunk, "
                                      'bundle: eth2}\n      - {name: eth2, use: link, to: "rt-dinkes')],
     "devices:28", "devices[core1].ports[e9].bundle", "bernama sama dengan sebuah port core1", "misalnya bond1"),
    ("bundle-too-long", E, [("devices", '{name: eth2, use: link, to: "rt-dinkes', "{name: e9, use: trunk, "
                             'bundle: gabungan-kabel-inti}\n      - {name: eth2, use: link, to: "rt-dinkes')],
     "devices:28", "devices[core1].ports[e9].bundle", "tidak dapat bernama begitu di Linux", "misalnya bond1"),
    ("vlans-without-trunk", E, [("devices", "{name: eth2, use: lan}", "{name: eth2, use: lan, vlans: [data_centre]}")],
     "devices:42", "devices[rt-dinkes].ports[eth2].vlans", "hanya trunk yang membawa VLAN", "Hapus 'vlans'"),
    ("trunk-of-a-router", E, [("devices", "{name: eth2, use: lan}",
                               "{name: eth2, use: lan}\n      - {name: e9, use: trunk}")],
     "devices:43", "devices[rt-dinkes].ports[e9].use", "opd_router tidak punya port trunk", "Pilih salah satu"),
    # uplink ports
    ("uplink-without-circuit", E, [("devices", ", circuit: isp-b", "")], "devices:15", "devices[br1].ports[eth3]",
     "port uplink eth3 tidak menyebut jalurnya", "circuits.yml"),
    ("no-such-circuit", E, [("devices", "circuit: isp-b", "circuit: isp-c")], "devices:15",
     "devices[br1].ports[eth3].circuit", "jalur 'isp-c' tidak ada di circuits.yml. Maksud Anda", "circuits.yml"),
    ("circuit-of-wrong-kind", E, [("devices", "circuit: isp-b", "circuit: dinkes-lama")], "devices:15",
     "devices[br1].ports[eth3].circuit", "jalur dinkes-lama berjenis own_subscription, sedangkan port uplink",
     "circuits.yml baris 22"),
    ("circuit-on-lan", E, [("devices", "{name: eth2, use: lan}", "{name: eth2, use: lan, circuit: isp-b}")],
     "devices:42", "devices[rt-dinkes].ports[eth2].circuit", "port lan tidak dimasuki jalur", "Hapus 'circuit'"),
    ("circuit-used-twice", E, [("devices", "circuit: isp-b", "circuit: isp-a")], "devices:15",
     "devices[br1].ports[eth3].circuit", "jalur isp-a sudah masuk di br1:eth1", "Satu jalur masuk di satu port"),
    # servers
    ("lent-inside-one-government", W, [("servers", "basis: penggunaan_sementara", "basis: pinjam_pakai")], "servers:23",
     "servers[srv2].basis", "pinjam pakai hanya antarpemerintah", "basis: penggunaan_sementara"),
    ("serving-too-early", E, [("servers", "state: idle", "state: serving")], "servers:25", "servers[srv2].state",
     "disebut serving padahal kesiapannya masih racked", "state: idle"),
    ("broken-in-service", W, [("servers", "condition: Baik", "condition: Rusak Berat")], "servers:7",
     "servers[srv1].condition", "Rusak Berat tetapi masih in_service", "penghapusan barang"),
    ("server-needs-port", E, [("servers", '      - {name: eth1, use: data_centre, to: "core1:eth3"}\n', ""),
                              ("devices", '      - {name: eth3, use: server, to: "srv1:eth1"}\n', "")],
     "servers:13", "servers[srv1].ports", "belum punya port data_centre", "use: data_centre"),
    ("server-two-ports", E, [("servers", "0.32\n    ports:",
                              "0.32\n    ports:\n      - {name: ipmi, use: management}")],
     "servers:27", "servers[srv2].ports", "srv2 punya 2 port management", "Sisakan satu"),
    # applications
    ("foreign-domain", E, [("applications", "portal.ujikab.go.id", "portal.ujikab.com")], "applications:17",
     "applications[portal].domain", "domain portal.ujikab.com bukan bagian dari ujikab.go.id", "portal.ujikab.go.id"),
    ("domain-merely-ends-alike", E, [("applications", "portal.ujikab.go.id", "portal-ujikab.go.id")], "applications:17",
     "applications[portal].domain", "bukan bagian dari ujikab.go.id", "Tulis subdomain"),
    ("source-missing", E, [("applications", "    source: files/portal\n", "")], "applications:12",
     "applications[portal]", "'source' belum disebut", "files/applications/portal"),
    ("source-not-there", E, [("applications", "files/portal", "files/Portal")], "applications:18",
     "applications[portal].source", "'files/Portal' tidak ada di folder uji", "besar kecil huruf"),
    ("static-with-database", W, [("applications", "runtime: static\n    database: none",
                                  "runtime: static\n    database: mariadb")], "applications:16",
     "applications[portal].database", "halaman statis tidak dapat memakai database mariadb", "database: none"),
    ("secret-outside", W, [("applications", "data_class: restricted\n    runs_at: {outside",
                            "data_class: secret\n    runs_at: {outside")], "applications:31",
     "applications[absensi].runs_at.outside", "di luar pusat data", "pemindahan"),
    ("server-not-in-service", E, [("applications", "{server: srv1}\n    depends_on", "{server: srv2}\n    depends_on")],
     "applications:21", "applications[portal].runs_at.server", "server srv2 belum dapat dipakai: kesiapannya racked",
     "servers.yml baris 16"),
    ("server-idle", E, [("servers", "state: serving", "state: idle"),
                        ("applications", "    runs_at: {server: srv1}\n    depends_on: [simpus]",
                         "    runs_at: {outside: X}\n    depends_on: [simpus]")],
     "applications:11", "applications[simpus].runs_at.server", "server itu disebut idle", "state: serving"),
    ("depends-on-itself", E, [("applications", "[simpus]", "[portal]")], "applications:22",
     "applications[portal].depends_on", "ketergantungan berputar: portal → portal", "Hapus salah satu"),
    ("circle", E, [("applications", "{outside: Hosting PT Tiga}", "{outside: Hosting}\n    depends_on: [portal]"),
                   ("applications", "    runs_at: {server: srv1}\n  - code: portal",
                    "    runs_at: {server: srv1}\n    depends_on: [absensi]\n  - code: portal")],
     "applications:12", "applications[simpus].depends_on",
     "ketergantungan berputar: simpus → absensi → portal → simpus", "Hapus salah satu"),
    ("server-full", E, [("applications", "ram: 512 MB", 'ram: "7,9 GB"')], "applications:9",
     "applications[simpus].needs.ram",
     "RAM srv1 tidak cukup: dibutuhkan 8,156 GB, tersedia 8 GB, 512 MB di antaranya untuk sistem (simpus 7,9 GB, "
     "portal 256 MB)", "Pindahkan"),
    ("server-full-with-the-system", E, [("applications", "ram: 512 MB", 'ram: "7,4 GB"')], "applications:9",
     "applications[simpus].needs.ram", "dibutuhkan 7,656 GB, tersedia 8 GB, 512 MB di antaranya untuk sistem",
     "kurangi 'needs'"),
    ("server-few-cores", E, [("applications", "vcpu: 1", "vcpu: 4")], "applications:9",
     "applications[simpus].needs.vcpu", "vCPU srv1 tidak cukup: dibutuhkan 5, tersedia 4", "kurangi 'needs'"),
    ("server-small-disk", E, [("applications", "disk: 1 GB", "disk: 1 TB")], "applications:9",
     "applications[simpus].needs.disk", "disk srv1 tidak cukup: dibutuhkan 1,001 TB, tersedia 100 GB", "Pindahkan"),
]  # fmt: skip


def test_bgp_as_a_regency_would_have_it(load_register: Any) -> None:
    """A private number and a part of the provider's prefix, and nothing is said against it."""
    result = load_register(
        bgp("asn: 4200000001, own_asn: 64600, password: true, announce: [45.64.0.0/28]"),
        bgp("asn: 4200000002, ttl_security: false", ISP_B),
        announced("prefixes: [45.64.0.0/28], nat_address: 45.64.0.1"),
    )
    assert result.problems == (), result.text()


def test_pools_and_prefixes(load_register: Any) -> None:
    """A pool with public addresses lies inside a prefix; part of a pool is announced by mistake."""
    inside = ("government", "10.10.0.0/24", "45.64.1.0/24")
    result = load_register(SESSION, inside, announced("prefixes: [45.64.0.0/22], nat_address: 45.64.1.9"))
    assert [problem.key for problem in result.problems if problem.severity == E] == ["government.bgp.nat_address"]
    result = load_register(SESSION, inside, announced("prefixes: [45.64.1.0/25]"))
    assert [problem.key for problem in result.problems if problem.severity == E] == ["government.bgp.prefixes[#1]"]


def test_a_history_may_go_back_and_take_a_day(load_register: Any) -> None:
    result = load_register(
        *past(
            "parallel, since: 2026-01-05, until: 2026-02-02",
            "accepted, since: 2026-02-02, until: 2026-02-02",
            "parallel, since: 2026-02-02, until: 2026-04-06",
        )
    )
    assert result.problems == (), result.text()


def test_days_that_have_not_come_are_told_to_who_knows_the_day(write_register: Any) -> None:
    folder = write_register(*past("planned, since: 2026-01-05, until: 2026-04-06"))
    assert load(folder).problems == ()
    assert load(folder, date(2026, 4, 6)).problems == ()
    found = load(folder, date(2026, 4, 5)).problems
    assert [(p.line, p.key, str(p.severity)) for p in found] == [
        (19, "opds[dinkes].stage_since", W),
        (21, "opds[dinkes].stage_history[#1].until", W),
    ]
    early = load(folder, date(2026, 1, 4)).problems
    assert [p.key for p in early][1] == "opds[dinkes].stage_history[#1].since"


@pytest.mark.parametrize(
    ("severity", "edits", "place", "key", "what", "action"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_rule(
    load_register: Any, severity: str, edits: list[Any], place: str, key: str, what: str, action: str
) -> None:
    result = load_register(*edits)
    assert len(result.problems) == 1, result.text()
    problem = result.problems[0]
    assert problem.key == key
    assert what in problem.what
    assert action in problem.action
    assert f"{problem.file.rsplit('/', 1)[-1].removesuffix('.yml')}:{problem.line}" == place
    assert str(problem.severity) == severity
    assert (result.register is None) is (severity == E)
