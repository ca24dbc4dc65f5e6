# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who reaches whom in the lab: packets walked through the forwarding rules of every router on their way."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import pytest
from packet_walk import Packet, accepted_input, verdict

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register

PC, OTHER_PC = "10.20.0.123", "10.20.1.123"
SIMPUS, PORTAL = "10.10.0.11", "10.10.0.12"
RESOLVER, OPD_LOOPBACK, OPD_TRANSIT = "10.255.0.1", "10.255.0.3", "10.254.0.6"
WEB, TIME = "198.51.100.10", "198.51.100.123"

# Place -> the routers a packet passes on its way outwards, as (router, entered by, left by).
OFFICE_TO_INTERNET = [("rt-dinkes", "eth2", "eth1"), ("core1", "vlan101", "vlan100"), ("br1", "bond1", "eth1")]
OFFICE_TO_CORE = [("rt-dinkes", "eth2", "eth1"), ("core1", "vlan101", "vlan10")]
OFFICE_TO_OFFICE = [("rt-dinkes", "eth2", "eth1"), ("core1", "vlan101", "vlan102"), ("rt-disdik", "eth1", "eth2")]
SERVER_TO_INTERNET = [("core1", "vlan10", "vlan100"), ("br1", "bond1", "eth1")]


@pytest.fixture(scope="session")
def intents(lab: Register, lab_allocations: Allocations) -> dict[str, dict[str, Any]]:
    found = hosts(lab, lab_allocations, PurePath("/government"))
    return {host.name: dict(host.variables["terpusat_intent"]) for host in found.hosts}


def passes(intents: dict[str, dict[str, Any]], way: list[tuple[str, str, str]], packet: Packet) -> bool:
    return all(verdict(intents[router], packet, entered, leaves) == "accept" for router, entered, leaves in way)


@pytest.mark.parametrize(
    ("way", "packet"),
    [
        (OFFICE_TO_INTERNET, Packet(PC, WEB, "tcp", 443)),
        (OFFICE_TO_INTERNET, Packet(PC, WEB, "icmp")),
        (OFFICE_TO_INTERNET, Packet(PC, WEB, "udp", 3478)),
        (OFFICE_TO_CORE, Packet(PC, SIMPUS, "tcp", 80)),
        (OFFICE_TO_CORE, Packet(PC, PORTAL, "tcp", 80)),
        (SERVER_TO_INTERNET, Packet(SIMPUS, TIME, "udp", 123)),
        ([("core1", "vlan10", "vlan100")], Packet(SIMPUS, RESOLVER, "udp", 53)),
        ([("core1", "vlan10", "vlan100")], Packet(SIMPUS, RESOLVER, "tcp", 53)),
        ([("core1", "vlan101", "vlan100")], Packet(OPD_LOOPBACK, RESOLVER, "udp", 53)),
        ([("core1", "vlan101", "vlan100")], Packet(OPD_TRANSIT, RESOLVER, "udp", 53)),
        ([("core1", "vlan101", "vlan100"), ("br1", "bond1", "eth1")], Packet(OPD_LOOPBACK, TIME, "udp", 123)),
        ([("core1", "vlan101", "vlan100")], Packet(OPD_LOOPBACK, RESOLVER, "icmp")),
    ],
)
def test_what_must_pass(intents: dict[str, dict[str, Any]], way: list[tuple[str, str, str]], packet: Packet) -> None:
    assert passes(intents, way, packet)


@pytest.mark.parametrize(
    "packet",
    [
        Packet(PC, OTHER_PC, "icmp"),
        Packet(PC, OTHER_PC, "tcp", 445),
        Packet(PC, "10.20.1.1", "icmp"),
    ],
)
def test_offices_never_reach_each_other(intents: dict[str, dict[str, Any]], packet: Packet) -> None:
    """Every single router on the way says no, so one that is misconfigured opens nothing."""
    for router, entered, leaves in OFFICE_TO_OFFICE:
        assert verdict(intents[router], packet, entered, leaves) == "drop"


@pytest.mark.parametrize(
    ("router", "entered", "leaves", "packet"),
    [
        # Management addresses: through the management port of the own router, or over the core.
        ("rt-dinkes", "eth2", "eth0", Packet(PC, "10.99.0.12", "tcp", 22)),
        ("rt-dinkes", "eth2", "eth1", Packet(PC, "10.99.0.12", "tcp", 22)),
        ("core1", "vlan101", "eth0", Packet(PC, "10.99.0.31", "tcp", 22)),
        ("core1", "vlan101", "vlan100", Packet(PC, "10.99.0.11", "tcp", 22)),
        # Addresses of devices.
        ("rt-dinkes", "eth2", "eth1", Packet(PC, RESOLVER, "udp", 53)),
        ("core1", "vlan101", "vlan100", Packet(PC, RESOLVER, "udp", 53)),
        ("core1", "vlan101", "vlan100", Packet(PC, "10.254.0.2", "icmp")),
        # Servers: only what is listed.
        ("core1", "vlan101", "vlan10", Packet(PC, SIMPUS, "tcp", 22)),
        ("core1", "vlan101", "vlan10", Packet(PC, SIMPUS, "icmp")),
        ("core1", "vlan101", "vlan10", Packet(PC, "10.10.0.13", "tcp", 80)),
        ("core1", "vlan10", "vlan100", Packet(SIMPUS, WEB, "tcp", 443)),
        ("br1", "bond1", "eth1", Packet(SIMPUS, WEB, "tcp", 443)),
        ("core1", "vlan10", "vlan101", Packet(SIMPUS, PC, "tcp", 445)),
        ("core1", "vlan10", "eth0", Packet(SIMPUS, "10.99.0.12", "tcp", 22)),
        # From outside, and what must not go outside.
        ("br1", "eth1", "bond1", Packet(WEB, SIMPUS, "tcp", 80)),
        ("br1", "eth1", "bond1", Packet(WEB, PC, "tcp", 80)),
        ("br1", "bond1", "eth1", Packet(PC, "10.20.9.9", "tcp", 80)),
        ("br1", "bond1", "eth1", Packet(PC, "10.99.0.31", "tcp", 22)),
        # Forged sources.
        ("rt-dinkes", "eth2", "eth1", Packet(OTHER_PC, WEB, "tcp", 443)),
        ("rt-dinkes", "eth2", "eth1", Packet("192.168.1.5", WEB, "tcp", 443)),
        ("core1", "vlan101", "vlan100", Packet("192.168.1.5", WEB, "tcp", 443)),
        ("br1", "bond1", "eth1", Packet("192.168.1.5", WEB, "tcp", 443)),
        # Nothing but answers enters an office.
        ("rt-dinkes", "eth1", "eth2", Packet(SIMPUS, PC, "tcp", 445)),
        ("rt-dinkes", "eth1", "eth2", Packet(WEB, PC, "tcp", 445)),
    ],
)
def test_what_must_never_pass(
    intents: dict[str, dict[str, Any]], router: str, entered: str, leaves: str, packet: Packet
) -> None:
    assert verdict(intents[router], packet, entered, leaves) == "drop"


def test_hosts_answer_only_those_the_service_list_names(intents: dict[str, dict[str, Any]]) -> None:
    manager = "10.99.0.1"
    for intent in intents.values():
        assert accepted_input(intent, manager, "tcp", 22)
        assert not any(accepted_input(intent, source, "tcp", 22) for source in (PC, SIMPUS, OPD_TRANSIT, WEB))
    assert accepted_input(intents["br1"], OPD_TRANSIT, "udp", 53)
    assert accepted_input(intents["br1"], OPD_LOOPBACK, "tcp", 53)
    assert not accepted_input(intents["br1"], WEB, "udp", 53)
    assert accepted_input(intents["rt-dinkes"], PC, "udp", 53)
    assert accepted_input(intents["srv1"], PC, "tcp", 80)
    assert accepted_input(intents["srv1"], PORTAL, "tcp", 80)
    assert not accepted_input(intents["srv1"], WEB, "tcp", 80)
