# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one service list, from which firewalls (later monitoring and backup) are derived."""

from __future__ import annotations

from functools import lru_cache

from .links import BORDER, OPD
from .network import Network
from .shapes import Service
from .zones import DATA_CENTRE, LOOPBACK, MANAGEMENT, OFFICES, PUBLIC_WIFI, TRANSIT

HTTP_PORT = 80
SNMP_PORT = 161


@lru_cache(maxsize=4)
def services(network: Network) -> list[Service]:
    """Every service of every planned host: devices first, then servers, in the order of the register.

    The answer is shared, so never change it.
    """
    return [service for found in _by_host(network).values() for service in found]


def services_of(network: Network, host: str) -> list[Service]:
    """The services of one planned host; every host has at least ssh."""
    return _by_host(network)[host]


@lru_cache(maxsize=4)
def _by_host(network: Network) -> dict[str, list[Service]]:
    found: dict[str, list[Service]] = {}
    for device in network.devices:
        found[device.name] = [_service("ssh", device.name, "tcp", 22, [MANAGEMENT])]
        if watchers := _watchers(network):
            found[device.name].append(_service("snmp", device.name, "udp", SNMP_PORT, watchers))
        if device.role == BORDER:
            found[device.name] += _dns(device.name, [DATA_CENTRE, TRANSIT, LOOPBACK])
        elif device.role == OPD:
            wifi = network.office_of(device).segment("public_wifi")
            found[device.name] += _dns(device.name, [OFFICES, *([PUBLIC_WIFI] if wifi else [])])
    for planned in network.servers:
        name = planned.server.name
        found[name] = [_service("ssh", name, "tcp", 22, [MANAGEMENT])]
        found[name] += [
            _service(application.code, name, "tcp", HTTP_PORT, [OFFICES, DATA_CENTRE])
            for application in network.register.applications_on(name)
        ]
    return found


def _watchers(network: Network) -> list[str]:
    """Zones in which monitoring servers stand; the device itself looks at their addresses as well where it can."""
    wanted = network.register.government.snmp
    if wanted is None:
        return []
    management = network.register.government.management_sources
    return [
        zone
        for zone, networks in ((MANAGEMENT, management), (DATA_CENTRE, (network.data_centre.subnet,)))
        if any(source.overlaps(area) for source in wanted.sources for area in networks)
    ]


def _dns(host: str, sources: list[str]) -> list[Service]:
    return [_service("dns", host, protocol, 53, sources) for protocol in ("udp", "tcp")]


def _service(name: str, host: str, protocol: str, port: int, sources: list[str]) -> Service:
    return {"name": name, "host": host, "protocol": protocol, "port": port, "from": list(sources)}
