# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time servers of our own: which servers they are, and who may ask them."""

from __future__ import annotations

from .network import Network, PlannedServer
from .service_entry import service_entry
from .shapes import Service
from .zones import DATA_CENTRE, LOOPBACK, OFFICES, TRANSIT

NTP_PORT = 123
#: Zones that they serve. Visitors and cameras are not among them: these reach nothing inside.
TIME_CLIENTS = (DATA_CENTRE, OFFICES, TRANSIT, LOOPBACK)


def time_servers(network: Network) -> list[PlannedServer]:
    return network.servers_named(network.register.government.own_time_servers)


def time_services(planned: PlannedServer, network: Network) -> list[Service]:
    if planned.server.name not in network.register.government.own_time_servers:
        return []
    return [service_entry("ntp", planned.server.name, "udp", NTP_PORT, TIME_CLIENTS)]
