# SPDX-License-Identifier: GPL-3.0-or-later
"""Differences between two states, and how they are told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.state import Change, Item, differences

_ITEMS = st.builds(
    Item, st.sampled_from(["frr", "nftables"]), st.sampled_from(["file", "running"]), st.sampled_from(["a", "b", "c"])
)
_STATES = st.dictionaries(_ITEMS, st.text("ab\n", max_size=6))


@given(_STATES)
def test_a_state_does_not_differ_from_itself(state: dict[Item, str]) -> None:
    assert differences(state, dict(state)) == []


@given(_STATES, _STATES)
def test_applying_every_change_gives_the_intended_state(running: dict[Item, str], intended: dict[Item, str]) -> None:
    state = dict(running)
    for change in differences(running, intended):
        assert state.get(change.item, "") == change.before
        state[change.item] = change.after
    assert differences(state, intended) == []


def test_titles_summary_and_diff() -> None:
    change = Change(Item("shaping", "running", "eth2"), "class 1:1 rate 5Mbit\nrest\n", "class 1:1 rate 20Mbit\nrest\n")
    assert change.item.title == "berjalan: shaping eth2"
    assert change.summary == "- class 1:1 rate 5Mbit; + class 1:1 rate 20Mbit"
    assert change.as_result() == {
        "component": "shaping",
        "kind": "running",
        "name": "eth2",
        "summary": change.summary,
        "removed": ["class 1:1 rate 5Mbit"],
        "added": ["class 1:1 rate 20Mbit"],
    }
    assert change.as_diff()["before_header"] == "berjalan: shaping eth2 (di perangkat)"
    assert Item("frr", "file", "/etc/frr/frr.conf").title == "berkas /etc/frr/frr.conf"


def test_a_long_summary_is_cut_and_says_so() -> None:
    change = Change(Item("frr", "file", "/x"), "", "".join(f"line {n}\n" for n in range(10)))
    assert change.summary == "+ line 0; + line 1; + line 2; … 7 baris lagi"
