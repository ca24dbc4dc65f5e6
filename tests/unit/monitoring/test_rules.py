# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every alert says what, where and what to do, and has a promtool test in which it fires and one in which it must not.

promtool itself runs them in the Molecule scenario `monitoring`, where it comes with the package.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
ROLE = ROOT / "roles" / "monitoring"
RULES = sorted((ROLE / "files" / "rules").glob("*.yml"))
TESTS = Path(__file__).parent / "rules"


def alerts(path: Path) -> dict[str, dict[str, Any]]:
    groups = yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]
    return {rule["alert"]: rule for group in groups for rule in group["rules"]}


def expectations(path: Path) -> dict[str, set[bool]]:
    """Alert -> whether its tests expect it to fire; one that must not fire counts only when it was asked something."""
    found: dict[str, set[bool]] = {}
    for test in yaml.safe_load((TESTS / path.name).read_text(encoding="utf-8"))["tests"]:
        assert test["input_series"], test["name"]
        for case in test["alert_rule_test"]:
            found.setdefault(case["alertname"], set()).add(bool(case["exp_alerts"]))
    return found


ALL = {name: rule for path in RULES for name, rule in alerts(path).items()}


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_alert_is_tested_both_ways(path: Path) -> None:
    assert expectations(path) == {name: {True, False} for name in alerts(path)}


def test_the_role_ships_exactly_these_files() -> None:
    variables = yaml.safe_load((ROLE / "vars" / "main.yml").read_text(encoding="utf-8"))
    assert [path.stem for path in RULES] == variables["monitoring_rules"]
    assert sorted(path.name for path in TESTS.glob("*.yml")) == [path.name for path in RULES]


@pytest.mark.parametrize("name", sorted(ALL))
def test_an_alert_says_what_and_what_to_do(name: str) -> None:
    rule = ALL[name]
    assert set(rule["annotations"]) == {"ringkasan", "tindakan"}
    assert rule["labels"]["severity"] in ("critical", "warning")
    assert rule["for"], "nobody is told of a hiccup"
    # Those of the whole network name it in words; every other one names where by a label.
    assert "$labels." in rule["annotations"]["ringkasan"] or name in ("BordersDown", "CoreDown")


def test_what_silences_and_what_is_silenced_exists() -> None:
    text = (ROLE / "templates" / "alertmanager.yml.j2").read_text(encoding="utf-8")
    named = [word for match in re.findall(r'alertname (?:=~? )"?([\w.*|]+)', text) for word in match.split("|")]
    assert len(named) > 10
    for word in named:
        assert any(re.fullmatch(word, name) for name in ALL), word
