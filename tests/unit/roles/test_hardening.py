# SPDX-License-Identifier: GPL-3.0-or-later
"""The hardening rules as data, and the guide's table of them."""

from __future__ import annotations

import re
import subprocess
import sys

import yaml
from server_render import ROLES, ROOT

RULES = yaml.safe_load((ROLES / "hardening" / "vars" / "main" / "rules.yml").read_text())["hardening_catalogue"]
KERNEL = {"modules", "remount", "audit", "apparmor"}


def test_every_rule_has_an_id_an_area_and_a_reason() -> None:
    ids = [rule["id"] for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"TP-[A-Z]+-\d\d", name) for name in ids)
    assert all(rule["area"] and len(rule["reason"]) > 30 for rule in RULES)


def test_what_lives_in_the_kernel_says_so() -> None:
    for rule in RULES:
        foreign = [key for key in rule.get("sysctl", {}) if not key.startswith(("net.ipv4.", "net.ipv6."))]
        assert bool(rule.get("needs_kernel")) is bool(foreign or KERNEL & set(rule)), rule["id"]


def test_no_two_rules_speak_of_one_thing() -> None:
    for kind in ("sshd", "sysctl", "remount"):
        keys = [key for rule in RULES for key in rule.get(kind, {})]
        assert len(set(keys)) == len(keys), kind


def test_the_table_of_the_guide_is_fresh() -> None:
    tool = ROOT / "docs" / "tools" / "hardening_table.py"
    done = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
