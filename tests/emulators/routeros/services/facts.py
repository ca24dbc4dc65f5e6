# SPDX-License-Identifier: GPL-3.0-or-later
"""Properties that follow from others: next runs of jobs, public keys, types of interfaces."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ..schema.menu import Menu
from ..store import factory
from ..store.item import Item

if TYPE_CHECKING:
    from ..device import Device


def computed(device: Device, menu: Menu, item: Item, name: str) -> str | None:
    """None: nothing is computed; the stored value counts."""
    path = menu.path
    if menu.interface:
        return _interface(device, menu, item, name)
    if path == ("system", "scheduler") and name == "next-run":
        moment = device.scheduler.next_run(item)
        return (
            None
            if moment is None
            else moment.strftime("%Y-%m-%d %H:%M:%S" if device.version.iso_dates else "%b/%d/%Y %H:%M:%S").lower()
        )
    if path == ("system", "clock") and name in ("date", "time"):
        now = device.local_time()
        if name == "time":
            return now.strftime("%H:%M:%S")
        return now.strftime("%Y-%m-%d" if device.version.iso_dates else "%b/%d/%Y").lower()
    if path == ("ip", "address"):
        if name == "actual-interface":
            return item.values.get("interface")
        if name == "invalid":
            return "yes" if item.values.get("interface", "").startswith("*") else "no"
    if path == ("ip", "route") and name == "active" and item.values.get("distance") != "0":
        return "yes" if item in _active(device, item) else "no"
    return None


def _active(device: Device, item: Item) -> list[Item]:
    """Of the routes to where this one leads: those that can be gone, with the least distance."""
    where = item.values.get("dst-address", "0.0.0.0/0")
    rivals = [
        route
        for route in device.items(device.menus["ip", "route"])
        if not route.disabled and route.values.get("dst-address", "0.0.0.0/0") == where and _reachable(device, route)
    ]
    least = min((int(route.values.get("distance", "1")) for route in rivals), default=0)
    return [route for route in rivals if int(route.values.get("distance", "1")) == least]


def _reachable(device: Device, item: Item) -> bool:
    """The gateway answers, or nobody asks it and it is in a network of the device."""
    gateway = item.values.get("gateway", "").partition(",")[0].partition("%")[0]
    try:
        address = ipaddress.ip_address(gateway)
    except ValueError:
        return bool(gateway)
    near = any(
        not own.disabled and address in ipaddress.ip_interface(own.values["address"]).network
        for own in device.store.items(("ip", "address"))
    )
    if near and item.values.get("check-gateway") != "ping":
        return True
    return device.answers_from(gateway)


def _interface(device: Device, menu: Menu, item: Item, name: str) -> str | None:
    match name:
        case "type":
            return menu.interface
        case "actual-mtu":
            mtu = item.get(menu, "mtu") or "1500"
            return "1500" if mtu == "auto" else mtu
        case "running":
            return "yes" if "running" in item.marks and not item.disabled else "no"
        case "slave":
            ports = device.store.items(("interface", "bridge", "port"))
            return "yes" if any(port.values.get("interface") == item.name() for port in ports) else "no"
        case "mac-address" if "mac-address" not in item.values and menu.interface != "wg":
            return factory.mac(f"{device.personality.serial}{item.number}{menu.interface}")
        case "public-key" if menu.interface == "wg":
            return public_key(item.values.get("private-key", ""))
    return None


def public_key(private: str) -> str:
    """WireGuard's public key for a private one, base64."""
    try:
        key = X25519PrivateKey.from_private_bytes(base64.b64decode(private, validate=True))
    except ValueError:
        return ""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def hidden_software_id(seed: str) -> str:
    """`ABCD-1234`, always the same for a device."""
    alphabet = "ABCDEFGHIJKLMNPQRSTUVWXYZ0123456789"
    digest = hashlib.sha256(seed.encode()).digest()
    text = "".join(alphabet[byte % len(alphabet)] for byte in digest[:8])
    return f"{text[:4]}-{text[4:]}"
