# SPDX-License-Identifier: GPL-3.0-or-later
"""The menus we manage, as data, in the order in which they depend on each other."""

from __future__ import annotations

from collections.abc import Mapping

from . import (
    access,
    firewall,
    ip,
    ipsec,
    ipv6,
    links,
    memberships,
    ppp_clients,
    ppp_servers,
    queue,
    routing,
    routing_v6,
    system,
    tunnels,
    wireless,
)
from .model import Menu

#: menus that others refer to, though their file comes later
_EARLY = ("/routing/table", "/ip/pool", "/queue/type", "/interface/bridge", "/interface/list", "/ppp/profile")

_FILES = (
    links,
    tunnels,
    ppp_clients,
    wireless,
    ppp_servers,
    memberships,
    ip,
    ipv6,
    ipsec,
    firewall,
    routing,
    routing_v6,
    queue,
    access,
    system,
)


def _ordered() -> dict[str, Menu]:
    menus = {menu.path: menu for file in _FILES for menu in file.MENUS}
    return {path: menus[path] for path in (*_EARLY, *(path for path in menus if path not in _EARLY))}


TABLE: Mapping[str, Menu] = _ordered()
RANK: Mapping[str, int] = {path: rank for rank, path in enumerate(TABLE)}
#: what entries have that the device makes itself, where it differs from one to the next
ENTRY_DEFAULTS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "/ip/service": {
        # www-ssl is the one that leaves the factory shut.
        name: {"port": port, **({"disabled": "yes"} if name == "www-ssl" else {})}
        for name, port in {
            "ftp": "21", "ssh": "22", "telnet": "23", "www": "80", "www-ssl": "443",
            "api": "8728", "api-ssl": "8729", "winbox": "8291",
        }.items()
    },
}  # fmt: skip
