# SPDX-License-Identifier: GPL-3.0-or-later
"""Comments that exports put before an item that cannot work; they come and go with the rest of the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..schema.menu import Menu
from ..store.item import Item

if TYPE_CHECKING:
    from ..device import Device


def remark(device: Device, menu: Menu, item: Item) -> str | None:
    """The sentence without `# `; None: nothing is wrong with the item."""
    if item.disabled:
        return None
    if menu.path[:2] == ("ip", "firewall"):
        for name in ("in-interface", "out-interface"):
            port = item.values.get(name, "").removeprefix("!")
            master = master_of(device, port) if port else None
            if master is not None:
                return (
                    f"in/out-interface matcher not possible when interface ({port}) is slave - "
                    f"use master instead ({master})"
                )
    interface = item.values.get("interface", "")
    if menu.path == ("ip", "dhcp-server") and master_of(device, interface):
        return "DHCP server can not run on slave interface!"
    if menu.path == ("ip", "dhcp-client") and master_of(device, interface):
        return "DHCP client can not run on slave or passthrough interface!"
    return None


def master_of(device: Device, interface: str) -> str | None:
    """The bridge that an interface is a port of."""
    for port in device.store.items(("interface", "bridge", "port")):
        if port.values.get("interface") == interface and not port.disabled:
            return port.values["bridge"]
    return None
