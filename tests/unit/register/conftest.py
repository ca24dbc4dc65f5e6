# SPDX-License-Identifier: GPL-3.0-or-later
"""A small valid register, and a way to break it at one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import LoadResult, load

GOVERNMENT = """\
government:
  code: uji
  name: Kabupaten Uji
  domain: ujikab.go.id
  time_zone: WIB
  fiscal_year: 2026
  asn: 64512
  address_pools:
    management: 10.99.0.0/24
    data_centre: 10.10.0.0/24
    office_lan: 10.20.0.0/16
    transit: 10.254.0.0/24
    loopback: 10.255.0.0/24
  vlans: {data_centre: 10, transit: 100-399}
  management_sources: [10.99.0.1/32]
  time_servers: [198.51.100.123]
  rules:
    loan_notice_days: 14
    loan_max_months: 24
    approval_threshold: Rp 50.000.000
    price_per_mbps_min: Rp 50.000
    price_per_mbps_max: Rp 400.000
"""

OPDS = """\
opds:
  - code: kominfo
    name: Dinas Komunikasi
    kind: dinas
    users: 24
    public_service: false
    priority: 2
    stage: provisioned
    coverage: {reachable: true}
    locations:
      - {code: dc, name: Ruang server, kind: data_centre}
  - code: dinkes
    name: Dinas Kesehatan
    kind: dinas
    users: 45
    public_service: true
    priority: 1
    stage: provisioned
    coverage: {reachable: true}
    locations:
      - {code: kantor, name: Kantor Dinkes, kind: office, address: Jl. Rekaan No. 2}
  - code: disdik
    name: Dinas Pendidikan
    kind: dinas
    users: 60
    public_service: false
    priority: 3
    stage: surveyed
    coverage: {reachable: false, reason: Menunggu kabel}
    locations:
      - {code: kantor, name: Kantor Disdik, kind: office}
"""

CIRCUITS = """\
circuits:
  - id: isp-a
    kind: uplink
    provider: PT Satu
    media: leased_fiber
    role: main
    capacity: {domestic: 200 Mbps, international: 100 Mbps}
    handoff: {address: 203.0.113.2/30, gateway: 203.0.113.1, dns: [198.51.100.53]}
    contract: {start: 2026-01-01, end: 2026-12-31}
    budget_line: DPA 1
    monthly_cost: Rp 60.000.000
  - id: isp-b
    kind: uplink
    provider: PT Dua
    media: radio
    role: backup
    capacity: {domestic: 50 Mbps, international: 50 Mbps}
    handoff: {address: 203.0.113.6/30, gateway: 203.0.113.5, dns: [198.51.100.54]}
    contract: {start: 2026-01-01, end: 2026-12-31}
    budget_line: DPA 2
    monthly_cost: Rp 10.000.000
  - id: dinkes-lama
    kind: own_subscription
    opd: dinkes
    location: kantor
    provider: PT Dua
    media: leased_fiber
    role: main
    capacity: {domestic: 20 Mbps, international: 20 Mbps}
    contract: {start: 2026-01-01, end: 2026-12-31}
    budget_line: DPA 3
    monthly_cost: Rp 3.500.000
"""

BANDWIDTH = """\
bandwidth:
  - {opd: dinkes, requested: 100 Mbps, proposed: 50 Mbps, granted: 20 Mbps, allocated: 15 Mbps}
  - {opd: disdik, requested: 50 Mbps, proposed: 20 Mbps, granted: 10 Mbps, allocated: 10 Mbps}
"""

DEVICES = """\
devices:
  - name: br1
    platform: linux
    model: Router
    role: border_router
    opd: kominfo
    location: dc
    management_address: 10.99.0.11
    asset: {code: 1.3.2.10.02.04.002, register: "0001"}
    readiness: in_service
    ports:
      - {name: eth0, use: management}
      - {name: eth1, use: uplink, circuit: isp-a}
      - {name: eth2, use: link, to: "core1:eth1"}
      - {name: eth3, use: uplink, circuit: isp-b}
  - name: core1
    platform: linux
    model: Switch
    role: core_switch
    opd: kominfo
    location: dc
    management_address: 10.99.0.12
    asset: {code: 1.3.2.10.02.04.016, register: "0001"}
    readiness: in_service
    ports:
      - {name: eth0, use: management}
      - {name: eth1, use: link, to: "br1:eth2"}
      - {name: eth2, use: link, to: "rt-dinkes:eth1"}
      - {name: eth3, use: server, to: "srv1:eth1"}
  - name: rt-dinkes
    platform: linux
    model: Router
    role: opd_router
    opd: dinkes
    location: kantor
    management_address: 10.99.0.21
    asset: {code: 1.3.2.10.02.04.002, register: "0001"}
    readiness: in_service
    ports:
      - {name: eth0, use: management}
      - {name: eth1, use: link, to: "core1:eth2"}
      - {name: eth2, use: lan}
  - name: rt-disdik
    platform: routeros
    model: Router
    role: opd_router
    opd: disdik
    location: kantor
    management_address: 10.99.0.22
    asset: {code: 1.3.2.10.02.04.002, register: "0001"}
    readiness: ordered
    ports: []
"""

SERVERS = """\
servers:
  - name: srv1
    owner: kominfo
    asset: {code: 1.3.2.10.02.04.001, register: "0001"}
    model: Server
    specs: {vcpu: 4, ram: 8 GB, disk: 100 GB}
    condition: Baik
    place: {room: dc, rack: R1, power_feed: A}
    basis: own
    readiness: in_service
    state: serving
    management_address: 10.99.0.31
    ports:
      - {name: eth0, use: management}
      - {name: eth1, use: data_centre, to: "core1:eth3"}
  - name: srv2
    owner: dinkes
    asset: {code: 1.3.2.10.02.04.001, register: "0001"}
    model: Server
    specs: {vcpu: 4, ram: 8 GB, disk: 100 GB}
    condition: Rusak Ringan
    place: {room: dc, rack: R2, power_feed: B}
    basis: penggunaan_sementara
    readiness: racked
    state: idle
    management_address: 10.99.0.32
    ports:
      - {name: eth0, use: management}
"""

APPLICATIONS = """\
applications:
  - code: simpus
    name: Sistem Puskesmas
    owner: dinkes
    runtime: php
    database: none
    domain: simpus.ujikab.go.id
    source: files/simpus
    needs: {vcpu: 1, ram: 512 MB, disk: 1 GB}
    data_class: restricted
    runs_at: {server: srv1}
  - code: portal
    name: Portal
    owner: disdik
    runtime: static
    database: none
    domain: portal.ujikab.go.id
    source: files/portal
    needs: {vcpu: 1, ram: 256 MB, disk: 1 GB}
    data_class: public
    runs_at: {server: srv1}
    depends_on: [simpus]
  - code: absensi
    name: Absensi
    owner: disdik
    runtime: php
    database: mariadb
    domain: absensi.ujikab.go.id
    needs: {vcpu: 1, ram: 1 GB, disk: 5 GB}
    data_class: restricted
    runs_at: {outside: Hosting PT Tiga}
"""

BASE = {
    "government": GOVERNMENT,
    "opds": OPDS,
    "circuits": CIRCUITS,
    "bandwidth": BANDWIDTH,
    "devices": DEVICES,
    "servers": SERVERS,
    "applications": APPLICATIONS,
}

type Edit = tuple[str, str, str]
type WriteRegister = Callable[..., Path]
type LoadRegister = Callable[..., LoadResult]


def edited(files: Mapping[str, str], edits: tuple[Edit, ...]) -> dict[str, str]:
    """Each edit replaces the first place of its old text, which must exist."""
    result = dict(files)
    for stem, old, new in edits:
        assert old in result[stem], f"{old!r} is not in {stem}.yml"
        result[stem] = result[stem].replace(old, new, 1)
    return result


@pytest.fixture
def write_register(tmp_path: Path) -> WriteRegister:
    """``write(*edits, **whole_files)`` writes a register; a whole file given as None is left out."""

    def write(*edits: Edit, **whole: str | None) -> Path:
        folder = tmp_path / "uji" / "register"
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("simpus", "portal"):
            (tmp_path / "uji" / "files" / name).mkdir(parents=True, exist_ok=True)
        files: dict[str, str | None] = {**edited(BASE, edits), **whole}
        for stem, text in files.items():
            path = folder / f"{stem}.yml"
            path.unlink(missing_ok=True)
            if text is not None:
                path.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def load_register(write_register: WriteRegister) -> LoadRegister:
    """Like ``write_register``, and loads what it wrote."""

    def write_and_load(*edits: Edit, **whole: str | None) -> LoadResult:
        return load(write_register(*edits, **whole))

    return write_and_load
