# SPDX-License-Identifier: GPL-3.0-or-later
"""A small register, and surveys built the way offices fill them in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.answers import Answers
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.survey import Import, import_survey

GOVERNMENT = """\
government:
  code: uji
  name: Kabupaten Uji
  domain: ujikab.go.id
  time_zone: WIB
  fiscal_year: 2026
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
# Daftar OPD; disunting dengan tangan.
opds:
  - code: dinkes   # kode lama: dkk
    name: Dinas Kesehatan
    kind: dinas
    users: 45
    public_service: true
    priority: 1
    stage: provisioned
    coverage: {reachable: true}
    locations:
      - {code: kantor, name: Kantor Dinkes, kind: office, address: "Jl. Rekaan No. 2"}
      - {code: gudang,   name: 'Gudang Farmasi', kind: office}   # dekat pasar

  # Pindah gedung tahun depan.
  - code: disdik
    name: Dinas Pendidikan dan Kebudayaan
    kind: dinas
    users: 60
    public_service: false
    priority: 3
    stage: surveyed
    coverage: {reachable: true}
    locations:
    - code: kantor
      name: Kantor Disdik
      kind: office
"""

CIRCUITS = """\
circuits:
  - id: isp-a
    kind: uplink
    provider: PT Satu Rekaan
    media: leased_fiber
    role: main
    capacity: {domestic: 200 Mbps, international: 100 Mbps}
    handoff: {address: 203.0.113.2/30, gateway: 203.0.113.1, dns: [198.51.100.53]}
    contract: {start: 2026-01-01, end: 2026-12-31}
    budget_line: DPA 1
    monthly_cost: Rp 60.000.000
  - id: dinkes-lama
    kind: own_subscription
    opd: dinkes
    location: kantor
    provider: PT Dua Rekaan
    media: leased_fiber
    role: main
    capacity: {domestic: 20 Mbps, international: 20 Mbps}
    contract: {start: 2026-01-01, end: 2026-12-31}
    budget_line: DPA 3
    monthly_cost: Rp 3.500.000   # belum termasuk PPN
"""

BANDWIDTH = """\
bandwidth:
  - {opd: dinkes, requested: 100 Mbps, proposed: 50 Mbps, granted: 20 Mbps, allocated: 15 Mbps}  # disepakati
  - {opd: disdik, requested: 50 Mbps, proposed: 20 Mbps, granted: 10 Mbps, allocated: 10 Mbps}
"""

FILES = {
    "government": GOVERNMENT,
    "opds": OPDS,
    "circuits": CIRCUITS,
    "bandwidth": BANDWIDTH,
    "devices": "devices: []\n",
    "servers": "servers: []\n",
    "applications": "applications: []\n",
}

#: the columns most tests need; a row is given by position
HEADER = [
    "Nama OPD", "Jml Pegawai", "Pelayanan publik", "Lokasi", "Kebutuhan BW (Mbps)", "Provider", "Media",
    "Bandwidth saat ini", "Biaya/bln", "Mulai kontrak", "Akhir kontrak", "Rekening DPA", "Jaringan LAN",
]  # fmt: skip

type Row = Sequence[object]
type Survey = Callable[..., Import]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """``uji/register`` with every file."""
    folder = tmp_path / "uji" / "register"
    folder.mkdir(parents=True)
    for stem, text in FILES.items():
        (folder / f"{stem}.yml").write_text(text, encoding="utf-8")
    return folder


def workbook(path: Path, rows: Sequence[Row], title: str = "Survei") -> Path:
    """Write ``rows`` as the only sheet of a new workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column, value)  # type: ignore[arg-type]
    book.save(path)
    return path


@pytest.fixture
def survey(register: Path, tmp_path: Path) -> Survey:
    """``survey([row, …], header=…, answers={…})`` looks at a workbook with these rows below the header (row 1)."""

    def look(rows: Sequence[Row], header: Sequence[str] = HEADER, answers: dict[str, object] | None = None) -> Import:
        path = workbook(tmp_path / "survei.xlsx", [header, *rows])
        return import_survey(register, [path], Answers.model_validate(answers or {}))

    return look


def reasons(result: Import) -> dict[str, str]:
    """Cell → why it is flagged (the last reason when there are several)."""
    return {flag.place.ref: flag.what for flag in result.flags}
