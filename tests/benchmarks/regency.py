# SPDX-License-Identifier: GPL-3.0-or-later
"""A government of any size, written as the YAML files that people would write; the same seed gives the same bytes.

Of every four locations three have a router, of every five routers three are in service; a third of the locations come
over leased lines, another third still pay for a line of their own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SEED = 20261122
_KINDS = ("dinas", "badan", "kecamatan", "kelurahan", "puskesmas", "sekolah")
_STAGES = ("provisioned", "parallel", "accepted", "cutover")
_READINESS = ("in_service", "in_service", "in_service", "racked", "ordered")
_PORTS = {
    "linux": ("eth0", "eth1", "eth2"),
    "routeros": ("ether10", "ether1", "ether2"),
    "ios": ("GigabitEthernet0/2", "GigabitEthernet0/0", "GigabitEthernet0/1"),
}
_GOVERNMENT = """\
government:
  code: besar
  name: Pemerintah Rekaan
  domain: besar.go.id
  time_zone: WIB
  fiscal_year: 2026
  address_pools:
    management: 10.96.0.0/16
    data_centre: 10.34.0.0/24
    office_lan: 10.64.0.0/11
    transit: 10.32.0.0/17
    loopback: 10.33.0.0/18
    ipv6: "fd3c:91a7:5e20::/48"
  vlans: {data_centre: 10, transit: 100-4094}
  management_sources: [10.96.0.1/32]
  time_servers: [198.51.100.123]
  rules:
    loan_notice_days: 14
    loan_max_months: 24
    approval_threshold: Rp 50.000.000
    price_per_mbps_min: Rp 1.000
    price_per_mbps_max: Rp 3.200.000
    addressing: {smallest_lan: 26}
"""
_TAIL = "    contract: {start: 2026-01-01, end: 2026-12-31}\n    budget_line: DPA 2.16.01.2.06.0009\n"


@dataclass(frozen=True)
class Place:
    opd: str
    code: str
    number: int

    @property
    def router(self) -> str:
        return f"rt-{self.opd}-{self.code}"


def write(folder: Path, locations: int, seed: int = SEED) -> None:
    """Write ``folder/register`` with so many locations, and what makes ``folder`` an inventory."""
    chance = random.Random(seed)
    register = folder / "register"
    register.mkdir(parents=True)
    (folder / "terpusat.yml").write_text("plugin: diskominfo.terpusat.register\n")
    places: list[Place] = []
    opds = "".join(_opds(locations, chance, places))
    connected = [place for place in places if place.number % 4]
    servers = max(2, locations // 200)
    texts = {
        "government": _GOVERNMENT,
        "opds": "opds:\n" + opds,
        "circuits": "circuits:\n" + "".join(_circuits(places)),
        "bandwidth": "bandwidth:\n" + "".join(_bandwidth(places)),
        "devices": "devices:\n" + "".join(_devices(connected, servers)),
        "servers": "servers:\n" + "".join(_server(number) for number in range(servers)),
        "applications": "applications:\n" + "".join(_applications(max(4, locations // 50), places)),
    }
    for stem, text in texts.items():
        (register / f"{stem}.yml").write_text(text)


def _opds(locations: int, chance: random.Random, places: list[Place]) -> Iterator[str]:
    yield _opd("kominfo", "dinas", 40, "provisioned") + "      - {code: dc, name: Ruang server, kind: data_centre}\n"
    number = 0
    while len(places) < locations:
        number += 1
        code = f"opd-{number}"
        here = [
            Place(code, f"lok-{index}", len(places) + index)
            for index in range(1, min(chance.randint(1, 6), locations - len(places)) + 1)
        ]
        places += here
        users = chance.randint(4, 60) * len(here)
        yield _opd(code, chance.choice(_KINDS), users, chance.choice(_STAGES))
        for place in here:
            more = ", segments: [cctv]" if place.number % 3 == 0 else ""
            more += ", existing_lans: [192.168.1.0/24]" if place.number % 2 else ""
            yield f"      - {{code: {place.code}, name: Kantor {place.number}, kind: office{more}}}\n"


def _opd(code: str, kind: str, users: int, stage: str) -> str:
    return (
        f"  - code: {code}\n    name: Kantor Rekaan {code}\n    kind: {kind}\n    users: {users}\n"
        f"    public_service: {'true' if users % 2 else 'false'}\n    priority: 3\n    stage: {stage}\n"
        "    coverage: {reachable: true}\n    locations:\n"
    )


def _circuits(places: list[Place]) -> Iterator[str]:
    for index, (name, role) in enumerate((("isp-a", "main"), ("isp-b", "backup"))):
        address, gateway = f"203.0.113.{index * 4 + 2}", f"203.0.113.{index * 4 + 1}"
        yield (
            f"  - id: {name}\n    kind: uplink\n    provider: PT Rekaan {index}\n    media: leased_fiber\n"
            f"    role: {role}\n    capacity: {{domestic: 400 Gbps, international: 100 Gbps}}\n"
            f"    handoff: {{address: {address}/30, gateway: {gateway}, dns: [198.51.100.53]}}\n"
            f"{_TAIL}    monthly_cost: Rp 9.000.000.000\n"
        )
    for place in places:
        kind = ("leased_line", "own_subscription", None)[place.number % 3]
        if kind is not None:
            yield (
                f"  - id: jalur-{place.number}\n    kind: {kind}\n    opd: {place.opd}\n    location: {place.code}\n"
                "    provider: PT Rekaan Tiga\n    media: leased_fiber\n    role: main\n"
                f"    capacity: {{domestic: 50 Mbps, international: 50 Mbps}}\n{_TAIL}    monthly_cost: Rp 5.000.000\n"
            )


def _bandwidth(places: list[Place]) -> Iterator[str]:
    for code in dict.fromkeys(place.opd for place in places):
        yield f"  - {{opd: {code}, requested: 50 Mbps, proposed: 30 Mbps, granted: 20 Mbps, allocated: 20 Mbps}}\n"


def _devices(connected: list[Place], servers: int) -> Iterator[str]:
    yield _device("br1", "linux", "border_router", "kominfo", "dc", 11, 1, "in_service") + (
        "      - {name: eth0, use: management}\n      - {name: eth1, use: uplink, circuit: isp-a}\n"
        '      - {name: eth2, use: link, to: "core1:br"}\n'
    )
    yield _device("core1", "linux", "core_switch", "kominfo", "dc", 12, 2, "in_service")
    yield '      - {name: eth0, use: management}\n      - {name: br, use: link, to: "br1:eth2"}\n'
    for place in connected:
        port = _PORTS[_platform(place)][1]
        yield f'      - {{name: o{place.number}, use: link, to: "{place.router}:{port}"}}\n'
    yield from (f'      - {{name: s{number}, use: server, to: "srv{number}:eth1"}}\n' for number in range(servers))
    for index, place in enumerate(connected):
        platform = _platform(place)
        management, link, lan = _PORTS[platform]
        readiness = _READINESS[place.number % len(_READINESS)]
        yield _device(place.router, platform, "opd_router", place.opd, place.code, index + 20, index + 1, readiness) + (
            f"      - {{name: {management}, use: management}}\n"
            f'      - {{name: {link}, use: link, to: "core1:o{place.number}"}}\n      - {{name: {lan}, use: lan}}\n'
        )


def _platform(place: Place) -> str:
    return ("linux", "linux", "routeros", "linux", "ios")[place.number % 5]


def _device(name: str, platform: str, role: str, opd: str, place: str, host: int, asset: int, ready: str) -> str:
    return (
        f"  - name: {name}\n    platform: {platform}\n    model: Router Rekaan\n    role: {role}\n    opd: {opd}\n"
        f"    location: {place}\n    management_address: 10.96.{host // 250}.{host % 250 + 2}\n"
        f'    asset: {{code: 1.3.2.10.02.04.002, register: "{asset:06d}"}}\n    readiness: {ready}\n    ports:\n'
    )


def _server(number: int) -> str:
    return (
        f"  - name: srv{number}\n    owner: kominfo\n"
        f'    asset: {{code: 1.3.2.10.02.04.001, register: "{number + 1:04d}"}}\n    model: Server Rekaan\n'
        "    specs: {vcpu: 32, ram: 128 GB, disk: 4 TB}\n    condition: Baik\n"
        "    place: {room: dc, rack: R1, power_feed: A}\n    basis: own\n    readiness: in_service\n    state: idle\n"
        f"    management_address: 10.96.200.{number + 10}\n    ports:\n      - {{name: eth0, use: management}}\n"
        f'      - {{name: eth1, use: data_centre, to: "core1:s{number}"}}\n'
    )


def _applications(count: int, places: list[Place]) -> Iterator[str]:
    for number in range(count):
        depends = f"    depends_on: [app-{number - 1}]\n" if number % 3 else ""
        yield (
            f"  - code: app-{number}\n    name: Aplikasi {number}\n    owner: {places[number % len(places)].opd}\n"
            f"    runtime: php\n    database: mariadb\n    domain: app-{number}.besar.go.id\n"
            "    needs: {vcpu: 1, ram: 1 GB, disk: 10 GB}\n    data_class: restricted\n"
            f'    runs_at: {{outside: "Dititip di luar daerah"}}\n{depends}'
        )
