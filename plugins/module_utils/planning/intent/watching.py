# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Watching the network from the data centre: messages go there, questions come from there."""

from __future__ import annotations

from collections.abc import Iterator

from ..central.logging import SYSLOG_PORT, log_servers
from ..network import Network
from ..services import SNMP_PORT
from ..zones import DATA_CENTRE, LOOPBACK, TRANSIT, zones
from .forwarding import Candidate, accept, host


def watching(network: Network, data_centre: str) -> Iterator[Candidate]:
    """``data_centre``: the core's interface towards the servers. Other servers are reached by the management port."""
    government, areas = network.register.government, zones(network)
    own = areas[TRANSIT] + areas[LOOPBACK]
    subnet = network.data_centre.subnet
    collectors = [host(server) for server in log_servers(network) if server in subnet]
    yield accept(
        "devices-log",
        LOOPBACK,
        DATA_CENTRE,
        {
            "out_interfaces": [data_centre],
            "sources": own,
            "destinations": collectors,
            "protocol": "udp",
            "ports": [SYSLOG_PORT],
        },
    )
    watchers = [
        str(source) for source in (government.snmp.sources if government.snmp else ()) if source.overlaps(subnet)
    ]
    yield accept(
        "monitoring-devices",
        DATA_CENTRE,
        LOOPBACK,
        {
            "in_interfaces": [data_centre],
            "sources": watchers,
            "destinations": own,
            "protocol": "udp",
            "ports": [SNMP_PORT],
        },
    )
