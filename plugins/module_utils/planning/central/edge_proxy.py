# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where TLS of all domains ends."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from ..network import Network, PlannedServer
from ..reach_entry import ANYWHERE, reach_entry
from ..service_entry import service_entry
from ..shapes import Reach, Service
from ..zones import DATA_CENTRE, INTERNET, OFFICES

HTTP_PORT = 80
HTTPS_PORT = 443
#: Of the applications behind a proxy: their server may be a proxy too, and port 80 is the proxy's there.
BEHIND_PROXY_PORT = 8080


def proxies(network: Network) -> list[PlannedServer]:
    """The proxies that are there; none: applications are reached at their servers."""
    wanted = network.register.government.edge_proxy
    return network.servers_named(wanted.servers) if wanted is not None else []


def proxy_addresses(network: Network) -> list[str]:
    return [str(proxy.address) for proxy in proxies(network)]


def application_port(network: Network) -> int:
    """Where applications listen on their servers."""
    return BEHIND_PROXY_PORT if proxies(network) else HTTP_PORT


def application_services(planned: PlannedServer, network: Network) -> list[Service]:
    """The applications' own ports: for the proxies alone where there are any."""
    name, port = planned.server.name, application_port(network)
    only = [f"{address}/32" for address in proxy_addresses(network)]
    return [
        service_entry(application.code, name, "tcp", port, [DATA_CENTRE] if only else [OFFICES, DATA_CENTRE], only)
        for application in network.register.applications_on(name)
    ]


def part(planned: PlannedServer, network: Network, folder: PurePath) -> dict[str, Any] | None:
    """None where this server has no such role."""
    wanted = network.register.government.edge_proxy
    if wanted is None or planned not in proxies(network):
        return None
    acme = wanted.acme
    found: dict[str, Any] = {
        "address": str(planned.address),
        "peers": [str(proxy.address) for proxy in proxies(network) if proxy is not planned],
        "domains": [
            {
                "code": application.code,
                "name": application.name,
                "domain": application.domain,
                "address": str(server.address),
                "port": application_port(network),
                "maintenance": application.code in wanted.maintenance,
                "acme": acme is not None and (not acme.applications or application.code in acme.applications),
            }
            for server in network.servers
            for application in network.register.applications_on(server.server.name)
        ],
        "rate_limit": {
            "requests_per_second": wanted.rate_limit.requests_per_second,
            "burst": wanted.rate_limit.burst,
        },
        "hsts_days": wanted.hsts_days,
        "max_body_bytes": wanted.max_body,
        "internet": wanted.internet,
    }
    if acme is not None:
        found["acme"] = {
            "directory": acme.directory,
            "port": acme.port,
            "contact": acme.contact,
            "ca": str(folder / acme.ca) if acme.ca else "",
        }
    return found


def services(planned: PlannedServer, network: Network) -> list[Service]:
    """HTTP too: it leads to HTTPS, and an ACME authority proves a name by it."""
    wanted = network.register.government.edge_proxy
    if wanted is None or planned not in proxies(network):
        return []
    zones = [OFFICES, DATA_CENTRE, *([INTERNET] if wanted.internet else [])]
    name = planned.server.name
    return [
        service_entry("http", name, "tcp", HTTP_PORT, zones),
        service_entry("https", name, "tcp", HTTPS_PORT, zones),
    ]


def reaches(planned: PlannedServer, network: Network) -> list[Reach]:
    """The ACME authority, which is known by a name only and may be our own."""
    wanted = network.register.government.edge_proxy
    if wanted is None or wanted.acme is None or planned not in proxies(network):
        return []
    return [reach_entry("acme", [ANYWHERE], "tcp", wanted.acme.port)]
