# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Intent of a server in the data centre."""

from __future__ import annotations

from pathlib import PurePath
from typing import cast

from ...register.models import Application as Record
from ..central import central_parts
from ..central.database import database_at
from ..central.edge_proxy import application_port, proxy_addresses
from ..network import Network, PlannedServer
from ..reaches import reaches
from ..services import services_of
from ..shapes import AnyDatabase, Application, Interface, ServerIntent
from ..zones import DATA_CENTRE, MANAGEMENT, zones
from . import common
from .application_run import application_run


def server(planned: PlannedServer, network: Network, folder: PurePath) -> ServerIntent:
    """``folder`` is the government's folder on the controller; the sources of applications lie in it."""
    record = planned.server
    data_centre = network.data_centre
    port = next(port for port in record.ports if port.use == "data_centre")
    interface: Interface = {
        **common.interface(
            port.name, "data_centre", str(port.to) if port.to else "", planned.address, data_centre.subnet
        ),
        "gateway": str(data_centre.gateway),
        "dns": common.server_resolvers(planned, network),
    }
    found: ServerIntent = {
        "hostname": record.name,
        "domain": network.register.government.domain,
        "zones": zones(network),
        "management": common.management(record, network),
        "interfaces": [interface],
        "firewall": {
            "services": services_of(network, record.name),
            "icmp_echo_from": [MANAGEMENT, DATA_CENTRE],
            "forward": [],
            "reaches": reaches(planned, network),
        },
        "system": record.system,
        "applications": _applications(record.name, network, folder),
        "time": common.server_time(planned, network),
    }
    # Whose word on a client's address the applications take.
    if found["applications"] and (proxies := proxy_addresses(network)):
        found["proxies"] = proxies
    if findings := network.register.findings_on(record.name):
        # Also those whose day has passed: who runs on a given day says which are in force.
        found["waivers"] = [
            {
                "rule": finding.rule,
                "reason": finding.reason,
                "owner": finding.owner,
                "expires": finding.expires.isoformat(),
            }
            for finding in findings
        ]
    # Each central role has a key of its own name, only on the servers that have the role.
    return cast(ServerIntent, {**found, **central_parts(planned, network, folder)})


def _applications(name: str, network: Network, folder: PurePath) -> list[Application]:
    return [
        {
            "code": application.code,
            "name": application.name,
            "owner": application.owner,
            "runtime": application.runtime,
            "database": application.database,
            "domain": application.domain,
            "source": str(folder / application.source) if application.source else "",
            "needs": {
                "vcpu": application.needs.vcpu,
                "ram_bytes": application.needs.ram,
                "disk_bytes": application.needs.disk,
            },
            "port": application_port(network),
            **_database_at(application, network),
            **application_run(application),
        }
        for application in network.register.applications_on(name)
    ]


def _database_at(application: Record, network: Network) -> AnyDatabase:
    where = database_at(application, network)
    return {} if where is None else {"database_at": where}
