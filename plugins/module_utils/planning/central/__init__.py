# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Central services of the data centre: what each adds to the intent of a server, and to the service list.

One file a role with two pure functions: ``part`` gives the role's key of the intent (None: this server has no such
role), ``services`` what others may reach on this server because of it. A third one is there where it is needed:
``reaches``, what this server must open beside the services of our other hosts.
"""

from __future__ import annotations

from pathlib import PurePath
from types import ModuleType
from typing import Any

from ..network import Network, PlannedServer
from ..shapes import Reach, Service
from . import backup, controller, database, dns, edge_proxy, logging, monitoring

_ROLES: dict[str, ModuleType] = {
    "dns": dns,
    "database": database,
    "edge_proxy": edge_proxy,
    "backup": backup,
    "monitoring": monitoring,
    "logging": logging,
    "controller": controller,
}


def central_parts(planned: PlannedServer, network: Network, folder: PurePath) -> dict[str, Any]:
    """Role -> its part of the intent, for the roles that this server has. ``folder``: the government's, absolute."""
    found = {name: role.part(planned, network, folder) for name, role in _ROLES.items()}
    return {name: part for name, part in found.items() if part is not None}


def central_services(planned: PlannedServer, network: Network) -> list[Service]:
    """What this server offers to others because of its roles."""
    return [service for role in _ROLES.values() for service in role.services(planned, network)]


def central_reaches(planned: PlannedServer, network: Network) -> list[Reach]:
    """What this server opens towards the world outside because of its roles."""
    return [reach for role in _ROLES.values() if hasattr(role, "reaches") for reach in role.reaches(planned, network)]
