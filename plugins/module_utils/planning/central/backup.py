# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Repositories, schedules and restore tests.

``client``: what this server keeps, and where. ``repository``: whose backups this server keeps, and how long.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from ...register.models import Backup, Register, Server
from ..network import Network, PlannedServer
from ..reach_entry import ANYWHERE, reach_entry
from ..service_entry import service_entry
from ..shapes import Reach, Service
from ..zones import DATA_CENTRE

REPOSITORY_PORT = 8000
APPLICATIONS = "/srv/terpusat"
SETTINGS = "/etc/terpusat"
#: What the host can make anew (its certificate), or must not lie beside what it opens (the passwords of the backup).
_NOT_KEPT = ["/etc/terpusat/tls", "/etc/terpusat/backup"]
#: Central role -> what it holds that no run of its role could make anew.
_KEPT = {
    "database": ["/var/backups/terpusat/database"],
    "edge_proxy": ["/var/lib/dehydrated"],
    "dns": ["/var/lib/bind"],
}

_DAYS = {
    "senin": "Mon",
    "selasa": "Tue",
    "rabu": "Wed",
    "kamis": "Thu",
    "jumat": "Fri",
    "sabtu": "Sat",
    "minggu": "Sun",
}


def part(planned: PlannedServer, network: Network, folder: PurePath) -> dict[str, Any] | None:
    """None where this server neither keeps nor has anything to keep."""
    backup = network.register.government.backup
    if backup is None:
        return None
    found: dict[str, Any] = {}
    places = _places(planned, network, backup)
    if places and (paths := _paths(planned.server.name, network.register)):
        found["client"] = {
            "name": planned.server.name,
            "hour": f"{backup.hour:%H:%M}",
            "restore_test": _DAYS[backup.restore_test],
            "paths": paths,
            "exclude": _excluded(planned.server.name, network.register),
            "places": places,
        }
    if planned.server.name in backup.servers:
        found["repository"] = {
            "address": str(planned.address),
            "port": REPOSITORY_PORT,
            "clients": [
                other.server.name
                for other in network.servers
                if other.server.name != planned.server.name and _paths(other.server.name, network.register)
            ],
            "keep": backup.keep.model_dump(),
        }
    return found or None


def services(planned: PlannedServer, network: Network) -> list[Service]:
    """Any of our servers may have to take over what another one kept here."""
    backup = network.register.government.backup
    if backup is None or planned.server.name not in backup.servers or network.family == 6:
        return []
    others = [str(other.address) for other in network.servers if other is not planned]
    if not others:
        return []
    return [service_entry("backup", planned.server.name, "tcp", REPOSITORY_PORT, [DATA_CENTRE], others)]


def reaches(planned: PlannedServer, network: Network) -> list[Reach]:
    """The place outside, of every server with something to keep."""
    backup = network.register.government.backup
    if backup is None or backup.second is None or not _paths(planned.server.name, network.register):
        return []
    return [reach_entry("backup-outside", [ANYWHERE], "tcp", urlsplit(backup.second.url).port or 443)]


def _places(planned: PlannedServer, network: Network, backup: Backup) -> list[dict[str, Any]]:
    """Where this server writes to; ``separate``: a fire in its rack leaves that place alone."""
    by_name = {other.server.name: other for other in network.servers}
    found: list[dict[str, Any]] = [
        {
            "name": name,
            "url": f"https://{by_name[name].address}:{REPOSITORY_PORT}",
            "separate": _rack(by_name[name].server) != _rack(planned.server),
            "outside": False,
        }
        for name in backup.servers
        if name in by_name and name != planned.server.name
    ]
    if backup.second is not None:
        found.append({"name": backup.second.name, "url": backup.second.url, "separate": True, "outside": True})
    return found


def _rack(server: Server) -> tuple[str, str]:
    return server.place.room, server.place.rack


def _roles(name: str, register: Register) -> list[str]:
    """The central roles of a server."""
    government = register.government
    named = ("dns", "database", "edge_proxy", "monitoring", "logging", "controller")
    return [role for role in named if (record := getattr(government, role)) is not None and name in record.servers]


def _paths(name: str, register: Register) -> list[str]:
    roles = _roles(name, register)
    applications = [
        f"{APPLICATIONS}/{application.code}/{kept}"
        for application in register.applications_on(name)
        for kept in ("shared", "releases", "current")
    ]
    if not applications and not roles:
        return []
    return [SETTINGS, *applications, *(path for role in roles for path in _KEPT.get(role, []))]


def _excluded(name: str, register: Register) -> list[str]:
    """What an application makes anew while it runs: sessions and temporary files."""
    codes = [application.code for application in register.applications_on(name)]
    return [*_NOT_KEPT, *(f"{APPLICATIONS}/{code}/shared/{made}" for code in codes for made in ("sessions", "tmp"))]
