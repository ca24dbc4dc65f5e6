# SPDX-License-Identifier: GPL-3.0-or-later
"""Waivers of hardening rules: what they name exists, they end by themselves, and each mistake is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.hardening_ids import HARDENING_IDS

ROOT = Path(__file__).resolve().parents[3]
FINDING = """\
findings:
  - id: t-1
    servers: [srv1]
    rule: TP-SSH-05
    reason: Vendor masih memakai penerusan port
    owner: kominfo
    expires: 2026-06-30
"""
AGAIN = FINDING.replace("findings:\n", "").replace("t-1", "t-2")

CASES = [
    (
        "no-such-rule",
        FINDING.replace("TP-SSH-05", "TP-SSH-55"),
        "findings[t-1].rule",
        "'TP-SSH-55' tidak ada",
        "daftar",
    ),
    (
        "no-such-server",
        FINDING.replace("srv1", "srv11"),
        "findings[t-1].servers[#1]",
        "server 'srv11' tidak ada",
        "srv1",
    ),
    ("no-server", FINDING.replace("[srv1]", "[]"), "findings[t-1].servers", "kosong", "sedikitnya satu"),
    (
        "no-such-owner",
        FINDING.replace("kominfo", "kominfoo"),
        "findings[t-1].owner",
        "OPD 'kominfoo' tidak ada",
        "kominfo",
    ),
    ("no-end", FINDING.replace("    expires: 2026-06-30\n", ""), "findings[t-1]", "expires", ""),
    ("twice", FINDING + AGAIN, "findings[t-2].servers[#1]", "srv1 sudah dikecualikan dari TP-SSH-05", "perpanjang"),
    (
        "same-number",
        FINDING + AGAIN.replace("t-2", "t-1").replace("05", "06"),
        "findings[t-1].id",
        "sudah dipakai",
        "lain",
    ),
]


@pytest.mark.parametrize(("text", "key", "what", "action"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_refused(load_register: Any, text: str, key: str, what: str, action: str) -> None:
    result = load_register(findings=text)
    problem = next(problem for problem in result.problems if problem.is_error)
    assert problem.key.startswith(key)
    assert what in problem.what
    assert action in problem.action


def test_accepted(load_register: Any) -> None:
    result = load_register(findings=FINDING)
    assert result.problems == ()
    assert [finding.id for finding in result.register.findings_on("srv1")] == ["t-1"]
    assert result.register.findings_on("srv2") == ()


@pytest.mark.parametrize(("day", "told"), [(date(2026, 6, 30), 0), (date(2026, 7, 1), 1)])
def test_a_waiver_ends_by_itself(write_register: Callable[..., Path], day: date, told: int) -> None:
    result = load(write_register(findings=FINDING), day)
    assert result.register is not None, "a warning only"
    assert len(result.problems) == told
    assert all("aturannya berlaku lagi di srv1" in problem.what for problem in result.problems)


def test_the_ids_are_those_of_the_role() -> None:
    rules = yaml.safe_load((ROOT / "roles" / "hardening" / "vars" / "main" / "rules.yml").read_text())
    assert tuple(rule["id"] for rule in rules["hardening_catalogue"]) == HARDENING_IDS
