# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collectors of all messages: from servers over TLS, from network devices by UDP.

``collector``: whose messages this server keeps, and where they belong. ``client``: where it sends its own.
"""

from __future__ import annotations

from ipaddress import IPv4Address
from pathlib import PurePath
from typing import Any

from ...register.models import Logging
from ..network import Network, PlannedServer
from ..service_entry import service_entry
from ..shapes import Service
from ..zones import DATA_CENTRE, LOOPBACK

SYSLOG_PORT = 514
#: Syslog over TLS (RFC 5425); what is spoken inside is RELP, which acknowledges each message.
TLS_PORT = 6514


def collectors(network: Network) -> list[PlannedServer]:
    wanted = network.register.government.logging
    return network.servers_named(wanted.servers) if wanted is not None else []


def log_servers(network: Network) -> list[IPv4Address]:
    """Where network devices send to: those that the register names, and our collectors. Not in IPv6."""
    named = list(network.register.government.log_servers)
    if network.family == 6:
        return named
    own = [collector.address for collector in collectors(network)]
    return [*named, *(address for address in own if address not in named)]


def part(planned: PlannedServer, network: Network, folder: PurePath) -> dict[str, Any] | None:
    """None where nobody collects."""
    wanted = network.register.government.logging
    if wanted is None:
        return None
    found: dict[str, Any] = {}
    if planned in (keepers := collectors(network)):
        found["collector"] = _collector(planned, network, wanted)
    if targets := [keeper for keeper in keepers if keeper is not planned]:
        found["client"] = {
            "targets": [
                {"name": target.server.name, "address": str(target.address), "port": TLS_PORT} for target in targets
            ],
            "spool_bytes": wanted.spool,
        }
    return found or None


def services(planned: PlannedServer, network: Network) -> list[Service]:
    """Network devices send from their loopback, whatever the way; they know no TLS."""
    found = []
    name = planned.server.name
    if planned.address in log_servers(network):
        found.append(service_entry("syslog", name, "udp", SYSLOG_PORT, [LOOPBACK]))
    others = [f"{other.address}/32" for other in network.servers if other is not planned]
    if network.family == 4 and planned in collectors(network) and others:
        found.append(service_entry("syslog-tls", name, "tcp", TLS_PORT, [DATA_CENTRE], others))
    return found


def _collector(planned: PlannedServer, network: Network, wanted: Logging) -> dict[str, Any]:
    own_days = {office.opd: office.retention_days for office in wanted.offices}
    sources = [_source(network.loopbacks[device.name], device.opd, device.name) for device in network.devices]
    sources += [_source(other.address, other.server.owner, other.server.name) for other in network.servers]
    codes = sorted({source["opd"] for source in sources})
    return {
        "port": TLS_PORT,
        "udp_port": SYSLOG_PORT,
        "clients": [other.server.name for other in network.servers if other is not planned],
        "sources": sources,
        "offices": [{"code": code, "retention_days": own_days.get(code, wanted.retention_days)} for code in codes],
        "retention_days": wanted.retention_days,
        "max_bytes": wanted.max_size,
    }


def _source(address: object, opd: str, host: str) -> dict[str, str]:
    return {"address": str(address), "opd": opd, "host": host}
