# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Authoritative servers of the government's zone and resolvers of the offices."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from ...register.models import Dns
from ..network import Network, PlannedServer
from ..own_dns import DNS_CLIENTS, DNS_PORT, dns_servers, outside_resolvers
from ..reach_entry import reach_entry
from ..service_entry import service_entry
from ..shapes import Reach, Service
from ..zones import INTERNET, zones
from .dns_zone import public_records, records, reverse


def part(planned: PlannedServer, network: Network, folder: PurePath) -> dict[str, Any] | None:
    """None where this server has no such role."""
    government = network.register.government
    dns = government.dns
    servers = dns_servers(network)
    if dns is None or planned not in servers:
        return None
    areas = zones(network)
    clients = [subnet for zone in DNS_CLIENTS for subnet in areas[zone]]
    found: dict[str, Any] = {
        "zone": government.domain,
        "contact": dns.contact or f"hostmaster@{government.domain}",
        "address": str(planned.address),
        # The first one makes and signs the zone; the others fetch it.
        "primary": str(servers[0].address),
        "servers": [
            {"name": f"ns{number}", "host": other.server.name, "address": str(other.address)}
            for number, other in enumerate(servers, 1)
        ],
        "records": records(network, dns, servers),
        "reverse": reverse(network, dns),
        "clients": clients + [str(client) for client in dns.resolver_clients],
        "forwarders": outside_resolvers(network),
        "validate": dns.validate_dnssec,
    }
    if dns.public:
        found["public_records"] = public_records(network, dns, servers)
    if dns.filter is not None:
        found["filter"] = _filter(dns, folder)
    return found


def _filter(dns: Dns, folder: PurePath) -> dict[str, Any]:
    assert dns.filter is not None
    return {
        "feed": str(folder / dns.filter.feed),
        "allow": list(dns.filter.allow),
        "redirect": str(dns.filter.redirect) if dns.filter.redirect else None,
    }


def services(planned: PlannedServer, network: Network) -> list[Service]:
    """Everybody may ask for our zone; who may ask for more is decided by the name server itself."""
    if planned not in dns_servers(network):
        return []
    name = planned.server.name
    return [service_entry("dns", name, protocol, DNS_PORT, [*DNS_CLIENTS, INTERNET]) for protocol in ("udp", "tcp")]


def reaches(planned: PlannedServer, network: Network) -> list[Reach]:
    """The providers' resolvers."""
    if planned not in dns_servers(network):
        return []
    return [reach_entry("dns", outside_resolvers(network), protocol, DNS_PORT) for protocol in ("udp", "tcp")]
