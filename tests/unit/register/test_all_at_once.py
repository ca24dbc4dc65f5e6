# SPDX-License-Identifier: GPL-3.0-or-later
"""Mistakes of every sort in every file: all are told in one run, in reading order, each once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import count_line, load, render

EDITS = [
    ("applications", "domain: simpus.ujikab.go.id", "domain: simpus.ujikab.com"),  # rule
    ("applications", "[simpus]", "[simpuss]"),  # reference
    ("applications", "runtime: php", "runtime: phpp"),  # choice
    ("bandwidth", "100 Mbps", "100 MBps"),  # unit
    ("bandwidth", "allocated: 10 Mbps", "allocated: 11 Mbps"),  # rule
    ("circuits", "gateway: 203.0.113.1", "gateway: 203.0.113.9"),  # rule
    ("circuits", "    budget_line: DPA 2\n", ""),  # missing key
    ("devices", "    platform: linux", "    platfrom: linux"),  # unknown key
    ("devices", "10.99.0.12", "10.99.0.11"),  # twice, in a record beside one with an unknown key
    ("devices", '"srv1:eth1"', '"srv1:eth7"'),  # cable
    ("government", "time_zone: WIB", "time_zone: WIP"),  # choice
    ("government", "10.254.0.0/24", "10.20.4.0/24"),  # rule in a record with a wrong field
    ("opds", "users: 45", "users: banyak"),  # number
    ("opds", "public_service: false", "public_service: no"),  # yes/no
]

EXPECTED = [
    "applications.yml:5 applications[simpus].runtime",
    "applications.yml:7 applications[simpus].domain",
    "applications.yml:22 applications[portal].depends_on[#1]",
    "bandwidth.yml:2 bandwidth[dinkes].requested",
    "bandwidth.yml:3 bandwidth[disdik].allocated",
    "circuits.yml:8 circuits[isp-a].handoff.gateway",
    "circuits.yml:12 circuits[isp-b]",
    "devices.yml:3 devices[br1].platfrom",
    "devices.yml:22 devices[core1].management_address",
    "devices.yml:29 devices[core1].ports[eth3].to",
    "government.yml:5 government.time_zone",
    "government.yml:12 government.address_pools.transit",
    "opds.yml:6 opds[kominfo].public_service",
    "opds.yml:15 opds[dinkes].users",
    "servers.yml:2 ",
]


def test_all_at_once(load_register: Any) -> None:
    result = load_register(*EDITS, servers="servers:\n\t- name: srv1\n")
    assert result.register is None
    # servers.yml cannot be read, so nobody is accused of naming a server that is not there: the cable is left alone.
    expected = [line for line in EXPECTED if not line.startswith("devices.yml:29")]
    assert [f"{p.file.rsplit('/', 1)[-1]}:{p.line} {p.key}" for p in result.problems] == expected


def test_all_at_once_with_readable_servers(load_register: Any) -> None:
    result = load_register(*EDITS)
    expected = [line for line in EXPECTED if not line.startswith("servers.yml")]
    assert [f"{p.file.rsplit('/', 1)[-1]}:{p.line} {p.key}" for p in result.problems] == expected
    assert all(p.is_error for p in result.problems)
    assert count_line(result.problems) == "14 kesalahan"


def test_text_is_readable(load_register: Any, tmp_path: Path) -> None:
    result = load_register(*EDITS)
    text = render(result.problems, base=tmp_path)
    blocks = text.split("\n\n")
    assert len(blocks) == 14
    assert blocks[3].splitlines() == [
        "KESALAHAN uji/register/bandwidth.yml:2:30",
        "  kunci    : bandwidth[dinkes].requested",
        "  masalah  : 'MBps' adalah satuan byte, sedangkan kecepatan jalur ditulis dalam bit per detik (1",
        "             byte = 8 bit).",
        "  tindakan : Lihat angka di kontrak penyedia lalu tulis dengan kbps, Mbps, atau Gbps.",
    ]
    for block in blocks:
        assert re.fullmatch(r"KESALAHAN \S+\.yml:\d+:\d+", block.splitlines()[0])
        assert all(len(line) <= 100 for line in block.splitlines())
        assert "  masalah  : " in block
        assert "  tindakan : " in block


def test_warnings_alone_let_the_register_be_used(load_register: Any) -> None:
    result = load_register(("servers", "basis: penggunaan_sementara", "basis: pinjam_pakai"))
    assert result.register is not None
    assert result.errors == ()
    assert len(result.warnings) == 1
    assert result.text().startswith("PERINGATAN ")
    assert count_line(result.problems) == "1 peringatan"


def test_counts_of_a_broken_register(load_register: Any) -> None:
    result = load_register(("devices", "readiness: ordered", "readiness: dipesan"), servers="servers: [\n")
    lines = "\n".join(result.tally.lines())
    assert "Perangkat jaringan : 4 (in_service 3, ? 1)" in lines
    assert "Server             : belum terbaca" in lines
    assert "OPD                : 3 (surveyed 1, provisioned 2), 3 lokasi" in lines
    assert "Kabupaten Uji, ujikab.go.id, tahun anggaran 2026" in lines


def test_loading_writes_nothing(write_register: Any) -> None:
    folder = write_register(*EDITS)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*")}
    load(folder)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*")} == before
