# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which systemd units must run on a server, given what it does."""

from __future__ import annotations

from ...register.models import Server
from ..network import Network, PlannedServer

_POSTGRESQL = {"debian12": 15, "debian13": 17}
#: Role of government.yml -> its units. What has no place here depends on more than the role.
_OF_ROLE = {
    "dns": ["named.service"],
    "controller": ["terpusat-drift.timer"],
    "edge_proxy": ["nginx.service", "terpusat-acme.timer"],
    "backup": ["terpusat-repository.service"],
    "monitoring": [
        "prometheus-alertmanager.service",
        "prometheus-blackbox-exporter.service",
        "prometheus.service",
    ],
    "logging": ["rsyslog.service"],
}


def units(planned: PlannedServer, network: Network) -> list[str]:
    """Sorted; timers too, because one that does not run is noticed too late."""
    server, government = planned.server, network.register.government
    found = {"chrony.service"}
    for role, names in _OF_ROLE.items():
        record = getattr(government, role)
        if record is not None and server.name in record.servers:
            found.update(names)
    for application in network.register.applications_on(server.name):
        found.add("nginx.service")
        if application.runtime != "static":
            found.add(f"terpusat-app-{application.code}.service")
    found.update(_engines(server, network))
    if government.snmp is not None and government.monitoring and server.name in government.monitoring.servers:
        found.add("prometheus-snmp-exporter.service")
    return sorted(found)


def _engines(server: Server, network: Network) -> set[str]:
    """The first database server keeps all databases of the applications that run on our servers."""
    database = network.register.government.database
    if database is None or server.name != database.servers[0]:
        return set()
    engines = {
        application.database
        for planned in network.servers
        for application in network.register.applications_on(planned.server.name)
        if application.runtime != "static"
    }
    names = {"mariadb": "mariadb.service", "postgresql": f"postgresql@{_POSTGRESQL[server.system]}-main.service"}
    return {names[engine] for engine in engines if engine in names}
