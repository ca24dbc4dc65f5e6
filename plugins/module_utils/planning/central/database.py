# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers on which the applications' databases live."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from ...register.models import Application
from ..network import Network, PlannedServer
from ..service_entry import service_entry
from ..shapes import DatabaseAt, Service
from ..zones import DATA_CENTRE

#: Engine -> port, in the order in which they share the memory.
PORTS = {"mariadb": 3306, "postgresql": 5432}


def part(planned: PlannedServer, network: Network, folder: PurePath) -> dict[str, Any] | None:
    """None where this server has no such role. A server that is not the first one keeps nothing yet."""
    wanted = network.register.government.database
    if wanted is None or planned.server.name not in wanted.servers:
        return None
    kept = _kept_by(planned, network)
    engines = [engine for engine in PORTS if any(application.database == engine for application in kept)]
    memory = planned.server.specs.ram * wanted.memory_percent // 100
    return {
        "engines": {engine: {"port": PORTS[engine], "memory_bytes": memory // len(engines)} for engine in engines},
        "databases": [
            {
                "code": application.code,
                "engine": application.database,
                "name": database_name(application.code),
                "clients": _clients(application, network),
            }
            for application in kept
        ],
        "slow_query_seconds": wanted.slow_query_seconds,
        "dump_at": wanted.dump_at.strftime("%H:%M"),
        "dump_keep_days": wanted.dump_keep_days,
        "pitr_days": wanted.pitr_days if wanted.pitr else 0,
    }


def services(planned: PlannedServer, network: Network) -> list[Service]:
    """Each engine, for the servers whose applications use it and for nobody else."""
    kept = _kept_by(planned, network)
    found = []
    for engine, port in PORTS.items():
        clients = {
            client
            for application in kept
            if application.database == engine
            for client in _clients(application, network)
        }
        if clients:
            sources = [f"{client}/32" for client in sorted(clients)]
            found.append(service_entry(engine, planned.server.name, "tcp", port, [DATA_CENTRE], sources))
    return found


def database_at(application: Application, network: Network) -> DatabaseAt | None:
    """Where the application finds its database; None: it has none, or its server is not there yet."""
    keeper = _keeper(network)
    if not _has_database(application) or keeper is None:
        return None
    name = database_name(application.code)
    return {
        "engine": application.database,
        "host": keeper.server.name,
        "address": str(keeper.address),
        "port": PORTS[application.database],
        "name": name,
        "user": name,
    }


def database_name(code: str) -> str:
    """Name of an application's database, and of its user. SQL would take a hyphen only in quotes.

    Two codes never have one name: a code has no underscores.
    """
    return code.replace("-", "_")


def _has_database(application: Application) -> bool:
    """Static pages have none, whatever the register says; validation warns of that."""
    return application.database != "none" and application.runtime != "static"


def _keeper(network: Network) -> PlannedServer | None:
    wanted = network.register.government.database
    first = network.servers_named(wanted.servers[:1]) if wanted else []
    return first[0] if first else None


def _kept_by(planned: PlannedServer, network: Network) -> list[Application]:
    """Applications whose databases live on this server."""
    keeper = _keeper(network)
    if keeper is None or keeper.server.name != planned.server.name:
        return []
    return [
        application
        for application in network.register.applications
        if _has_database(application) and _clients(application, network)
    ]


def _clients(application: Application, network: Network) -> list[str]:
    """Addresses from which the application comes."""
    here = application.runs_at.server
    return [str(planned.address) for planned in network.servers_named([here] if here else [])]
