# SPDX-License-Identifier: GPL-3.0-or-later
"""The spare line has a tree of its own size on boxes that cannot change their queues by themselves."""

from __future__ import annotations

import re

import pytest
from variants import VARIANTS, planned, rendered

ROUTEROS = [name for name in VARIANTS if name.startswith("routeros")]
IOS = [name for name in VARIANTS if name.startswith("ios")]


@pytest.mark.parametrize("variant", ROUTEROS)
def test_what_came_in_by_the_spare_line_is_marked_before_the_others(variant: str) -> None:
    intent = planned(variant)["br1"]["terpusat_intent"]
    (line,) = intent["backup_shaping"]
    door = next(item["name"] for item in intent["interfaces"] if item.get("circuit") == line["circuit"])
    text = rendered(variant)["br1"].splitlines()
    marks = [item for item in text if "action=mark-packet" in item]
    theirs = [f"in-interface={door} " in item for item in marks]
    assert theirs == sorted(theirs, reverse=True)
    assert any(theirs)
    # The last of them takes whatever no office asked for, so nothing of that line falls into the first line's tree.
    last = [item for item, is_theirs in zip(marks, theirs, strict=True) if is_theirs][-1]
    assert "dst-address" not in last


@pytest.mark.parametrize("variant", ROUTEROS)
def test_every_mark_has_a_queue_and_every_tree_its_lines_size(variant: str) -> None:
    intent = planned(variant)["br1"]["terpusat_intent"]
    text = rendered(variant)["br1"]
    marks = set(re.findall(r"new-packet-mark=(\S+)", text))
    assert marks == set(re.findall(r" packet-mark=(\S+)", text)) - {"no-mark"}
    roots = re.findall(r"add name=(\S+) parent=(\S+) max-limit=(\d+) queue", text)
    sizes = [shaper["rate_bps"] for shaper in intent["shaping"]]
    sizes += [shaper["rate_bps"] for line in intent["backup_shaping"] for shaper in line["shaping"]]
    assert [int(size) for _, _, size in roots] == sizes


@pytest.mark.parametrize("variant", IOS)
def test_a_spare_lines_packets_bear_its_group_and_find_its_tree(variant: str) -> None:
    intent = planned(variant)["br1"]["terpusat_intent"]
    (line,) = intent["backup_shaping"]
    text = rendered(variant)["br1"]
    inside = f"TERPUSAT-DARI-{line['circuit']}"
    assert f"policy-map {inside}\n class class-default\n  set qos-group 1\n" in text
    assert f"class-map match-all {inside}\n match qos-group 1\n" in text
    door = next(item["name"] for item in intent["interfaces"] if item.get("circuit") == line["circuit"])
    section = text.split(f"interface {door}\n")[1].split("\ninterface ")[0]
    assert f" service-policy input {inside}" in section.splitlines()
    # One where offices hang behind the core, one for each tunnel.
    found = re.findall(rf" class {inside}\n  shape average (\d+)\n  service-policy (\S+)\n class class-default", text)
    assert [int(size) for size, _ in found] == [shaper["rate_bps"] for shaper in line["shaping"]]
    for shaper, (_, name) in zip(line["shaping"], found, strict=True):
        tree = text.split(f"policy-map {name}\n")[1].split("\npolicy-map")[0]
        rates = [entry["rate_bps"] // 1000 for entry in shaper["classes"]]
        assert [int(rate) for rate in re.findall(r"bandwidth (\d+)", tree)] == rates
        door = text.split(f"interface {shaper['interface']}\n")[1].split("\ninterface ")[0]
        assert f" service-policy output {name.removesuffix('-' + line['circuit'])}" in door.splitlines()
