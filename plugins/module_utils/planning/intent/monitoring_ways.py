# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What monitoring servers may send through core and border: pings to devices and offices, alerts to the outside."""

from __future__ import annotations

from collections.abc import Iterator

from ..central.monitoring import monitors
from ..network import Network
from ..zones import DATA_CENTRE, INTERNET, LOOPBACK, OFFICES, zones
from .forwarding import Candidate, Match, accept, host

HTTPS_PORT = 443


def pings(network: Network, data_centre: str) -> Iterator[Candidate]:
    """To every device and to every office's gateway; SNMP goes by `watching`."""
    ping: Match = {
        "in_interfaces": [data_centre],
        "sources": [host(monitor.address) for monitor in monitors(network)],
        "protocol": "icmp",
    }
    gateways = [host(office.gateway) for office in network.offices]
    yield accept("monitoring-ping", DATA_CENTRE, LOOPBACK, {**ping, "destinations": zones(network)[LOOPBACK]})
    yield accept("monitoring-ping-offices", DATA_CENTRE, OFFICES, {**ping, "destinations": gateways})


def alerts(network: Network, entering: list[str], leaving: list[str]) -> Iterator[Candidate]:
    """To Telegram and to the mail server, wherever these are."""
    monitoring = network.register.government.monitoring
    if monitoring is None:
        return
    ports = {HTTPS_PORT} if monitoring.telegram is not None else set()
    if monitoring.mail is not None:
        ports.add(int(monitoring.mail.smarthost.rpartition(":")[2]))
    match: Match = {
        "in_interfaces": entering,
        "out_interfaces": leaving,
        "sources": [host(monitor.address) for monitor in monitors(network)],
        "protocol": "tcp",
        "ports": sorted(ports),
    }
    yield accept("monitoring-alerts", DATA_CENTRE, INTERNET, match)
