# SPDX-License-Identifier: GPL-3.0-or-later
"""A packet, and what docs/architecture.md ("What every firewall does with the intent") says becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Interface, ip_address, ip_network
from typing import Any

from hypothesis import strategies as st


@dataclass(frozen=True)
class Packet:
    """``leaves`` is empty for a packet to the device itself. ``protocol`` icmp means an echo request."""

    entered: str
    leaves: str
    source: str
    destination: str
    protocol: str
    port: int
    source_port: int
    state: str = "new"


def inside(address: str, networks: Iterable[str]) -> bool:
    return any(ip_address(address) in ip_network(network, strict=False) for network in networks)


def own_addresses(intent: dict[str, Any]) -> list[str]:
    """Addresses of the device itself."""
    found = [str(IPv4Interface(a).ip) for interface in intent["interfaces"] for a in interface["addresses"]]
    return [intent["management"]["address"], intent["loopback"], *found]


def verdict(intent: dict[str, Any], packet: Packet) -> bool:
    """Whether the packet gets through, or in."""
    if _spoofed(intent, packet) or packet.state == "invalid":
        return False
    return _passes(intent, packet) if packet.leaves else _enters(intent, packet)


def _spoofed(intent: dict[str, Any], packet: Packet) -> bool:
    management = intent["management"]
    if packet.entered != management["interface"] and packet.destination == management["address"]:
        return True
    if is_dhcp(intent, packet) and packet.source == "0.0.0.0":
        return False
    for interface in intent["interfaces"]:
        if interface["use"] in ("link", "uplink"):
            if interface["use"] == "uplink" and packet.entered == interface["name"]:
                zones = [network for networks in intent["zones"].values() for network in networks]
                if inside(packet.source, zones):
                    return True
            continue
        near = inside(packet.source, interface["addresses"])
        if near != (packet.entered == interface["name"]):
            return True
    return False


def is_dhcp(intent: dict[str, Any], packet: Packet) -> bool:
    asked = (packet.protocol, packet.source_port, packet.port) == ("udp", 68, 67)
    return asked and any(item["interface"] == packet.entered for item in intent.get("dhcp", []))


def _enters(intent: dict[str, Any], packet: Packet) -> bool:
    if packet.state == "established":
        return True
    if packet.source == packet.destination == "127.0.0.1":
        return True
    management = intent["management"]
    if packet.entered == management["interface"]:
        return inside(packet.source, management["sources"]) and _offered(intent, packet, "management")
    if is_dhcp(intent, packet):
        return True
    adjacent = [item["name"] for item in intent["ospf"]["interfaces"] if not item["passive"]]
    if packet.protocol == "ospf":
        return packet.entered in adjacent and inside(packet.source, intent["zones"]["transit"])
    return any(
        _by_door(intent, packet, zone) and _offered(intent, packet, zone) for zone in [*intent["zones"], "internet"]
        if zone != "management"
    )  # fmt: skip


def _offered(intent: dict[str, Any], packet: Packet, zone: str) -> bool:
    if packet.protocol == "icmp":
        return zone in intent["firewall"]["icmp_echo_from"]
    return any(
        zone in service["from"] and (service["protocol"], service["port"]) == (packet.protocol, packet.port)
        for service in intent["firewall"]["services"]
    )


def _by_door(intent: dict[str, Any], packet: Packet, zone: str) -> bool:
    """A zone comes by its own interface to that interface's address, or over the links to our loopback (pings: also to
    our addresses on the links)."""
    uses = {interface["name"]: interface["use"] for interface in intent["interfaces"]}
    if zone == "internet":
        return uses.get(packet.entered) == "uplink"
    own_use = {"offices": "lan", "data_centre": "data_centre"}.get(zone, zone)
    near = [interface for interface in intent["interfaces"] if interface["use"] == own_use]
    if near:
        return any(
            packet.entered == interface["name"]
            and any(IPv4Interface(a).ip == ip_address(packet.destination) for a in interface["addresses"])
            for interface in near
        )
    links = [interface for interface in intent["interfaces"] if interface["use"] == "link"]
    reached = {intent["loopback"]}
    if packet.protocol == "icmp":
        reached |= {str(IPv4Interface(a).ip) for link in links for a in link["addresses"]}
    return (
        packet.entered in {link["name"] for link in links}
        and inside(packet.source, intent["zones"][zone])
        and packet.destination in reached
    )


def _passes(intent: dict[str, Any], packet: Packet) -> bool:
    if intent["management"]["interface"] in (packet.entered, packet.leaves):
        return False
    if packet.state == "established":
        return True
    for rule in intent["firewall"]["forward"]:
        if (
            (not rule["in_interfaces"] or packet.entered in rule["in_interfaces"])
            and (not rule["out_interfaces"] or packet.leaves in rule["out_interfaces"])
            and (not rule["sources"] or inside(packet.source, rule["sources"]))
            and (not rule["destinations"] or inside(packet.destination, rule["destinations"]))
            and rule["protocol"] in (None, packet.protocol)
            and (not rule["ports"] or packet.port in rule["ports"])
        ):
            return bool(rule["action"] == "accept")
    return False


def packets(intent: dict[str, Any]) -> st.SearchStrategy[Packet]:
    """Packets that come near what the intent speaks of: its interfaces, networks, addresses and ports."""
    names = [intent["management"]["interface"], *(interface["name"] for interface in intent["interfaces"])]
    networks = {network for zone in intent["zones"].values() for network in zone}
    networks |= {n for rule in intent["firewall"]["forward"] for n in (*rule["sources"], *rule["destinations"])}
    networks |= {address for interface in intent["interfaces"] for address in interface["addresses"]}
    own = own_addresses(intent)
    ends = {str(ip_network(n, strict=False)[index]) for n in networks for index in (0, -1)}
    ends |= {str(ip_network(n, strict=False)[min(5, ip_network(n, strict=False).num_addresses - 1)]) for n in networks}
    addresses = sorted({*ends, *own, "192.0.2.7", "10.20.200.9", "0.0.0.0", "172.16.0.1", "127.0.0.1"})
    ports = {port for rule in intent["firewall"]["forward"] for port in rule["ports"]}
    ports |= {service["port"] for service in intent["firewall"]["services"]} | {67, 68, 179, 443, 50000}
    source_ports = [53, 68, 80, 123, 443, 40000]
    anywhere = st.sampled_from(addresses)
    common = {
        "entered": st.sampled_from(names), "source": anywhere, "source_port": st.sampled_from(source_ports),
        "port": st.sampled_from(sorted(ports)), "state": st.sampled_from(["new", "new", "established", "invalid"]),
    }  # fmt: skip
    through = st.builds(
        Packet, leaves=st.sampled_from(names), destination=st.sampled_from([a for a in addresses if a not in own]),
        protocol=st.sampled_from(["tcp", "udp", "icmp", "gre"]), **common,
    )  # fmt: skip
    to_us = st.builds(
        Packet, leaves=st.just(""), destination=st.sampled_from(own),
        protocol=st.sampled_from(["tcp", "udp", "icmp", "ospf", "gre"]), **common,
    )  # fmt: skip
    aimed = [packet for rule in intent["firewall"]["forward"] for packet in _at(rule, names)]
    return st.one_of(through, to_us, *([st.sampled_from(aimed)] if aimed else []))


def _at(rule: dict[str, Any], names: list[str]) -> Iterable[Packet]:
    """Packets that one rule is about, and such that miss it by one condition."""
    source = str(ip_network((rule["sources"] or ["10.20.0.0/24"])[0])[-1])
    destination = str(ip_network((rule["destinations"] or ["192.0.2.0/24"])[0])[-1])
    for entered in rule["in_interfaces"] or names:
        for leaves in rule["out_interfaces"] or names:
            for protocol in [rule["protocol"]] if rule["protocol"] else ["tcp", "udp", "gre"]:
                for port in (*rule["ports"], 81):
                    yield Packet(entered, leaves, source, destination, protocol, port, 40000)
                    yield Packet(leaves, entered, source, destination, protocol, port, 40000)
                    yield Packet(entered, leaves, destination, source, protocol, port, 40000)
