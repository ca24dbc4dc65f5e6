# SPDX-License-Identifier: GPL-3.0-or-later
"""Platforms of a Molecule scenario become machines, cables and loose ends."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labkit import scenario
from labkit.errors import LabError
from labkit.image import Image
from labkit.model import End, Wire


def test_a_platform_is_a_server_with_a_management_port() -> None:
    lab = scenario.build([{"name": "base"}])
    (node,) = lab.nodes
    assert node.image == Image("server", "trixie")
    assert node.ports == ("eth0",)
    assert str(node.management) == "10.99.0.11/24"
    assert lab.wires == ()


def test_ports_without_a_cable_have_a_live_far_end() -> None:
    lab = scenario.build([{"name": "router", "kind": "appliance", "ports": ["eth0", "eth1", "eth2"]}])
    assert lab.nodes[0].ports == ("eth0", "eth1", "eth2")
    assert set(lab.wires) == {Wire(End("router", "eth1"), live=True), Wire(End("router", "eth2"), live=True)}


@pytest.mark.parametrize("both_ends", [False, True])
def test_a_cable_may_be_written_at_one_end_or_both(both_ends: bool) -> None:
    far = {"name": "eth1", "to": "a:eth1"} if both_ends else "eth1"
    lab = scenario.build([{"name": "a", "ports": [{"name": "eth1", "to": "b:eth1"}]}, {"name": "b", "ports": [far]}])
    assert lab.wires == (Wire(End("a", "eth1"), End("b", "eth1")),)


@pytest.mark.parametrize(
    ("platform", "words"),
    [
        ({"name": "Base"}, ["Base", "huruf kecil"]),
        ({"name": "base", "knd": "server"}, ["knd", "kind"]),
        ({"name": "base", "kind": "switch"}, ["switch", "appliance"]),
        ({"name": "base", "suite": "jammy"}, ["jammy", "trixie"]),
        ({"name": "base", "ports": ["eth1", "eth1"]}, ["eth1", "lebih dari sekali"]),
        ({"name": "base", "ports": ["a-name-that-is-too-long"]}, ["a-name-that-is-too-long", "15"]),
        ({"name": "base", "ports": [{"name": "eth1", "to": "other:eth9"}]}, ["other:eth9"]),
    ],
)
def test_mistakes_are_named(platform: dict[str, Any], words: list[str]) -> None:
    with pytest.raises(LabError) as error:
        scenario.build([platform])
    assert all(word in str(error.value) for word in words)


def test_all_mistakes_come_at_once() -> None:
    with pytest.raises(LabError) as error:
        scenario.build([{"name": "A"}, {"name": "b", "kind": "switch"}, {"name": "c"}, {"name": "c"}])
    assert len(str(error.value).splitlines()) == 3


def test_no_platform_is_refused() -> None:
    with pytest.raises(LabError, match="platforms"):
        scenario.build([])


@given(st.integers(1, 244))
def test_every_machine_has_an_address_of_its_own(count: int) -> None:
    lab = scenario.build([{"name": f"n{number}"} for number in range(count)])
    addresses = {str(node.management) for node in lab.nodes}
    assert len(addresses) == count
    assert str(lab.management) not in addresses
