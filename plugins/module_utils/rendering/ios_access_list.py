# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forwarding rules of an intent as entries of IOS's extended access lists.

An access list keeps no state. Where one stands alone (a switch), answers have to be let back in by what they look
like: TCP with ACK or RST set (``established``), UDP from the port that was asked, echo replies. What that cannot
tell from a new connection is said in the role's README.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address
from typing import Any

from .networks import collapse, parse

Rule = Mapping[str, Any]


def ios_networks(cidrs: Sequence[str]) -> list[str]:
    """Networks as IOS writes them in an access list; ``any`` for none. Raises ValueError."""
    return [_words(network) for network in collapse(cidrs)] or ["any"]


def ios_address(cidr: str) -> str:
    """``10.20.0.1/24`` -> ``10.20.0.1 255.255.255.0``. Raises ValueError."""
    return f"{cidr.partition('/')[0]} {parse([cidr])[0].netmask}"


def ios_excluded(ranges: Sequence[Mapping[str, Any]]) -> list[str]:
    """``first last`` of what lies below and above each DHCP range in its subnet. Raises ValueError."""
    found: list[str] = []
    for item in ranges:
        subnet = parse([item["subnet"]])[0]
        first, last = (IPv4Address(str(item[key])) for key in ("first", "last"))
        if first > subnet.network_address + 1:
            found.append(f"{subnet.network_address + 1} {first - 1}")
        if last < subnet.broadcast_address - 1:
            found.append(f"{last + 1} {subnet.broadcast_address - 1}")
    return found


def ios_entries(rule: Rule, action: str | None = None) -> list[str]:
    """Entries for what a rule says of new packets; ``action`` (permit, deny) instead of the rule's own."""
    word = action or ("permit" if rule["action"] == "accept" else "deny")
    return [
        " ".join([word, protocol, source, destination, *detail])
        for source in ios_networks(rule["sources"])
        for destination in ios_networks(rule["destinations"])
        for protocol, detail in _asking(rule)
    ]


def ios_answers(rule: Rule, own: Sequence[str]) -> list[str]:
    """Entries for the answers to what a rule accepts.

    ``own`` are all networks of the government: a rule to anywhere means outside, so its answers, as far as they cannot
    be told from new packets, come from outside only.
    """
    found: list[str] = []
    for source in ios_networks(rule["sources"]):
        if not rule["destinations"]:
            inner = ios_networks(own) if own else []
            found += [f"deny {protocol} {network} {source}" for network in inner for protocol in ("udp", "icmp")]
        for destination in ios_networks(rule["destinations"]):
            found += [_entry(protocol, destination, port, source, flag) for protocol, port, flag in _answering(rule)]
    return found


def ios_egress(forward: Sequence[Rule], interface: str, own: Sequence[str]) -> list[str]:
    """The access list for what leaves ``interface`` of a switch: rules in order, each with the answers it brings."""
    found: list[str] = []
    for rule in forward:
        if not rule["out_interfaces"] or interface in rule["out_interfaces"]:
            found += ios_entries(rule)
        if rule["action"] == "accept" and (not rule["in_interfaces"] or interface in rule["in_interfaces"]):
            found += ios_answers(rule, own)
    return list(dict.fromkeys(found))


def _words(cidr: str) -> str:
    network = parse([cidr])[0]
    if network.prefixlen == 0:
        return "any"
    if network.prefixlen == 32:
        return f"host {network.network_address}"
    return f"{network.network_address} {network.hostmask}"


def _asking(rule: Rule) -> list[tuple[str, list[str]]]:
    protocol = rule["protocol"]
    if protocol is None:
        return [("ip", [])]
    if protocol == "icmp":
        return [("icmp", ["echo"])]
    return [(protocol, ["eq", str(port)]) for port in sorted(rule["ports"])] or [(protocol, [])]


def _answering(rule: Rule) -> list[tuple[str, str, str]]:
    """Protocol, the port that answers (or nothing), and what marks an answer."""
    protocol, ports = rule["protocol"], [f" eq {port}" for port in sorted(rule["ports"])] or [""]
    found = [("tcp", port, " established") for port in ports if protocol in (None, "tcp")]
    found += [("udp", port, "") for port in ports if protocol in (None, "udp")]
    # Errors about a connection come from routers on its way, whatever its protocol is.
    kinds = [" echo-reply"] if protocol in (None, "icmp") else []
    return found + [("icmp", "", kind) for kind in (*kinds, " unreachable", " time-exceeded")]


def _entry(protocol: str, source: str, port: str, destination: str, flag: str) -> str:
    return f"permit {protocol} {source}{port} {destination}{flag}"
