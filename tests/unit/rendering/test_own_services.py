# SPDX-License-Identifier: GPL-3.0-or-later
"""Routers of every platform before DNS and time servers of our own: what passes, and what offices are told."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path
from typing import Any

import ios_filter
import pytest
import routeros_filter
from packets import Packet, own_addresses, verdict
from variants import VARIANTS, folder, planned_in, rendered, text_of

DNS = "dns: {servers: [srv1, srv2], records: [{name: '*', type: A, value: 10.0.0.1}]}"
OWN = f"  own_time_servers: [srv1, srv2]\n  {DNS}\n"
SRV1, LATER, STRANGER = "10.10.0.11", "10.10.0.99", "192.0.2.77"


@functools.cache
def served(variant: str) -> dict[str, dict[str, Any]]:
    root = shutil.copytree(folder(variant), Path(tempfile.mkdtemp(prefix="terpusat-uji-")) / "pemda")
    register = root / "register" / "government.yml"
    register.write_text(register.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    return planned_in(root)


def filters(variant: str, host: dict[str, Any]) -> Any:
    text = text_of(host)
    if variant.startswith("ios"):
        return ios_filter.Filter(text, own_addresses(host["terpusat_intent"]))
    return routeros_filter.Filter(text)


@pytest.mark.parametrize("variant", VARIANTS)
def test_strangers_reach_the_zone_and_resolvers_reach_the_providers(variant: str) -> None:
    host = served(variant)["br1"]
    intent = host["terpusat_intent"]
    uses = {interface["use"]: interface["name"] for interface in reversed(intent["interfaces"])}
    door, core = uses["uplink"], uses["link"]
    provider = intent["dns"]["forwarders"][0]
    wanted = {
        Packet(door, core, STRANGER, SRV1, "udp", 53, 40000): True,
        Packet(door, core, STRANGER, SRV1, "tcp", 53, 40000): True,
        Packet(door, core, STRANGER, SRV1, "tcp", 22, 40000): False,
        Packet(door, core, STRANGER, SRV1, "udp", 123, 40000): False,
        Packet(door, core, STRANGER, LATER, "udp", 53, 40000): False,
        Packet(door, core, "10.20.0.5", SRV1, "udp", 53, 40000): False,
        Packet(core, door, SRV1, provider, "udp", 53, 40000): True,
        Packet(core, door, LATER, provider, "udp", 53, 40000): False,
        Packet(core, door, SRV1, "198.51.100.123", "udp", 123, 123): True,
        Packet(core, door, LATER, "198.51.100.123", "udp", 123, 123): False,
    }
    found = filters(variant, host)
    assert {packet: verdict(intent, packet) for packet in wanted} == wanted
    assert {packet: found.verdict(packet) for packet in wanted} == wanted


@pytest.mark.parametrize("variant", VARIANTS)
def test_offices_are_told_our_time_servers_and_ask_our_resolvers(variant: str) -> None:
    host = served(variant)["rt-dinkes"]
    added = set(text_of(host).splitlines()) - set(rendered(variant)["rt-dinkes"].splitlines())
    if variant.startswith("ios"):
        assert " option 42 ip 10.10.0.11 10.10.0.12" in added
    else:
        assert any("ntp-server=10.10.0.11,10.10.0.12" in line for line in added)
    assert host["terpusat_intent"]["dns"]["forwarders"][:2] == ["10.10.0.11", "10.10.0.12"]
    assert host["terpusat_intent"]["time"]["servers"] == ["10.10.0.11", "10.10.0.12"]
