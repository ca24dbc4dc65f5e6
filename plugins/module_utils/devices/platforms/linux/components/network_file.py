# SPDX-License-Identifier: GPL-3.0-or-later
"""systemd.network files and ``ip -json`` output, both brought to the same short lines per interface.

up
mtu 1400
master bond1
address 10.254.0.5/30
route 0.0.0.0/0 via 203.0.113.1
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from ipaddress import IPv6Interface, ip_interface, ip_network
from typing import Any

#: rtnetlink's numbers of who installs routes that are ours; a missing protocol means a route made by hand
_BY_HAND, _BY_NETWORKD = "3", "4"
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,15}")


@dataclass(frozen=True)
class NetworkFile:
    """What of a .network file shows in the running system. ``dynamic``: addresses may come from DHCP or RA."""

    name: str
    addresses: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    mtu: int | None = None
    dynamic: bool = False
    master: str = ""

    def lines(self) -> str:
        """Canonical text."""
        return _lines(self.addresses, self.routes, self.mtu, self.master)


@dataclass
class Interface:
    """An interface as ``ip`` shows it. ``routes``: each with rtnetlink's number of who installed it.

    ``master``: the bond that it is a part of; a switch that holds it is not told, that is the switch's affair.
    """

    name: str
    up: bool
    mtu: int
    addresses: set[str] = field(default_factory=set)
    leased: set[str] = field(default_factory=set)
    routes: dict[str, str] = field(default_factory=dict)
    master: str = ""

    def lines(self, wanted: NetworkFile | None) -> str:
        """Canonical text, of what ``wanted`` speaks about; everything when there is no such file."""
        addresses = self.addresses if wanted and wanted.dynamic else self.addresses | self.leased
        mtu = self.mtu if wanted and wanted.mtu is not None else None
        return _lines(addresses, self.routes, mtu, self.master, up=self.up)


def parse_file(path: str, text: str) -> NetworkFile:
    """Parse a .network file.

    Raises:
        ValueError: with a sentence about what this project cannot compare.
    """
    sections = list(_sections(text))
    names = [value for section, items in sections if section == "Match" for key, value in items if key == "Name"]
    if len(names) != 1 or not _NAME.fullmatch(names[0]):
        raise ValueError(f"{path}: bagian [Match] harus memuat tepat satu 'Name=' dengan satu nama antarmuka")
    addresses: set[str] = set()
    routes: set[str] = set()
    mtu: int | None = None
    dynamic = False
    master = ""
    for section, items in sections:
        pairs = dict(items)
        try:
            if section in ("Network", "Address"):
                # Link-local ones are not told of what runs: most of them nobody gave.
                addresses.update(
                    _address(value) for key, value in items if key == "Address" and value and not _is_link_local6(value)
                )
            if section == "Network":
                routes.update(f"route {_default(value)} via {value}" for key, value in items if key == "Gateway")
                master = pairs.get("Bond", "")
                dynamic = pairs.get("DHCP", "no") not in ("no", "false") or pairs.get("IPv6AcceptRA") in ("yes", "true")
            if section == "Route":
                routes.add(_wanted_route(pairs))
            if section == "Link" and "MTUBytes" in pairs:
                mtu = int(pairs["MTUBytes"])
        except ValueError as error:
            raise ValueError(f"{path}: bagian [{section}]: {error}") from error
    return NetworkFile(names[0], frozenset(addresses), frozenset(routes), mtu, dynamic, master)


def netdev_name(text: str) -> str:
    """The interface that a .netdev file makes; nothing when it names none."""
    for section, items in _sections(text):
        if section == "NetDev":
            return dict(items).get("Name", "")
    return ""


def parse_ip(addresses: str, routes: Iterable[str]) -> dict[str, Interface]:
    """Parse ``ip -j address`` and any number of ``ip -N -j route`` outputs; interfaces by name."""
    found: dict[str, Interface] = {}
    for link in json.loads(addresses or "[]"):
        if "ifname" not in link:
            continue
        flags = link.get("flags", ())
        interface = Interface(link["ifname"], "UP" in flags, int(link.get("mtu", 0)))
        interface.master = str(link.get("master", "")) if "SLAVE" in flags else ""
        for entry in link.get("addr_info", ()):
            if "local" not in entry or entry.get("scope") in ("link", "host"):
                continue
            target = interface.leased if entry.get("dynamic") else interface.addresses
            target.add(_address(f"{entry['local']}/{entry['prefixlen']}"))
        found[interface.name] = interface
    for output in routes:
        for route in json.loads(output or "[]"):
            protocol = str(route.get("protocol", _BY_HAND))
            if protocol in (_BY_HAND, _BY_NETWORKD) and route.get("dev") in found:
                found[route["dev"]].routes[_shown_route(route)] = protocol
    return found


def _sections(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    name, items = "", list[tuple[str, str]]()
    for raw in text.splitlines():
        line = raw.strip()
        if not line or line.startswith(("#", ";")):
            continue
        if line.startswith("[") and line.endswith("]"):
            if name:
                yield name, items
            name, items = line[1:-1], []
        else:
            key, _, value = line.partition("=")
            items.append((key.strip(), value.strip()))
    if name:
        yield name, items


def _address(value: str) -> str:
    return str(ip_interface(value))


def _is_link_local6(value: str) -> bool:
    return isinstance(found := ip_interface(value), IPv6Interface) and found.is_link_local


def _default(gateway: str) -> str:
    return "::/0" if ":" in gateway else "0.0.0.0/0"


def _wanted_route(pairs: dict[str, str]) -> str:
    gateway = pairs.get("Gateway", "")
    destination = pairs.get("Destination") or _default(gateway)
    return _route(destination, gateway, pairs.get("Metric"))


def _shown_route(route: dict[str, Any]) -> str:
    gateway = str(route.get("gateway", ""))
    destination = str(route["dst"])
    if destination == "default":
        destination = _default(gateway)
    metric = route.get("metric")
    # The kernel gives every IPv6 route metric 1024 when nobody names one.
    default = ":" in destination and metric == 1024
    return _route(destination, gateway, None if metric is None or default else str(metric))


def _route(destination: str, gateway: str, metric: str | None) -> str:
    words = ["route", str(ip_network(destination))]
    words += ["via", gateway] if gateway else []
    words += ["metric", metric] if metric and metric != "0" else []
    return " ".join(words)


def _lines(addresses: Iterable[str], routes: Iterable[str], mtu: int | None, master: str, *, up: bool = True) -> str:
    lines = ["up" if up else "down"]
    lines += [f"mtu {mtu}"] if mtu is not None else []
    lines += [f"master {master}"] if master else []
    lines += [f"address {address}" for address in sorted(addresses)]
    lines += sorted(routes)
    return "".join(f"{line}\n" for line in lines)
