# SPDX-License-Identifier: GPL-3.0-or-later
"""The rendered IOS filter judges packets as the intent does; where it cannot, the differences are exactly those that
docs (README of network_device) tell.

A router has the zone-based firewall: what begins a connection through it is judged alike. A switch has access lists
without state: nothing that the intent accepts is lost, answers included, and what it drops passes only when it looks
like an answer, or comes in by another interface than its source lives at.
"""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address, ip_network
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ios_filter import Filter
from packets import Packet, inside, own_addresses, packets, verdict
from variants import cases, planned, rendered

IOS = [case for case in cases() if case[0].startswith("ios")]
ROUTERS = [case for case in IOS if case[1] != "core1"]
SWITCHES = [case for case in IOS if case[1] == "core1"]


def _ios_name(name: str) -> str:
    return f"Vlan{name.removeprefix('vlan')}" if name.startswith("vlan") else name


def _as_ios(packet: Packet) -> Packet:
    return replace(packet, entered=_ios_name(packet.entered), leaves=_ios_name(packet.leaves))


def _about(variant: str, name: str) -> tuple[dict[str, Any], Filter]:
    intent = planned(variant)[name]["terpusat_intent"]
    return intent, Filter(rendered(variant)[name], own_addresses(intent))


def _guarded(intent: dict[str, Any], packet: Packet) -> bool:
    """What the access lists of interfaces judge: the management port is another matter (access-class, no zone)."""
    return intent["management"]["interface"] not in (packet.entered, packet.leaves)


@pytest.mark.parametrize(("variant", "name"), ROUTERS)
def test_a_router_judges_new_connections_as_the_intent(variant: str, name: str) -> None:
    intent, found = _about(variant, name)
    outside = [i["name"] for i in intent["interfaces"] if i["use"] == "uplink"]

    @settings(max_examples=20)
    @given(st.lists(packets(intent), min_size=50, max_size=50))
    def judged_alike(sample: list[Packet]) -> None:
        for packet in sample:
            if packet.state != "new" or not _guarded(intent, packet) or packet.protocol == "gre":
                continue
            if not packet.leaves and (_asked_by_us(packet) or packet.entered in outside):
                continue
            if packet.source == packet.destination:
                continue
            assert found.verdict(_as_ios(packet)) is verdict(intent, packet), packet

    judged_alike()


@pytest.mark.parametrize(("variant", "name"), ROUTERS)
def test_nobody_outside_reaches_a_router(variant: str, name: str) -> None:
    """But for what looks like an answer: high UDP ports, which end at the translation."""
    intent, found = _about(variant, name)
    for interface in intent["interfaces"]:
        if interface["use"] != "uplink":
            continue
        for address in own_addresses(intent):
            for protocol, port in (("tcp", 22), ("tcp", 23), ("udp", 53), ("udp", 161), ("tcp", 53), ("icmp", 0)):
                packet = Packet(interface["name"], "", "192.0.2.7", address, protocol, port, 40000)
                assert not found.verdict(packet), packet


@pytest.mark.parametrize(("variant", "name"), SWITCHES)
def test_a_switch_loses_nothing_and_lets_through_only_what_looks_like_an_answer(variant: str, name: str) -> None:
    intent, found = _about(variant, name)

    @settings(max_examples=20)
    @given(st.lists(packets(intent), min_size=50, max_size=50))
    def judged(sample: list[Packet]) -> None:
        for packet in sample:
            if packet.state != "new" or not _guarded(intent, packet):
                continue
            wanted, got = verdict(intent, packet), found.verdict(_as_ios(packet))
            if wanted:
                assert got, packet
                # Where a network does not lie, its answers are spoofed.
                answer = _answer(packet)
                if packet.leaves and packet.protocol in ("tcp", "udp", "icmp") and verdict(intent, answer):
                    assert found.verdict(_as_ios(answer)), packet
            elif got:
                assert _answers_something(intent, packet) or _by_another_door(intent, packet), packet

    judged()


def _answer(packet: Packet) -> Packet:
    return Packet(
        packet.leaves, packet.entered, packet.destination, packet.source, packet.protocol, packet.source_port,
        packet.port, "established",
    )  # fmt: skip


def _asked_by_us(packet: Packet) -> bool:
    """What a resolver or a time server answers to the device itself."""
    return packet.protocol == "udp" and packet.source_port in (53, 123)


def _answers_something(intent: dict[str, Any], packet: Packet) -> bool:
    """UDP from where, and to where, somebody may have asked: without state that is an answer."""
    if packet.protocol != "udp":
        return False
    if not packet.leaves:
        return _asked_by_us(packet)
    # The list knows the zones only: an address of a pool that nobody has counts as one of the internet.
    if not any(ip_address(packet.source) in ip_network(cidr) for cidr in chain(*intent["zones"].values())):
        packet = replace(packet, source="192.0.2.7")
    question = replace(_answer(packet), state="new")
    return verdict(intent, question) or _by_another_door(intent, question)


def _by_another_door(intent: dict[str, Any], packet: Packet) -> bool:
    """Whether the intent would accept it had it come by the interface that a rule names."""
    return any(
        verdict(intent, replace(packet, entered=interface["name"]))
        for interface in intent["interfaces"]
        if interface["name"] != packet.entered
    )


@pytest.mark.parametrize(("variant", "name"), IOS)
def test_management_is_for_operators(variant: str, name: str) -> None:
    text = rendered(variant)[name]
    sources = planned(variant)[name]["terpusat_intent"]["management"]["sources"]
    assert inside("10.99.0.1", sources)
    assert text.count("line vty") == text.count(" access-class TERPUSAT-KELOLA in")
    assert "ip access-list standard TERPUSAT-KELOLA\n permit host 10.99.0.1\n" in text


def test_the_judge_sees_a_hole() -> None:
    intent, found = _about("ios15", "core1")
    server, office = "10.10.0.11", "10.20.0.5"
    into = Packet("Vlan10", "Vlan101", server, office, "tcp", 445, 40000)
    assert not verdict(intent, replace(into, entered="vlan10", leaves="vlan101"))
    assert not found.verdict(into)
    holed = rendered("ios15")["core1"].replace("deny ip any any", "permit ip any any")
    assert Filter(holed, own_addresses(intent)).verdict(into)
