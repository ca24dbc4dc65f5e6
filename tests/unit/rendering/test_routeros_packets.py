# SPDX-License-Identifier: GPL-3.0-or-later
"""The rendered RouterOS filter judges every packet as the intent does."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packets import Packet, packets, verdict
from routeros_filter import Filter
from variants import cases, planned, rendered, text_of

ROUTEROS = [case for case in cases() if case[0].startswith("routeros")]


@pytest.mark.parametrize(("variant", "name"), ROUTEROS)
def test_same_verdict_as_the_intent(variant: str, name: str) -> None:
    intent = planned(variant)[name]["terpusat_intent"]
    found = Filter(rendered(variant)[name])

    @settings(max_examples=20)
    @given(st.lists(packets(intent), min_size=50, max_size=50))
    def judged_alike(sample: list[Packet]) -> None:
        for packet in sample:
            assert found.verdict(packet) is verdict(intent, packet), packet

    judged_alike()


def _rules() -> st.SearchStrategy[list[dict[str, Any]]]:
    networks = st.lists(st.sampled_from(["10.20.0.0/24", "10.20.1.0/24", "10.10.0.0/24", "192.0.2.0/25"]), max_size=3)
    ports = st.sampled_from(["ether1", "ether2", "ether3"])
    rule = st.fixed_dictionaries(
        {
            "action": st.sampled_from(["accept", "drop"]), "from_zone": st.just("offices"), "to_zone": st.just("x"),
            "in_interfaces": st.lists(ports, max_size=2, unique=True),
            "out_interfaces": st.lists(ports, max_size=2, unique=True), "sources": networks, "destinations": networks,
        }
    )  # fmt: skip
    talk = st.sampled_from([(None, []), ("icmp", []), ("tcp", [80, 443]), ("udp", [53]), ("tcp", []), ("udp", [1, 2])])
    both = st.tuples(rule, talk).map(lambda pair: {**pair[0], "protocol": pair[1][0], "ports": pair[1][1]})
    return st.lists(both, max_size=5).map(lambda rules: [{**r, "name": f"aturan-{n}"} for n, r in enumerate(rules)])


@settings(max_examples=12)
@given(rules=_rules(), data=st.data())
def test_any_list_of_rules_says_the_same(rules: list[dict[str, Any]], data: st.DataObject) -> None:
    host = copy.deepcopy(planned("routeros7")["br1"])
    host["terpusat_intent"]["firewall"]["forward"] = rules
    found = Filter(text_of(host))
    for packet in data.draw(st.lists(packets(host["terpusat_intent"]), min_size=40, max_size=40)):
        assert found.verdict(packet) is verdict(host["terpusat_intent"], packet), packet


def test_the_judge_sees_a_hole() -> None:
    host = planned("routeros7")["rt-dinkes"]
    text = rendered("routeros7")["rt-dinkes"]
    outside = Packet("ether1", "ether2", "192.0.2.7", "10.20.0.5", "tcp", 445, 40000)
    assert not verdict(host["terpusat_intent"], outside)
    assert not Filter(text).verdict(outside)
    holed = text.replace("add chain=forward action=drop comment", "add chain=forward action=accept comment").replace(
        "add chain=forward action=reject", "add chain=forward action=accept"
    )
    assert Filter(holed).verdict(outside)
