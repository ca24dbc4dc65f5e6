# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who watches, and who is told.

``node``: what every server tells about itself. ``watch``: what a monitoring server looks at, and whom it tells.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from ...register.models import Monitoring
from ..network import Network, PlannedServer
from ..reach_entry import ANYWHERE, INTERNET, reach_entry
from ..service_entry import service_entry
from ..shapes import Reach, Service
from ..zones import DATA_CENTRE
from . import watched
from .units import units

#: Between the Alertmanagers, so that a message that one has sent is not sent by the other.
GOSSIP_PORT = 9094


def monitors(network: Network) -> list[PlannedServer]:
    """The monitoring servers that are there."""
    monitoring = network.register.government.monitoring
    return network.servers_named(monitoring.servers) if monitoring is not None else []


def part(planned: PlannedServer, network: Network, folder: PurePath) -> dict[str, Any] | None:
    """None where nobody watches."""
    monitoring = network.register.government.monitoring
    if monitoring is None:
        return None
    found: dict[str, Any] = {
        "node": {"address": str(planned.address), "port": watched.NODE_PORT, "units": units(planned, network)}
    }
    if planned in monitors(network):
        found["watch"] = _watch(planned, network, monitoring)
    return found


def services(planned: PlannedServer, network: Network) -> list[Service]:
    """Nobody but the monitoring servers."""
    others = [f"{monitor.address}/32" for monitor in monitors(network) if monitor is not planned]
    if not others or network.family == 6:
        return []
    name = planned.server.name
    found = [service_entry("node-exporter", name, "tcp", watched.NODE_PORT, [DATA_CENTRE], others)]
    if planned in monitors(network):
        found.append(service_entry("alertmanager", name, "tcp", GOSSIP_PORT, [DATA_CENTRE], others))
    return found


def reaches(planned: PlannedServer, network: Network) -> list[Reach]:
    """Telegram, and the mail server, which may be our own."""
    monitoring = network.register.government.monitoring
    if monitoring is None or planned not in monitors(network):
        return []
    found = [reach_entry("telegram", [INTERNET], "tcp", 443)] if monitoring.telegram is not None else []
    if monitoring.mail is not None:
        port = int(monitoring.mail.smarthost.rpartition(":")[2])
        found.append(reach_entry("mail", [ANYWHERE], "tcp", port))
    return found


def _watch(planned: PlannedServer, network: Network, monitoring: Monitoring) -> dict[str, Any]:
    government = network.register.government
    found: dict[str, Any] = {
        "address": str(planned.address),
        "gossip_port": GOSSIP_PORT,
        "peers": [str(monitor.address) for monitor in monitors(network) if monitor is not planned],
        "retention": {"days": monitoring.retention.days, "size_bytes": monitoring.retention.size},
        "nodes": watched.nodes(network),
        "devices": watched.devices(network),
        "offices": watched.offices(network),
        "applications": watched.applications(network),
        "links": watched.links(network),
        "backups": watched.backups(network),
        # Whose certificates the applications have: those of an ACME authority are known to Debian.
        "public_certificates": government.edge_proxy is not None and government.edge_proxy.acme is not None,
    }
    if government.snmp is not None:
        found["snmp"] = {"user": government.snmp.user, "auth": "snmp_auth", "priv": "snmp_priv"}
    if monitoring.telegram is not None:
        found["telegram"] = {"chat_id": monitoring.telegram.chat_id}
    if monitoring.mail is not None:
        mail = monitoring.mail
        host, _, port = mail.smarthost.rpartition(":")
        found["mail"] = {
            "to": list(mail.to),
            "from": mail.sender or f"pemantauan@{government.domain}",
            "host": host,
            "port": int(port),
            "user": mail.user or "",
        }
    return found
