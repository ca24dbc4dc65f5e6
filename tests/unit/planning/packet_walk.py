# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A packet walked through the forwarding rules of the intents, as a firewall would judge it: first match, else drop."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any


@dataclass(frozen=True)
class Packet:
    source: str
    destination: str
    protocol: str = "tcp"
    port: int = 0


def verdict(intent: dict[str, Any], packet: Packet, entered: str, leaves: str) -> str:
    for rule in intent["firewall"]["forward"]:
        if _matches(rule, packet, entered, leaves):
            return str(rule["action"])
    return "drop"


def _matches(rule: dict[str, Any], packet: Packet, entered: str, leaves: str) -> bool:
    return (
        _listed(rule["in_interfaces"], entered)
        and _listed(rule["out_interfaces"], leaves)
        and _inside(rule["sources"], packet.source)
        and _inside(rule["destinations"], packet.destination)
        and rule["protocol"] in (None, packet.protocol)
        and (not rule["ports"] or packet.port in rule["ports"])
    )


def _listed(names: list[str], name: str) -> bool:
    return not names or name in names


def _inside(networks: list[str], address: str) -> bool:
    return not networks or any(ip_address(address) in ip_network(net) for net in networks)


def accepted_input(intent: dict[str, Any], source: str, protocol: str, port: int) -> bool:
    """Whether the host itself takes a packet for one of its services."""
    zones = intent["zones"]
    return any(
        service["protocol"] == protocol
        and service["port"] == port
        and any(_inside(zones[zone], source) for zone in service["from"] if zones[zone])
        for service in intent["firewall"]["services"]
    )
