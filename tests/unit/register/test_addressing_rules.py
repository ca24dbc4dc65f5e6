# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields and rules of addressing: IPv6 prefix, VLANs inside an office, sizes, old LANs, segments, reorganisations."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from typing import Any

import pytest

E, W = "error", "warning"
POOLS_END = "    loopback: 10.255.0.0/24\n"
VLANS = "{data_centre: 10, transit: 100-399}"
DINKES = "kind: office, address: Jl. Rekaan No. 2}"
DISDIK = "{code: kantor, name: Kantor Disdik, kind: office}"


def ipv6(prefix: str) -> list[tuple[str, str, str]]:
    return [("government", POOLS_END, f"{POOLS_END}    ipv6: {prefix}\n")]


def rules(text: str) -> list[tuple[str, str, str]]:
    return [("government", "max: Rp 400.000\n", f"max: Rp 400.000\n    addressing: {text}\n")]


def dinkes(fields: str) -> tuple[str, str, str]:
    return "opds", DINKES, f"{DINKES.removesuffix('}')}, {fields}}}"


def disdik(fields: str) -> tuple[str, str, str]:
    return "opds", DISDIK, f"{DISDIK.removesuffix('}')}, {fields}}}"


PARALLEL = ("opds", "priority: 1\n    stage: provisioned", "priority: 1\n    stage: parallel")

# id, severity, edits (file, old, new), file:line of the problem, key, part of what is wrong, part of what to do
CASES = [
    ("ipv6-text", E, ipv6("10.0.0.0/8"), "government:14", "government.address_pools.ipv6", "bukan alamat IPv6", "fd3c"),
    ("ipv6-length", E, ipv6('"fd3c:91a7:5e20::"'), "government:14", "government.address_pools.ipv6",
     "tidak menyebut panjang subnet", "/48"),
    ("ipv6-bad-length", E, ipv6('"fd3c:91a7:5e20::/129"'), "government:14", "government.address_pools.ipv6",
     "'/129' bukan panjang subnet", "0 sampai 128"),
    ("ipv6-start", E, ipv6('"fd3c:91a7:5e20:1::/48"'), "government:14", "government.address_pools.ipv6",
     "bukan awal sebuah subnet", "Maksud Anda fd3c:91a7:5e20::/48?"),
    ("ipv6-foreign", E, ipv6('"fe80::/48"'), "government:14", "government.address_pools.ipv6", "bukan prefiks",
     "RFC 4193"),
    ("ipv6-narrow", E, ipv6('"fd3c:91a7:5e20::/64"'), "government:14", "government.address_pools.ipv6", "/64", "/48"),
    ("ipv6-wide", E, ipv6('"2400::/12"'), "government:14", "government.address_pools.ipv6", "/12", "/32 sampai /56"),
    ("ipv6-not-random", W, ipv6('"fd00::/48"'), "government:14", "government.address_pools.ipv6", "40 bit acak",
     "token_hex"),
    ("ipv6-documentation", W, ipv6('"2001:db8:5::/48"'), "government:14", "government.address_pools.ipv6", "RFC 3849",
     "Ganti"),
    ("segment-vlans", E, [("government", VLANS, "{data_centre: 10, transit: 100-399, segments: {cctv: 40}}")],
     "government:14", "government.vlans.segments.public_wifi", "VLAN 40 sudah dipakai untuk cctv", "nomor VLAN"),
    ("lan-too-small", E, rules("{smallest_lan: 29}"), "government:23", "government.rules.addressing.smallest_lan",
     "29 di luar batas", "20 sampai 28"),
    ("segment-unknown", E, [dinkes("segments: [cctvv]")], "opds:21", "opds[dinkes].locations[kantor].segments[#1]",
     "'cctvv' bukan pilihan", "Tulis 'cctv'"),
    ("segment-twice", E, [dinkes("segments: [public_wifi, public_wifi]")], "opds:21",
     "opds[dinkes].locations[kantor].segments[#2]", "'public_wifi' ditulis dua kali", "Hapus salah satunya"),
    ("existing-twice", E, [dinkes("existing_lans: [192.168.1.0/24, 192.168.1.0/24]")], "opds:21",
     "opds[dinkes].locations[kantor].existing_lans[#2]", "ditulis dua kali", "Hapus salah satunya"),
    ("existing-in-transit", W, [dinkes("existing_lans: [192.168.1.0/24, 10.254.0.0/16]")], "opds:21",
     "opds[dinkes].locations[kantor].existing_lans[#2]", "beririsan dengan kolam transit", "sebelum tahap parallel"),
    ("existing-in-parallel", E, [PARALLEL, dinkes("existing_lans: [10.99.0.128/25]")], "opds:21",
     "opds[dinkes].locations[kantor].existing_lans[#1]", "kolam management (10.99.0.0/24, pengelolaan perangkat)",
     "sekarang juga"),
    ("existing-is-the-pool", W, [dinkes("existing_lans: [10.20.0.0/17]")], "opds:21",
     "opds[dinkes].locations[kantor].existing_lans[#1]", "menutup 50% kolam office_lan", "panjang subnetnya"),
    ("existing-nowhere", E, [dinkes("existing_lans: [0.0.0.0/0]")], "opds:21",
     "opds[dinkes].locations[kantor].existing_lans[#1]", "tidak mungkin", "panjang subnetnya"),
    ("existing-of-old", W, [("opds", "stage: surveyed", "stage: terminated"), disdik("existing_lans: [10.10.0.0/24]")],
     "opds:31", "opds[disdik].locations[kantor].existing_lans[#1]", "kolam data_centre", "hapus subnet itu"),
    ("more-users-than-opd", W, [dinkes("users: 46")], "opds:21", "opds[dinkes].locations[kantor].users",
     "semua lokasi (46) lebih besar daripada pengguna OPD (45)", "Cocokkan"),
    ("formerly-shape", E, [dinkes("formerly: [kantor]")], "opds:21", "opds[dinkes].locations[kantor].formerly[#1]",
     "bukan nama lokasi", "dinkes/kantor"),
    ("formerly-code", E, [dinkes("formerly: [Arsip/kantor]")], "opds:21", "opds[dinkes].locations[kantor].formerly[#1]",
     "'Arsip' tidak dapat dipakai", "arsip"),
    ("formerly-itself", E, [dinkes("formerly: [dinkes/kantor]")], "opds:21",
     "opds[dinkes].locations[kantor].formerly[#1]", "nama lokasi ini sendiri", "Hapus butir"),
    ("formerly-alive", E, [dinkes("formerly: [disdik/kantor]")], "opds:21",
     "opds[dinkes].locations[kantor].formerly[#1]", "disdik/kantor masih ada di opds.yml baris 22", "dilebur"),
    ("formerly-two-heirs", E, [dinkes("formerly: [arsip/kantor]"), disdik("formerly: [arsip/kantor]")], "opds:31",
     "opds[disdik].locations[kantor].formerly[#1]", "sudah diwarisi dinkes/kantor", "hanya punya satu penerus"),
]  # fmt: skip


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


def test_nothing_of_it_need_be_written(load_register: Any) -> None:
    government = load_register().register.government
    assert government.address_pools.ipv6 is None
    segments = government.vlans.segments
    assert (segments.office, segments.cctv, segments.public_wifi) == (10, 30, 40)
    sizes = government.rules.addressing
    assert (sizes.smallest_lan, sizes.lan_growth_percent, sizes.cctv, sizes.public_wifi) == (24, 100, 26, 24)
    location = load_register().register.location("dinkes/kantor")
    assert (location.users, location.segments, location.existing_lans, location.formerly) == (None, (), (), ())


def test_everything_of_it_may_be_written(load_register: Any) -> None:
    result = load_register(
        *ipv6('"fd3c:91a7:5e20::/48"'),
        *rules("{smallest_lan: 26, lan_growth_percent: 50, cctv: 27, public_wifi: 25, routers_per_area: 50}"),
        ("government", VLANS, "{data_centre: 10, transit: 100-399, segments: {office: 20, cctv: 21, public_wifi: 22}}"),
        dinkes("users: 45, segments: [public_wifi], existing_lans: [192.168.1.0/24], formerly: [bkkbn/gudang]"),
        disdik("existing_lans: [192.168.1.0/24, 10.20.7.0/24]"),
    )
    assert result.problems == (), result.text()  # the same private LAN in two offices harms nobody
    government = result.register.government
    assert government.address_pools.ipv6 == IPv6Network("fd3c:91a7:5e20::/48")
    assert government.vlans.segments.public_wifi == 22
    location = result.register.location("dinkes/kantor")
    assert (location.users, location.segments) == (45, ("public_wifi",))
    assert location.existing_lans == (IPv4Network("192.168.1.0/24"),)
    assert location.formerly == ("bkkbn/gudang",)


def test_users_who_are_not_counted_are_shared_evenly(load_register: Any) -> None:
    places = (
        "\n      - {code: gudang, name: Gudang, kind: office}"
        "\n      - {code: mesin, name: Ruang mesin, kind: data_centre}"
        "\n      - {code: pos, name: Pos, kind: office, users: 4}"
    )
    result = load_register(("opds", DINKES, DINKES + places))
    opd = result.register.opd("dinkes")  # 45 users
    assert {place.code: opd.users_at(place) for place in opd.locations} == {
        "kantor": 21, "gudang": 21, "mesin": 0, "pos": 4,
    }  # fmt: skip
    server_room = result.register.opd("kominfo")
    assert server_room.users_at(server_room.locations[0]) == server_room.users
