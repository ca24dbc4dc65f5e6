# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shaping tree: rates as allocated, the same class ids in tc and in nftables, lines that may be sent twice."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from role_render import bundle_text, files, host_vars

CLASS = re.compile(
    r"class replace dev (\S+) parent (\S+) classid 1:([0-9a-f]+) htb prio [0-7] "
    r"rate (\d+)bit ceil (\d+)bit burst (\d+)b"
)


def tree(host: dict[str, Any], **overrides: object) -> tuple[list[str], str]:
    found = files(bundle_text(host["terpusat_host"]["role"], host, **overrides))
    lines = [line for line in found["/etc/terpusat/shaping.tc"].splitlines() if not line.startswith("#")]
    return lines, found["/etc/nftables.conf"]


def classes(lines: list[str], interface: str) -> dict[int, tuple[str, int, int]]:
    """Class id → parent, rate and ceiling in bit/s."""
    matches = [CLASS.match(line) for line in lines if line.startswith("class ")]
    assert all(matches)
    return {int(m[3], 16): (m[2], int(m[4]), int(m[5])) for m in matches if m and m[1] == interface}


def test_downloads_are_shaped_at_the_border() -> None:
    lines, firewall = tree(host_vars("br1"))
    assert classes(lines, "bond1") == {
        1: ("1:", 28_500_000, 28_500_000),
        101: ("1:1", 12_000_000, 12_000_000),
        102: ("1:1", 5_000_000, 5_000_000),
        103: ("1:1", 5_000_000, 5_000_000),
        104: ("1:1", 4_000_000, 4_000_000),
        65534: ("1:1", 2_500_000, 28_500_000),
    }
    assert classes(lines, "vpn105") == {
        1: ("1:", 10_000_000, 10_000_000),
        105: ("1:1", 3_000_000, 3_000_000),
        65534: ("1:1", 7_000_000, 10_000_000),
    }
    assert "10.20.0.0/24 : 1:65" in firewall
    assert "10.20.1.0/24 : 1:66" in firewall
    assert 'oifname "bond1" meta priority set ip daddr map @shaping_bond1' in firewall


def test_uploads_are_shaped_in_the_office_but_not_towards_the_data_centre() -> None:
    lines, firewall = tree(host_vars("rt-disdik"))
    assert classes(lines, "eth1") == {102: ("1:", 5_000_000, 5_000_000)}
    [rule] = [line for line in firewall.splitlines() if "@shaping_eth1" in line]
    assert "10.10.0.0/24" in rule
    assert re.search(r'oifname "eth1" ip daddr != \{.*\} meta priority set ip saddr map @shaping_eth1', rule)


def test_only_the_root_line_cannot_be_sent_twice() -> None:
    lines, _ = tree(host_vars("br1"))
    roots = [line for line in lines if " root " in line]
    assert roots == ["qdisc add dev bond1 root handle 1: htb", "qdisc add dev vpn105 root handle 1: htb"]
    assert all(line.split()[1] == "replace" for line in lines if line not in roots)


@pytest.mark.parametrize(("kind", "leaf"), [("fq_codel", "fq_codel"), ("bfifo", "bfifo limit 90000")])
def test_leaf_queue_is_a_setting(kind: str, leaf: str) -> None:
    lines, _ = tree(host_vars("br1"), network_device_leaf_qdisc=kind)
    assert f"qdisc replace dev bond1 parent 1:65 handle 65: {leaf}" in lines


@settings(max_examples=12, deadline=None)
@given(
    total=st.integers(1_000_000, 10_000_000_000),
    rates=st.lists(st.integers(64_000, 1_000_000_000), min_size=1, max_size=5),
)
def test_any_allocation_gives_a_tree_that_tc_can_take(total: int, rates: list[int]) -> None:
    host = copy.deepcopy(host_vars("br1"))
    shaper = host["terpusat_intent"]["shaping"][0]
    shaper["rate_bps"] = total
    shaper["classes"] = [
        {
            "id": 100 + n,
            "name": f"opd{n}",
            "rate_bps": rate,
            "ceil_bps": rate,
            "priority": n,
            "prefixes": [f"10.20.{n}.0/24"],
        }
        for n, rate in enumerate(rates)
    ]
    lines, _ = tree(host)
    found = classes(lines, shaper["interface"])
    assert {n: found[n][1] for n in range(100, 100 + len(rates))} == {100 + n: rate for n, rate in enumerate(rates)}
    assert 0 < found[65534][1] <= found[65534][2] == total
    for line in lines:
        if line.startswith("class "):
            assert int(CLASS.match(line)[6]) >= 15_000  # type: ignore[index]
