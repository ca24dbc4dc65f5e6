# SPDX-License-Identifier: GPL-3.0-or-later
"""What the device can reach and look up: from its routes, and from what the personality says of the rest."""

from __future__ import annotations

import ipaddress

from ...core.device import Device as CoreDevice
from ..store.config import Config
from ..store.item import Item

type Interface = ipaddress.IPv4Interface | ipaddress.IPv6Interface
#: gateways that are reached by gateways that are reached by gateways
_DEPTH = 4


def _swallows(route: Item) -> bool:
    return "blackhole" in route.values or route.values.get("type", "unicast") != "unicast"


class World(CoreDevice):
    store: Config

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        #: milliseconds that commands have waited for others
        self.lapsed_ms = 0.0

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

    def answers_from(self, address: str, depth: int = 0) -> bool:
        """Own networks, and where the best route leads over a gateway in one of them; `unreachable` networks never."""
        target = ipaddress.ip_address(address)
        gone = self.personality.flags.get("unreachable", [])
        if any(target in ipaddress.ip_network(text) for text in gone):
            return False
        own = [ipaddress.ip_interface(item.values["address"]) for item in self._enabled("address")]
        if any(target in interface.network for interface in own):
            return True
        fitting = [(network, route) for network, route in self._routes_to() if target in network]
        # The narrowest network, then the least distance; a route whose gateway is gone does not count.
        fitting.sort(key=lambda pair: (-pair[0].prefixlen, int(pair[1].values.get("distance", "1"))))
        carrying = next((route for _, route in fitting if depth < _DEPTH and self._carries(route, own, depth)), None)
        return carrying is not None and not _swallows(carrying)

    def _carries(self, route: Item, own: list[Interface], depth: int) -> bool:
        if _swallows(route):
            return True
        gateway = route.values.get("gateway", "").partition(",")[0].partition("%")[0]
        try:
            next_hop = ipaddress.ip_address(gateway)
        except ValueError:
            # An interface: whoever is behind it answers.
            return bool(gateway)
        if any(next_hop in interface.network for interface in own):
            return route.values.get("check-gateway") != "ping" or self.answers_from(gateway, depth + 1)
        # A gateway that a host route leads to.
        return any(network.prefixlen == 32 and next_hop in network for network, _ in self._routes_to()) and (
            self.answers_from(gateway, depth + 1)
        )

    def _routes_to(self) -> list[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, Item]]:
        return [
            (ipaddress.ip_network(route.values.get("dst-address", "0.0.0.0/0")), route)
            for route in [*self._enabled("route"), *self._learnt_routes()]
        ]

    def _learnt_routes(self) -> list[Item]:
        told = self.personality.flags.get("learnt_default")
        return [Item(0, {"gateway": told["gateway"], "distance": str(told["distance"])})] if told else []

    def _enabled(self, menu: str) -> list[Item]:
        return [item for item in self.store.items(("ip", menu)) if not item.disabled]
