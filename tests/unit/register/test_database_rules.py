# SPDX-License-Identifier: GPL-3.0-or-later
"""Databases of applications: a server that keeps them, with room, under names that are free there."""

from __future__ import annotations

from typing import Any

import pytest

KEEPER = ("government", "  rules:\n", "  database: {servers: [srv1]}\n  rules:\n")
MARIADB = ("applications", "database: none\n    domain: simpus", "database: mariadb\n    domain: simpus")
POSTGRESQL = ("applications", "database: none\n    domain: simpus", "database: postgresql\n    domain: simpus")
RAM = "vcpu: 4, ram: 8 GB, disk: 100 GB}\n    condition: Baik"


def named(code: str) -> tuple[tuple[str, str, str], ...]:
    return (
        ("applications", "code: simpus", f"code: {code}"),
        ("applications", "depends_on: [simpus]", f"depends_on: [{code}]"),
    )


CASES: list[tuple[str, list[tuple[str, str, str]], str, str, str]] = [
    ("no-server", [MARIADB], "applications[simpus].database", "belum ada server basis data", "government.yml"),
    ("not-in-service", [(*KEEPER[:2], KEEPER[2].replace("srv1", "srv2")), MARIADB],
     "government.database.servers[#1]", "srv2 belum dapat menyimpan basis data", "in_service lebih dulu"),
    ("reserved", [KEEPER, MARIADB, *named("mysql")], "applications[mysql].code", "milik mariadb sendiri", "kode lain"),
    ("reserved-prefix", [KEEPER, POSTGRESQL, *named("pg-arsip")], "applications[pg-arsip].code",
     "milik postgresql sendiri", "kode lain"),
    ("little-ram", [KEEPER, MARIADB, ("servers", RAM, RAM.replace("8 GB", "320 MB")),
                    *((("applications", f"ram: {size} MB", "ram: 10 MB")) for size in (512, 256))],
     "government.database.memory_percent", "hanya memberi 160 MB", "RAM-nya lebih besar"),
    ("no-room-beside", [KEEPER, MARIADB, ("servers", RAM, RAM.replace("8 GB", "1 GB"))],
     "government.database.memory_percent", "punya RAM 1 GB", "Turunkan memory_percent"),
    ("disk", [KEEPER, MARIADB, ("applications", "ram: 512 MB, disk: 1 GB", "ram: 512 MB, disk: 2 TB")],
     "government.database.servers[#1]", "disk srv1 100 GB", "disk-nya cukup"),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "key", "what", "action"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_refused(load_register: Any, edits: Any, key: str, what: str, action: str) -> None:
    problems = [problem for problem in load_register(*edits).problems if problem.key == key]
    assert [(what in problem.what, action in problem.action) for problem in problems] == [(True, True)], [
        (problem.key, problem.what) for problem in load_register(*edits).problems
    ]


@pytest.mark.parametrize("code", ["a" * 28, "arsip-surat"])
def test_a_long_or_hyphened_name_is_taken(load_register: Any, code: str) -> None:
    problems = load_register(KEEPER, MARIADB, *named(code)).problems
    assert problems == (), [problem.what for problem in problems]
