# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one service list, from which firewalls (later monitoring and backup) are derived."""

from __future__ import annotations

from functools import lru_cache

from .central import central_services
from .central.edge_proxy import application_services
from .links import BORDER, OPD
from .network import Network
from .own_time import time_services
from .service_entry import service_entry
from .shapes import Service
from .zones import DATA_CENTRE, LOOPBACK, MANAGEMENT, OFFICES, PUBLIC_WIFI, TRANSIT

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
        found[device.name] = [service_entry("ssh", device.name, "tcp", 22, [MANAGEMENT])]
        found[device.name] += _snmp(device.name, network)
        if device.role == BORDER:
            found[device.name] += _dns(device.name, [DATA_CENTRE, TRANSIT, LOOPBACK])
        elif device.role == OPD:
            wifi = network.office_of(device).segment("public_wifi")
            found[device.name] += _dns(device.name, [OFFICES, *([PUBLIC_WIFI] if wifi else [])])
    for planned in network.servers:
        name = planned.server.name
        found[name] = [service_entry("ssh", name, "tcp", 22, [MANAGEMENT])]
        found[name] += application_services(planned, network)
        found[name] += time_services(planned, network)
        found[name] += central_services(planned, network)
    return found


def _snmp(host: str, network: Network) -> list[Service]:
    """For whoever watches: the zones in which they stand, and no other address of those.

    RouterOS and IOS look at the addresses in their agents as well.
    """
    wanted = network.register.government.snmp
    if wanted is None:
        return []
    management = network.register.government.management_sources
    watchers = {
        zone: [str(source) for source in wanted.sources if any(map(source.overlaps, networks))]
        for zone, networks in ((MANAGEMENT, management), (DATA_CENTRE, (network.data_centre.subnet,)))
    }
    found = [zone for zone, sources in watchers.items() if sources]
    sources = sorted({source for of_zone in watchers.values() for source in of_zone})
    return [service_entry("snmp", host, "udp", SNMP_PORT, found, sources)] if found else []


def _dns(host: str, sources: list[str]) -> list[Service]:
    return [service_entry("dns", host, protocol, 53, sources) for protocol in ("udp", "tcp")]
