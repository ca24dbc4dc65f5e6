# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may send through whom: the forwarding rules of border router and core switch.

First match decides and what nothing matches is dropped, so every list begins with what must never pass and goes on with
what may. What an office may ask of the data centre is decided at the core switch, where all offices meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import TypedDict

from ..access import grants
from ..network import Network
from ..own_dns import DNS_PORT, dns_servers, outside_resolvers
from ..own_time import NTP_PORT, time_servers
from ..services import services
from ..shapes import ForwardRule
from ..uplinks import DEFAULT_ROUTE
from ..zones import CCTV, DATA_CENTRE, INTERNET, LOOPBACK, MANAGEMENT, OFFICES, PUBLIC_WIFI, TRANSIT, internal, zones
from .common import border_loopbacks


class Match(TypedDict, total=False):
    """What a rule matches; a key that is left out matches everything."""

    in_interfaces: list[str]
    out_interfaces: list[str]
    sources: list[str]
    destinations: list[str]
    protocol: str
    ports: list[int]


#: A rule, and the conditions it was made from.
Candidate = tuple[ForwardRule, Match]


def of_border(network: Network, cabled: list[str], tunnels: list[str], uplinks: list[str]) -> list[ForwardRule]:
    """``cabled``: interfaces towards the core switch; ``tunnels``: to offices; ``uplinks``: to the providers."""
    offices = zones(network)[OFFICES]
    inside = [*cabled, *tunnels]
    # A subnet whose router is down falls to the default route; without the first rule it would go to the provider.
    leak: Match = {"out_interfaces": uplinks, "destinations": internal(network)}
    out: Match = {"in_interfaces": inside, "out_interfaces": uplinks}
    return possible(
        [
            drop("internal-leak", INTERNET, INTERNET, leak),
            accept("offices-internet", OFFICES, INTERNET, {**out, "sources": offices}),
            accept("wifi-internet", PUBLIC_WIFI, INTERNET, {**out, "sources": zones(network).get(PUBLIC_WIFI, [])}),
            *_time(network, {"in_interfaces": inside, "out_interfaces": uplinks}),
            *_outside_dns(network, {"in_interfaces": inside, "out_interfaces": uplinks}),
            *_from_internet(network, {"in_interfaces": uplinks, "out_interfaces": inside}),
            *_through_tunnels(network, cabled, tunnels),
        ]
    )


def _through_tunnels(network: Network, cabled: list[str], tunnels: list[str]) -> Iterator[Candidate]:
    """Between an office behind a tunnel and the rest. What passes the core switch is judged there, as for all offices;
    what does not, from one tunnel to another, by the same register here."""
    if not tunnels:
        return
    areas = zones(network)
    far = [office for office in network.offices if network.tunnels_of(office.router)]
    cameras = [str(segment.subnet) for office in far for segment in office.segments if segment.use == "cctv"]
    recorders = [
        host(address)
        for address in network.register.government.cctv_recorders
        if any(address in office.lan for office in far)
    ]
    ours = [*(str(office.lan) for office in far), *cameras, *areas[TRANSIT], *areas[LOOPBACK]]
    inwards: Match = {"in_interfaces": tunnels, "out_interfaces": cabled, "sources": ours}
    yield accept("tunnel-core", OFFICES, DATA_CENTRE, {**inwards, "destinations": internal(network)})
    outwards: Match = {"in_interfaces": cabled, "out_interfaces": tunnels, "sources": internal(network)}
    yield accept("core-tunnel", DATA_CENTRE, OFFICES, {**outwards, "destinations": ours})
    across: Match = {"in_interfaces": tunnels, "out_interfaces": tunnels}
    yield accept("cctv-recorder", CCTV, OFFICES, {**across, "sources": cameras, "destinations": recorders})
    yield accept("recorder-cctv", OFFICES, CCTV, {**across, "sources": recorders, "destinations": cameras})
    yield from office_access(network, tunnels, tunnels)


def of_core(
    network: Network, borders: list[str], offices: list[str], data_centre: str, tunnelled: list[str]
) -> list[ForwardRule]:
    """``borders``, ``offices``: interfaces towards border and OPD routers; ``data_centre``: that of the servers.

    ``tunnelled``: by which offices behind tunnels come; their way to the internet is the border's alone.
    """
    entering = [*offices, *tunnelled]
    areas = zones(network)
    pools = network.register.government.address_pools
    devices = areas[TRANSIT] + areas[LOOPBACK]
    lans = areas[OFFICES]
    resolvers = [host(address) for address in border_loopbacks(network)]
    from_devices: Match = {"in_interfaces": offices, "sources": devices}
    from_servers: Match = {"in_interfaces": [data_centre], "sources": areas[DATA_CENTRE]}
    to_resolvers: Match = {"out_interfaces": borders, "destinations": resolvers, "ports": [DNS_PORT]}
    cctv, wifi = areas.get(CCTV, []), areas.get(PUBLIC_WIFI, [])
    recorders = [host(address) for address in network.register.government.cctv_recorders]
    to_recorders = [data_centre, *entering]
    return possible(
        [
            # Cameras and recorders first: recorders fetch from cameras as well as cameras send.
            accept(
                "cctv-recorder",
                CCTV,
                DATA_CENTRE,
                {"in_interfaces": entering, "sources": cctv, "destinations": recorders},
            ),
            accept(
                "recorder-cctv",
                DATA_CENTRE,
                CCTV,
                {"in_interfaces": to_recorders, "sources": recorders, "destinations": cctv},
            ),
            drop("cctv-elsewhere", CCTV, INTERNET, {"sources": cctv}),
            drop("wifi-inside", PUBLIC_WIFI, OFFICES, {"sources": wifi, "destinations": internal(network)}),
            *office_access(network, entering, entering),
            drop("offices-offices", OFFICES, OFFICES, {"sources": lans, "destinations": [str(pools.office_lan)]}),
            drop("offices-management", OFFICES, MANAGEMENT, {"sources": lans, "destinations": [str(pools.management)]}),
            drop("offices-devices", OFFICES, LOOPBACK, {"sources": lans, "destinations": devices}),
            *_to_data_centre(network, {"in_interfaces": entering, "out_interfaces": [data_centre], "sources": lans}),
            accept(
                "offices-internet",
                OFFICES,
                INTERNET,
                {"in_interfaces": offices, "out_interfaces": borders, "sources": lans},
            ),
            accept(
                "wifi-internet",
                PUBLIC_WIFI,
                INTERNET,
                {"in_interfaces": offices, "out_interfaces": borders, "sources": wifi},
            ),
            *(
                accept(f"{name}-dns-{protocol}", zone, LOOPBACK, {**source, **to_resolvers, "protocol": protocol})
                for protocol in ("udp", "tcp")
                for name, zone, source in (
                    ("devices", TRANSIT, from_devices),
                    ("data-centre", DATA_CENTRE, from_servers),
                )
            ),
            *_time(network, {"in_interfaces": [data_centre, *offices], "out_interfaces": borders}),
            *_own_dns(network, {"in_interfaces": [*borders, *offices], "out_interfaces": [data_centre]}),
            *_outside_dns(network, {"in_interfaces": [data_centre], "out_interfaces": borders}),
            *_from_internet(network, {"in_interfaces": borders, "out_interfaces": [data_centre]}),
            *_own_time(network, {"in_interfaces": [*borders, *offices], "out_interfaces": [data_centre]}),
            # Lets a technician on one device ping another one behind the core switch.
            accept(
                "devices-ping", LOOPBACK, LOOPBACK, {"sources": devices, "destinations": devices, "protocol": "icmp"}
            ),
        ]
    )


def host(address: IPv4Address | IPv6Address | str) -> str:
    """The network of one address: 10.10.0.11/32, 2001:db8::11/128."""
    return str(ip_network(str(address)))


def office_access(network: Network, entering: list[str], leaving: list[str]) -> Iterator[Candidate]:
    """What offices may ask of each other, by the register."""
    for grant in grants(network):
        match: Match = {
            "in_interfaces": entering,
            "out_interfaces": leaving,
            "sources": [str(office.lan) for office in grant.sources],
            "destinations": [str(office.lan) for office in grant.targets],
            "protocol": grant.access.protocol,
        }
        if grant.access.ports:
            match["ports"] = list(grant.access.ports)
        yield accept(f"access-{grant.access.name}", OFFICES, OFFICES, match)


def _to_data_centre(network: Network, way: Match) -> Iterator[Candidate]:
    for name, match in _offered(network, OFFICES):
        yield accept(f"offices-{name}", OFFICES, DATA_CENTRE, {**way, **match})


def _from_internet(network: Network, way: Match) -> Iterator[Candidate]:
    """What servers offer to everybody. It reaches those that have public addresses, or whose provider translates."""
    for name, match in _offered(network, INTERNET):
        yield accept(f"internet-{name}", INTERNET, DATA_CENTRE, {**way, **match, "sources": [DEFAULT_ROUTE]})


def _offered(network: Network, zone: str) -> Iterator[tuple[str, Match]]:
    """Services of servers for a zone, each with all servers that offer it.

    A name used for several ports comes once a port, each time with another name: devices know rules by their names.
    """
    addresses = {planned.server.name: planned.address for planned in network.servers}
    offered: dict[str, dict[tuple[str, int], list[str]]] = {}
    for service in services(network):
        if service["host"] in addresses and zone in service["from"]:
            where = offered.setdefault(service["name"], {}).setdefault((service["protocol"], service["port"]), [])
            where.append(host(addresses[service["host"]]))
    for name, ports in offered.items():
        protocols = {protocol for protocol, _ in ports}
        for (protocol, port), hosts in ports.items():
            of_protocol = [protocol] if len(protocols) > 1 else []
            of_port = [str(port)] if len(ports) > len(protocols) else []
            match: Match = {"destinations": hosts, "protocol": protocol, "ports": [port]}
            yield "-".join([name, *of_protocol, *of_port]), match


def _time(network: Network, way: Match) -> Iterator[Candidate]:
    """Servers and devices reach the time servers and nothing else outside; where we have our own, only these do."""
    areas = zones(network)
    destination: Match = {
        "destinations": [host(server) for server in network.register.government.time_servers],
        "protocol": "udp",
        "ports": [NTP_PORT],
    }
    servers = [host(planned.address) for planned in time_servers(network)]
    sources = servers or areas[DATA_CENTRE]
    yield accept("data-centre-time", DATA_CENTRE, INTERNET, {**way, **destination, "sources": sources})
    if not servers:
        own = areas[TRANSIT] + areas[LOOPBACK]
        yield accept("devices-time", LOOPBACK, INTERNET, {**way, **destination, "sources": own})


def _own_time(network: Network, way: Match) -> Iterator[Candidate]:
    """Devices follow our own time servers; offices reach these by the service list."""
    areas = zones(network)
    match: Match = {
        "sources": areas[TRANSIT] + areas[LOOPBACK],
        "destinations": [host(planned.address) for planned in time_servers(network)],
        "protocol": "udp",
        "ports": [NTP_PORT],
    }
    yield accept("devices-own-time", LOOPBACK, DATA_CENTRE, {**way, **match})


def _own_dns(network: Network, way: Match) -> Iterator[Candidate]:
    """Routers ask our own resolvers for their offices; what offices ask themselves goes by the service list."""
    areas = zones(network)
    match: Match = {
        "sources": areas[TRANSIT] + areas[LOOPBACK],
        "destinations": [host(planned.address) for planned in dns_servers(network)],
        "ports": [DNS_PORT],
    }
    for protocol in ("udp", "tcp"):
        yield accept(f"devices-own-dns-{protocol}", LOOPBACK, DATA_CENTRE, {**way, **match, "protocol": protocol})


def _outside_dns(network: Network, way: Match) -> Iterator[Candidate]:
    """Our own resolvers ask those of the providers, and nobody else outside."""
    match: Match = {
        "sources": [host(planned.address) for planned in dns_servers(network)],
        "destinations": [host(address) for address in outside_resolvers(network)],
        "ports": [DNS_PORT],
    }
    for protocol in ("udp", "tcp"):
        yield accept(f"resolvers-dns-{protocol}", DATA_CENTRE, INTERNET, {**way, **match, "protocol": protocol})


def possible(candidates: Iterable[Candidate]) -> list[ForwardRule]:
    """Leave out rules with a condition nothing can meet (no office yet, no border yet).

    Their list is empty, and an empty list in a rule means the opposite: everything.
    """
    return [rule for rule, match in candidates if all(match.values())]


def accept(name: str, from_zone: str, to_zone: str, match: Match) -> Candidate:
    return _rule(name, "accept", from_zone, to_zone, match)


def drop(name: str, from_zone: str, to_zone: str, match: Match) -> Candidate:
    return _rule(name, "drop", from_zone, to_zone, match)


def _rule(name: str, action: str, from_zone: str, to_zone: str, match: Match) -> Candidate:
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
