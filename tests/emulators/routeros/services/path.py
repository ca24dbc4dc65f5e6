# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the management station still gets through: interface, address, firewall, service."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..store.item import Item

if TYPE_CHECKING:
    from ..device import Device

_MATCHERS = {
    "protocol", "dst-port", "src-address", "dst-address", "src-address-list", "dst-address-list", "in-interface",
    "in-interface-list", "connection-state",
}  # fmt: skip
# What never decides whether a packet matches.
_SAYINGS = {
    "action", "chain", "comment", "disabled", "log", "log-prefix", "jump-target", "reject-with", "address-list",
    "address-list-timeout", "limit", "dst-limit", "connection-limit",
}  # fmt: skip


@dataclass(frozen=True)
class Packet:
    """A packet of an SSH connection to the device; `state`: new or established."""

    interface: str
    source: str
    target: str
    state: str


def open_for(device: Device, interface: str, address: str, source: str, state: str) -> bool:
    """`interface`: the port the station's cable is in, by its factory name. An empty argument is not looked at."""
    port = next(
        (i for i in device.store.items(("interface", "ethernet")) if i.facts["default-name"] == interface), None
    )
    if interface and (port is None or port.disabled):
        return False
    entered = _entered(device, port) if port is not None else ""
    if address and not _holds(device, entered, address):
        return False
    if not source:
        return True
    packet = Packet(entered, source, address, state)
    return (
        _service(device, packet)
        and _passes(device, ("ip", "firewall", "raw"), "prerouting", packet)
        and _passes(device, ("ip", "firewall", "filter"), "input", packet)
    )


def _entered(device: Device, port: Item) -> str:
    """The interface where the IP packet comes in: the port's bridge, if it is in one."""
    name = port.name() or ""
    for member in device.store.items(("interface", "bridge", "port")):
        if member.values.get("interface") == name and not member.disabled:
            return member.values["bridge"]
    return name


def _holds(device: Device, interface: str, address: str) -> bool:
    for item in device.store.items(("ip", "address")):
        if item.values["address"].partition("/")[0] == address and not item.disabled:
            return not interface or item.values["interface"] == interface
    return False


def _service(device: Device, packet: Packet) -> bool:
    if packet.state != "new":
        return True
    ssh = next(item for item in device.store.items(("ip", "service")) if item.facts["name"] == "ssh")
    # `!address` leaves a mark (nothing at all) where a value was.
    allowed = [part for part in ssh.values.get("address", "").split(",") if part.strip("\0")]
    return not ssh.disabled and (not allowed or any(_inside(packet.source, part) for part in allowed))


def _passes(device: Device, path: tuple[str, ...], chain: str, packet: Packet) -> bool:
    verdict = _walk(device, path, chain, packet, 0)
    return verdict is not False


def _walk(device: Device, path: tuple[str, ...], chain: str, packet: Packet, depth: int) -> bool | None:
    """True: accepted; False: dropped; None: the chain has no say."""
    for rule in device.store.items(path):
        if rule.disabled or rule.values.get("chain") != chain or not _matches(device, rule, packet):
            continue
        match rule.values.get("action", "accept"):
            case "accept" | "fasttrack-connection":
                return True
            case "drop" | "reject" | "tarpit":
                return False
            case "return":
                return None
            case "jump" if depth < 20:
                verdict = _walk(device, path, rule.values.get("jump-target", ""), packet, depth + 1)
                if verdict is not None:
                    return verdict
    return None


def _matches(device: Device, rule: Item, packet: Packet) -> bool:
    for name, value in rule.values.items():
        if name in _SAYINGS:
            continue
        if name not in _MATCHERS:
            return False
        negated, wanted = value.startswith("!"), value.removeprefix("!")
        if _fits(device, name, wanted, packet) is negated:
            return False
    return True


def _fits(device: Device, name: str, wanted: str, packet: Packet) -> bool:
    match name:
        case "protocol":
            return wanted == "tcp"
        case "dst-port":
            return any(
                int(low) <= 22 <= int(high or low) for low, _, high in (p.partition("-") for p in wanted.split(","))
            )
        case "connection-state":
            return packet.state in wanted.split(",")
        case "src-address":
            return _inside(packet.source, wanted)
        case "dst-address":
            return _inside(packet.target, wanted)
        case "src-address-list":
            return _listed(device, wanted, packet.source)
        case "dst-address-list":
            return _listed(device, wanted, packet.target)
        case "in-interface":
            return wanted == packet.interface or wanted == "all-ethernet"
    members = device.store.items(("interface", "list", "member"))
    return wanted == "all" or any(
        m.values["list"] == wanted and m.values["interface"] == packet.interface and not m.disabled for m in members
    )


def _listed(device: Device, name: str, address: str) -> bool:
    entries = device.store.items(("ip", "firewall", "address-list"))
    return any(e.values["list"] == name and not e.disabled and _inside(address, e.values["address"]) for e in entries)


def _inside(address: str, wanted: str) -> bool:
    first, dash, last = wanted.partition("-")
    try:
        if dash:
            return ipaddress.ip_address(first) <= ipaddress.ip_address(address) <= ipaddress.ip_address(last)  # type: ignore[operator]
        return ipaddress.ip_address(address) in ipaddress.ip_network(wanted, strict=False)
    except ValueError:
        return False
