# SPDX-License-Identifier: GPL-3.0-or-later
"""What the device can reach and look up: from its routes, and from what the personality says of the rest."""

from __future__ import annotations

import ipaddress

from ...core.device import Device as CoreDevice
from ..store.config import Config
from ..store.item import Item


class World(CoreDevice):
    store: Config

    def resolve(self, name: str) -> str | None:
        """An address, or what DNS says of a name; None: nothing."""
        try:
            return str(ipaddress.ip_address(name))
        except ValueError:
            pass
        for item in self.store.items(("ip", "dns", "static")):
            if item.values.get("name") == name and "address" in item.values and not item.disabled:
                return item.values["address"]
        if not self.dns_configured():
            return None
        found = self.personality.flags.get("hosts", {}).get(name)
        return None if found is None else str(found)

    def dns_configured(self) -> bool:
        return bool(self.store.value(("ip", "dns"), "servers"))

    def answers_from(self, address: str) -> bool:
        """Own networks, and where the best route leads over a gateway in one of them; `unreachable` networks never."""
        target = ipaddress.ip_address(address)
        gone = self.personality.flags.get("unreachable", [])
        if any(target in ipaddress.ip_network(text) for text in gone):
            return False
        own = [ipaddress.ip_interface(item.values["address"]) for item in self._enabled("address")]
        if any(target in interface.network for interface in own):
            return True
        fitting = [(network, route) for network, route in self._routes_to() if target in network]
        if not fitting:
            return False
        _, best = max(fitting, key=lambda pair: pair[0].prefixlen)
        if "blackhole" in best.values or best.values.get("type", "unicast") != "unicast":
            return False
        gateway = best.values.get("gateway", "").partition(",")[0].partition("%")[0]
        try:
            next_hop = ipaddress.ip_address(gateway)
        except ValueError:
            # An interface: whoever is behind it answers.
            return bool(gateway)
        return any(next_hop in interface.network for interface in own)

    def _routes_to(self) -> list[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, Item]]:
        return [
            (ipaddress.ip_network(route.values.get("dst-address", "0.0.0.0/0")), route)
            for route in self._enabled("route")
        ]

    def _enabled(self, menu: str) -> list[Item]:
        return [item for item in self.store.items(("ip", menu)) if not item.disabled]
