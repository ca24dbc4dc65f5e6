# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines that are judged by addresses beyond them, for systems that ping by their routing table.

Such a system can ask an address through one line only: a host route pins it there. So an address that several lines
would like to be judged by belongs to the first of them (a resolver to the line it must be asked by), and a line left
without any is judged by its gateway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict


class Pin(TypedDict):
    """``address`` is reached by ``via`` on ``interface`` and no other way."""

    address: str
    via: str
    interface: str
    circuit: str


class Line(TypedDict):
    """A route of the intent; ``track``: the addresses that judge it here, empty when it always holds.

    ``bgp``: its session judges it, and brings it as well.
    """

    to: str
    via: str | None
    interface: str
    distance: int
    track: list[str]
    circuit: str
    bgp: bool


class PinnedRoutes(TypedDict):
    pins: list[Pin]
    lines: list[Line]


def pinned_routes(routes: Sequence[Mapping[str, Any]], via: Mapping[str, str] | None = None) -> PinnedRoutes:
    """``via``: address -> interface by which it has to be asked, as in ``terpusat_intent.dns.via``."""
    gateways = {str(route["interface"]): route for route in reversed(routes) if route["via"]}
    holders = {address: interface for address, interface in (via or {}).items() if interface in gateways}
    lines: list[Line] = []
    for route in routes:
        asked = [] if route.get("bgp") else route["track"]
        own = [str(address) for address in asked if _takes(holders, route, str(address))]
        if asked and not own and route["via"]:
            own = [str(route["via"])]
        lines.append(
            {
                "to": str(route["to"]),
                "via": route["via"],
                "interface": str(route["interface"]),
                "distance": int(route["distance"]),
                "track": own,
                "circuit": str(route["circuit"]),
                "bgp": bool(route.get("bgp")),
            }
        )
    pins: list[Pin] = [
        {
            "address": address,
            "via": str(gateways[interface]["via"]),
            "interface": interface,
            "circuit": str(gateways[interface]["circuit"]),
        }
        for address, interface in sorted(holders.items())
        if address != gateways[interface]["via"]
    ]
    return {"pins": pins, "lines": lines}


def _takes(holders: dict[str, str], route: Mapping[str, Any], address: str) -> bool:
    """Whether the line judged by this route has the address; it takes one that nobody has. Without a gateway, none."""
    if not route["via"]:
        return False
    interface = str(route["interface"])
    return holders.setdefault(address, interface) == interface
