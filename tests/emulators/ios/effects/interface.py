# SPDX-License-Identifier: GPL-3.0-or-later
"""Interfaces and their addresses."""

import ipaddress

from .. import interfaces
from ..act import Act, Answer, Refused, effect
from ..grammar import BadLine
from ..tree import Entry, Section


@effect
def interface(act: Act) -> Answer:
    name = act.words[1]
    kind = interfaces.kind(name)
    known = act.config.interface(name) is not None
    if act.no:
        if kind == "physical":
            raise Refused("% Removal of physical interfaces is not permitted")
        if name == "Vlan1":
            raise Refused("% Removal of default VLAN interface is not permitted")
        if not known:
            return None
        act.remove()
        if kind in ("loopback", "tunnel", "subinterface"):
            return (
                "% Not all config may be removed and may reappear after reactivating the "
                "logical-interface/sub-interfaces"
            )
        return None
    parent = name.split(".")[0]
    exists = parent in act.config.ports or act.config.interface(parent) is not None
    wrong_box = {"svi": "router", "subinterface": "switch", "dialer": "switch"}.get(kind)
    if (kind in ("physical", "subinterface") and not exists) or wrong_box in act.config.box:
        raise BadLine("invalid", act.who.line.index(" ") + 1)
    act.store()
    return None


def _addresses(section: Section) -> list[Entry]:
    return [entry for entry in section.find("ip address") if len(entry.words) > 3 and not entry.negated]


def _network(entry: Entry | tuple[str, ...]) -> ipaddress.IPv4Network:
    words = entry if isinstance(entry, tuple) else entry.words
    return ipaddress.IPv4Network(f"{words[2]}/{words[3]}", strict=False)


def _vrf(section: Section) -> str:
    found = section.get("vrf forwarding") or section.get("ip vrf forwarding")
    return found.words[-1] if found else ""


@effect
def ip_address(act: Act) -> Answer:
    present = _addresses(act.section)
    secondary = act.words[-1] == "secondary"
    if act.no:
        return _remove_address(act, present)
    if act.words[2] in ("dhcp", "negotiated"):
        act.section.clear("ip address")
        act.store()
        return None
    address, network = ipaddress.IPv4Address(act.words[2]), _network(act.words)
    prefix = network.prefixlen
    if prefix == 0 or (prefix < 31 and address in (network.network_address, network.broadcast_address)):
        raise Refused(f"Bad mask /{prefix} for address {address}")
    if address.is_multicast or address.is_unspecified or address.packed[0] == 0:
        raise Refused("Not a valid host address - " + str(address))
    for other in act.config.interfaces():
        if other is act.section or _vrf(other) != _vrf(act.section):
            continue
        for entry in _addresses(other):
            if _network(entry).overlaps(network):
                raise Refused(f"% {network.network_address} overlaps with {other.name}")
    for entry in present:
        same = entry.words[2] == act.words[2]
        if same or (not secondary and entry.words[-1] != "secondary"):
            act.section.discard(entry)
    act.section.clear("ip address dhcp")
    act.section.add(Entry(act.match.rule, act.words, len(act.words)))
    # The primary address is printed last.
    for entry in _addresses(act.section):
        if entry.words[-1] != "secondary":
            act.section.discard(entry)
            act.section.add(Entry(entry.rule, entry.words, entry.key))
    return None


def _remove_address(act: Act, present: list[Entry]) -> Answer:
    if len(act.words) < 4:
        act.section.clear("ip address")
        return None
    found = [entry for entry in present if entry.words == act.words]
    if not found and any(entry.words[2] == act.words[2] for entry in present):
        raise Refused("% Invalid address")
    if found and found[0].words[-1] != "secondary" and len(present) > 1:
        raise Refused("Must delete secondary before deleting primary")
    for entry in found:
        act.section.discard(entry)
    return None


@effect
def no_ip_address(act: Act) -> Answer:
    """`no ip address` alone."""
    if not act.no:
        raise BadLine("incomplete", len(act.who.line))
    act.section.clear("ip address")
    return None


@effect
def vrf_forwarding(act: Act) -> Answer:
    name = act.words[-1]
    if not act.no and not act.config.root.find(f"vrf definition {name}") and not act.config.root.find(f"ip vrf {name}"):
        raise Refused(f"% VRF {name} not configured.")
    gone = _addresses(act.section)
    for entry in gone:
        act.section.discard(entry)
    act.usual()
    if not gone:
        return None
    how = "disabling" if act.no else "enabling"
    return f"% Interface {act.section.name} IPv4 disabled and address(es) removed due to {how} VRF {name}"


@effect
def access_group(act: Act) -> Answer:
    """One list in each direction."""
    if not act.no:
        for entry in act.section.find("ip access-group"):
            if entry.words[-1] == act.words[-1]:
                act.section.discard(entry)
    act.usual()
    return None
