# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Register + lock file -> hosts, groups and variables of the Ansible inventory, as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from ..register.models import Device, Register, Server
from .allocations import Allocations
from .bandwidth.lock import PlanLock
from .intent import DeviceIntent, HostIntent, border_router, core_switch, opd_router, server
from .links import BORDER, CORE, OPD
from .network import Network, network
from .obstacles import Obstacles, obstacles
from .remarks import remarks
from .services import services

DEVICE_ROLES = (BORDER, CORE, OPD)
APP_HOST = "app_host"
PLAIN_SERVER = "server"
NO_OBSTACLES = Obstacles((), ())


@dataclass(frozen=True)
class Host:
    """One host. ``groups``: pairs (parent or None, group). ``intent``: None when there are obstacles."""

    name: str
    address: str
    groups: tuple[tuple[str | None, str], ...]
    facts: dict[str, Any]
    intent: HostIntent | None
    obstacles: Obstacles

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of this host alone; ``terpusat_intent`` only when nothing stands in its way."""
        found = {"ansible_host": self.address, "terpusat_host": self.facts}
        return found if self.intent is None else {**found, "terpusat_intent": dict(self.intent)}


@dataclass(frozen=True)
class Hosts:
    """``shared`` are the variables of group ``all``, so also of the implicit localhost."""

    shared: dict[str, Any]
    hosts: tuple[Host, ...]
    remarks: tuple[str, ...]


def hosts(register: Register, allocations: Allocations, folder: PurePath, plan: PlanLock | None = None) -> Hosts:
    """Everything in service becomes a host. ``folder`` is the absolute path of the government's folder."""
    blocked = obstacles(register, allocations)
    standing = network(register, allocations, blocked, plan)
    found = [_device(device, register, standing, blocked) for device in register.devices if device.in_service]
    found += [_server(record, register, standing, blocked, folder) for record in register.servers if record.in_service]
    return Hosts(
        shared={
            "terpusat_government": _government(register, folder),
            "terpusat_register": _counts(register),
            "terpusat_services": services(standing) if standing else [],
        },
        hosts=tuple(found),
        remarks=tuple(remarks(register, allocations, blocked)),
    )


def group_name(*words: str) -> str:
    return "_".join(words).replace("-", "_")


def _device(device: Device, register: Register, standing: Network | None, blocked: dict[str, Obstacles]) -> Host:
    intent = _device_intent(device, standing) if standing and device.name not in blocked else None
    facts = {
        "name": device.name,
        "kind": "device",
        "role": device.role,
        "platform": device.platform,
        "opd": device.opd,
        "location": device.location_ref,
        "model": device.model,
        "readiness": device.readiness,
    }
    if device.os_version is not None:
        facts["os_version"] = device.os_version
    return Host(
        device.name,
        str(device.management_address),
        _groups("network", facts, register.opd(device.opd).stage),
        facts,
        intent,
        blocked.get(device.name, NO_OBSTACLES),
    )


def _device_intent(device: Device, standing: Network) -> DeviceIntent:
    match device.role:
        case "border_router":
            return border_router(device, standing)
        case "core_switch":
            return core_switch(device, standing)
        case "opd_router":
            return opd_router(device, standing)


def _server(
    record: Server, register: Register, standing: Network | None, blocked: dict[str, Obstacles], folder: PurePath
) -> Host:
    intent = None
    if standing and record.name not in blocked:
        planned = next(planned for planned in standing.servers if planned.server.name == record.name)
        intent = server(planned, standing, folder)
    facts = {
        "name": record.name,
        "kind": "server",
        "role": APP_HOST if register.applications_on(record.name) else PLAIN_SERVER,
        "platform": "linux",
        "opd": record.owner,
        "location": register.server_location(record.name),
        "model": record.model,
        "readiness": record.readiness,
    }
    return Host(
        record.name,
        str(record.management_address),
        _groups("servers", facts, register.opd(record.owner).stage),
        facts,
        intent,
        blocked.get(record.name, NO_OBSTACLES),
    )


def _groups(kind: str, facts: dict[str, str], stage: str) -> tuple[tuple[str | None, str], ...]:
    opd, _, location = facts["location"].partition("/")
    return (
        (kind, group_name("role", facts["role"])),
        (None, group_name("platform", facts["platform"])),
        (None, group_name("opd", facts["opd"])),
        (None, group_name("location", opd, location)),
        (None, group_name("readiness", facts["readiness"])),
        (None, group_name("stage", stage)),
    )


def _government(register: Register, folder: PurePath) -> dict[str, Any]:
    government = register.government
    return {
        "code": government.code,
        "name": government.name,
        "domain": government.domain,
        "time_zone": government.time_zone,
        "iana_time_zone": government.iana_time_zone,
        "fiscal_year": government.fiscal_year,
        "folder": str(folder),
    }


def _counts(register: Register) -> dict[str, Any]:
    waiting: dict[str, list[str]] = {}
    items: list[Device | Server] = [*register.devices, *register.servers]
    for item in items:
        if not item.in_service:
            waiting.setdefault(item.readiness, []).append(item.name)
    return {
        "not_in_service": waiting,
        "counts": {
            "devices": _count(device.readiness for device in register.devices),
            "servers": _count(record.readiness for record in register.servers),
            "opds": _count(opd.stage for opd in register.opds),
        },
    }


def _count(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))
