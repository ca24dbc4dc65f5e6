# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may send through whom: the forwarding rules of the three kinds of network device.

First match decides and what nothing matches is dropped, so every list begins with what must never pass and goes on with
what may. What an office may ask of the data centre is decided at the core switch, where all offices meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypedDict

from ..network import Network, Office
from ..services import services
from ..shapes import ForwardRule
from ..zones import DATA_CENTRE, INTERNET, LOOPBACK, MANAGEMENT, OFFICES, TRANSIT, internal, zones
from .common import border_loopbacks

NTP_PORT = 123
DNS_PORT = 53


class Match(TypedDict, total=False):
    """What a rule matches; a key that is left out matches everything."""

    in_interfaces: list[str]
    out_interfaces: list[str]
    sources: list[str]
    destinations: list[str]
    protocol: str
    ports: list[int]


def of_border(network: Network, inside: list[str], uplink: str) -> list[ForwardRule]:
    """``inside``: interfaces towards the core switch; ``uplink``: the interface towards the provider."""
    offices = zones(network)[OFFICES]
    # A subnet whose router is down falls to the default route; without the first rule it would go to the provider.
    leak: Match = {"out_interfaces": [uplink], "destinations": internal(network)}
    browse: Match = {"in_interfaces": inside, "out_interfaces": [uplink], "sources": offices}
    return _possible(
        [
            _drop("internal-leak", INTERNET, INTERNET, leak),
            _accept("offices-internet", OFFICES, INTERNET, browse),
            *_time(network, {"in_interfaces": inside, "out_interfaces": [uplink]}),
        ]
    )


def of_core(network: Network, borders: list[str], offices: list[str], data_centre: str) -> list[ForwardRule]:
    """``borders``, ``offices``: interfaces towards border and OPD routers; ``data_centre``: that of the servers."""
    areas = zones(network)
    pools = network.register.government.address_pools
    devices = areas[TRANSIT] + areas[LOOPBACK]
    lans = areas[OFFICES]
    resolvers = [f"{address}/32" for address in border_loopbacks(network)]
    from_devices: Match = {"in_interfaces": offices, "sources": devices}
    from_servers: Match = {"in_interfaces": [data_centre], "sources": areas[DATA_CENTRE]}
    to_resolvers: Match = {"out_interfaces": borders, "destinations": resolvers, "ports": [DNS_PORT]}
    return _possible(
        [
            _drop("offices-offices", OFFICES, OFFICES, {"sources": lans, "destinations": [str(pools.office_lan)]}),
            _drop(
                "offices-management", OFFICES, MANAGEMENT, {"sources": lans, "destinations": [str(pools.management)]}
            ),
            _drop("offices-devices", OFFICES, LOOPBACK, {"sources": lans, "destinations": devices}),
            *_to_data_centre(network, {"in_interfaces": offices, "out_interfaces": [data_centre], "sources": lans}),
            _accept(
                "offices-internet",
                OFFICES,
                INTERNET,
                {"in_interfaces": offices, "out_interfaces": borders, "sources": lans},
            ),
            *(
                _accept(f"{name}-dns-{protocol}", zone, LOOPBACK, {**source, **to_resolvers, "protocol": protocol})
                for protocol in ("udp", "tcp")
                for name, zone, source in (
                    ("devices", TRANSIT, from_devices),
                    ("data-centre", DATA_CENTRE, from_servers),
                )
            ),
            *_time(network, {"in_interfaces": [data_centre, *offices], "out_interfaces": borders}),
            # Lets a technician on one device ping another one behind the core switch.
            _accept(
                "devices-ping", LOOPBACK, LOOPBACK, {"sources": devices, "destinations": devices, "protocol": "icmp"}
            ),
        ]
    )


def of_opd_router(network: Network, office: Office, links: list[str]) -> list[ForwardRule]:
    """``links``: interfaces towards the core switch. Nothing is accepted towards the LAN: only answers get in."""
    areas = zones(network)
    pools = network.register.government.address_pools
    lan: Match = {"in_interfaces": [office.lan_port.name], "sources": [str(office.lan)]}
    out: Match = {**lan, "out_interfaces": links}
    return _possible(
        [
            _drop("office-offices", OFFICES, OFFICES, {**lan, "destinations": [str(pools.office_lan)]}),
            _drop("office-management", OFFICES, MANAGEMENT, {**lan, "destinations": [str(pools.management)]}),
            _drop("office-devices", OFFICES, LOOPBACK, {**lan, "destinations": areas[TRANSIT] + areas[LOOPBACK]}),
            _accept("office-data-centre", OFFICES, DATA_CENTRE, {**out, "destinations": areas[DATA_CENTRE]}),
            _accept("office-internet", OFFICES, INTERNET, out),
        ]
    )


def _to_data_centre(network: Network, way: Match) -> Iterator[tuple[ForwardRule, Match]]:
    addresses = {planned.server.name: planned.address for planned in network.servers}
    for service in services(network):
        if service["host"] in addresses and OFFICES in service["from"]:
            destination: Match = {
                "destinations": [f"{addresses[service['host']]}/32"],
                "protocol": service["protocol"],
                "ports": [service["port"]],
            }
            yield _accept(f"offices-{service['name']}", OFFICES, DATA_CENTRE, {**way, **destination})


def _time(network: Network, way: Match) -> Iterator[tuple[ForwardRule, Match]]:
    """Servers and devices reach the time servers and nothing else outside."""
    areas = zones(network)
    destination: Match = {
        "destinations": [f"{server}/32" for server in network.register.government.time_servers],
        "protocol": "udp",
        "ports": [NTP_PORT],
    }
    yield _accept("data-centre-time", DATA_CENTRE, INTERNET, {**way, **destination, "sources": areas[DATA_CENTRE]})
    own = areas[TRANSIT] + areas[LOOPBACK]
    yield _accept("devices-time", LOOPBACK, INTERNET, {**way, **destination, "sources": own})


def _possible(candidates: Iterable[tuple[ForwardRule, Match]]) -> list[ForwardRule]:
    """Leave out rules with a condition nothing can meet (no office yet, no border yet).

    Their list is empty, and an empty list in a rule means the opposite: everything.
    """
    return [rule for rule, match in candidates if all(match.values())]


def _accept(name: str, from_zone: str, to_zone: str, match: Match) -> tuple[ForwardRule, Match]:
    return _rule(name, "accept", from_zone, to_zone, match)


def _drop(name: str, from_zone: str, to_zone: str, match: Match) -> tuple[ForwardRule, Match]:
    return _rule(name, "drop", from_zone, to_zone, match)


def _rule(name: str, action: str, from_zone: str, to_zone: str, match: Match) -> tuple[ForwardRule, Match]:
    rule: ForwardRule = {
        "name": name,
        "action": action,
        "from_zone": from_zone,
        "to_zone": to_zone,
        "in_interfaces": match.get("in_interfaces", []),
        "out_interfaces": match.get("out_interfaces", []),
        "sources": match.get("sources", []),
        "destinations": match.get("destinations", []),
        "protocol": match.get("protocol"),
        "ports": match.get("ports", []),
    }
    return rule, match
