# SPDX-License-Identifier: GPL-3.0-or-later
"""Names never meet: between checkouts, between scenarios, between a scenario and the lab."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from labkit.identity import INTERFACE_NAME_MAX, Identity, interface_name

NODE = st.from_regex(r"[a-z][a-z0-9-]{0,30}", fullmatch=True)
SCENARIO = st.none() | st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)


def test_two_checkouts_have_different_names(tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "main", tmp_path / "b" / "main"
    assert Identity(first).prefix != Identity(second).prefix


def test_the_same_checkout_through_a_link_is_the_same_lab(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert Identity(tmp_path / "real").prefix == Identity(tmp_path / "link").prefix


@given(st.tuples(SCENARIO, NODE), st.tuples(SCENARIO, NODE))
def test_names_of_one_checkout_are_unique(one: tuple[str | None, str], other: tuple[str | None, str]) -> None:
    root = Path("/checkout")
    if one != other:
        assert Identity(root, one[0]).name(one[1]) != Identity(root, other[0]).name(other[1])


@given(SCENARIO, SCENARIO, NODE)
def test_a_prefix_finds_only_its_own_nodes(mine: str | None, theirs: str | None, node: str) -> None:
    root = Path("/checkout")
    found = Identity(root, mine).node(Identity(root, theirs).name(node))
    assert found == (node if mine == theirs else None)


def test_a_scenario_is_no_beginning_of_another() -> None:
    root = Path("/checkout")
    assert Identity(root, "app").node(Identity(root, "app-host").name("x")) is None


@given(st.from_regex(r"[a-z][a-z0-9.-]{0,40}", fullmatch=True), st.from_regex(r"[a-z][a-z0-9.-]{0,40}", fullmatch=True))
def test_interface_names_fit_and_stay_apart(one: str, other: str) -> None:
    assert len(interface_name(one)) <= INTERFACE_NAME_MAX
    if one != other:
        assert interface_name(one) != interface_name(other)


def test_state_of_a_scenario_lies_inside_the_checkout(tmp_path: Path) -> None:
    assert Identity(tmp_path, "base").folder == tmp_path / ".lab" / "scenarios" / "base"
    assert Identity(tmp_path).folder == tmp_path / ".lab"
