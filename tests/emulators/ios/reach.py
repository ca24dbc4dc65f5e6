# SPDX-License-Identifier: GPL-3.0-or-later
"""What the device reaches: its own networks, its routes, and what the personality says of the world."""

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import interfaces
from .tree import Section

if TYPE_CHECKING:
    from .device import Device


def is_up(device: "Device", section: Section) -> bool:
    """Not shut down, and for ports: flags.down does not list it."""
    down = {interfaces.canonical(name) for name in device.personality.flags.get("down", [])}
    return section.get("shutdown") is None and section.name not in down


def connected(device: "Device") -> list[tuple[Section, ipaddress.IPv4Network, ipaddress.IPv4Address]]:
    """(interface, network, own address) of every interface that is up, VRFs left out."""
    found = []
    for section in device.running.interfaces():
        if not is_up(device, section) or section.find("vrf forwarding") or section.find("ip vrf forwarding"):
            continue
        for entry in section.find("ip address"):
            if len(entry.words) > 3 and not entry.negated:
                own = ipaddress.IPv4Interface(f"{entry.words[2]}/{entry.words[3]}")
                found.append((section, own.network, own.ip))
    return found


def resolve(device: "Device", host: str) -> ipaddress.IPv4Address | None:
    """An address or a name: `ip host`, or flags.names when a name server is configured."""
    try:
        return ipaddress.IPv4Address(host)
    except ValueError:
        pass
    root = device.running.root
    own = root.get(f"ip host {host}")
    if own is not None:
        return ipaddress.IPv4Address(own.words[3])
    off = any(e.negated for e in [*root.find("ip domain-lookup"), *root.find("ip domain lookup")])
    known = device.personality.flags.get("names", {}).get(host)
    return ipaddress.IPv4Address(known) if known and not off and root.find("ip name-server") else None


def reaches(device: "Device", address: ipaddress.IPv4Address) -> bool:
    """There is a way by the configuration, and the personality does not say that the other end is gone
    (flags.unreachable: networks)."""
    gone = [ipaddress.IPv4Network(text) for text in device.personality.flags.get("unreachable", [])]
    if any(address in network for network in gone):
        return False
    return _has_way(device, address, 0)


@dataclass(frozen=True)
class Default:
    """A default route that stands. `protocol`: static, or ospf (flags.learnt_default)."""

    protocol: str
    distance: int
    via: str
    interface: str


def best_default(device: "Device") -> Default | None:
    """The default route with the least distance; a tracked one stands while flags.tracks_down does not list it."""
    down = {str(number) for number in device.personality.flags.get("tracks_down", [])}
    found = []
    for entry in device.running.root.find("ip route 0.0.0.0 0.0.0.0"):
        words = list(entry.words[4:])
        track = words[words.index("track") + 1] if "track" in words else ""
        hop = next((word for word in words[:2] if word.count(".") == 3), "")
        numbers = [word for word in words[1:3] if word.isdigit()]
        near = [s.name for s, network, _ in connected(device) if hop and ipaddress.IPv4Address(hop) in network]
        if track not in down and near:
            found.append(Default("static", int(numbers[0]) if numbers else 1, hop, near[0]))
    learnt = device.personality.flags.get("learnt_default")
    if learnt:
        near = [s.name for s, network, _ in connected(device) if ipaddress.IPv4Address(learnt["via"]) in network]
        found += [Default("ospf", learnt["distance"], learnt["via"], name) for name in near[:1]]
    return min(found, key=lambda default: default.distance, default=None)


def _has_way(device: "Device", address: ipaddress.IPv4Address, depth: int) -> bool:
    if any(address in network for _, network, _ in connected(device)):
        return True
    learnt = [ipaddress.IPv4Network(text) for text in device.personality.flags.get("learnt", [])]
    if any(address in network for network in learnt):
        return True
    gateway = device.running.root.get("ip default-gateway")
    if gateway is not None and "routing" not in device.running.traits(device.running.root):
        return any(ipaddress.IPv4Address(gateway.words[2]) in network for _, network, _ in connected(device))
    if depth > 4:
        return False
    learnt_default = device.personality.flags.get("learnt_default")
    if learnt_default and _has_way(device, ipaddress.IPv4Address(learnt_default["via"]), depth + 1):
        return True
    for entry in device.running.root.find("ip route"):
        if entry.words[2] == "vrf" or address not in ipaddress.IPv4Network(f"{entry.words[2]}/{entry.words[3]}"):
            continue
        hop = next((word for word in entry.words[4:6] if word.count(".") == 3), None)
        if hop is None or _has_way(device, ipaddress.IPv4Address(hop), depth + 1):
            return True
    return False
