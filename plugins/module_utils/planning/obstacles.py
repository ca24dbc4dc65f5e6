# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a host that is in service cannot get an intent yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..register.models import Device, Register, Server
from .allocations import Allocations
from .links import BORDER, CORE, OPD, core_links
from .uplinks import main_uplink

#: What puts missing numbers right.
REMEDY = "jalankan playbooks/plan.yml"


@dataclass(frozen=True)
class Obstacles:
    """``missing``: keys that the lock file lacks. ``unfit``: predicates about the host, in Bahasa Indonesia."""

    missing: tuple[str, ...]
    unfit: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.unfit)

    def about(self, host: str) -> str:
        """All of it as sentences."""
        sentences = [f"{host} {predicate}." for predicate in self.unfit]
        if self.missing:
            listed = ", ".join(self.missing)
            sentences.insert(0, f"{host} belum mendapat nomor di allocations.yml ({listed}); {REMEDY}.")
        return " ".join(sentences)


def of_device(device: Device, register: Register, allocations: Allocations) -> Obstacles:
    return Obstacles(
        missing=tuple(_missing_numbers(device, register, allocations)),
        unfit=tuple(_device_unfit(device, register)),
    )


def of_server(server: Server, allocations: Allocations) -> Obstacles:
    missing = ["data_centre"] if allocations.data_centre is None else []
    if server.name not in allocations.servers:
        missing.append(f"servers.{server.name}")
    return Obstacles(
        missing=tuple(missing),
        unfit=tuple(
            f"tidak punya port dengan use: {use}; tambahkan di register/servers.yml"
            for use in ("management", "data_centre")
            if not any(port.use == use for port in server.ports)
        ),
    )


def _missing_numbers(device: Device, register: Register, allocations: Allocations) -> Iterator[str]:
    if allocations.data_centre is None:
        yield "data_centre"
    if device.name not in allocations.loopbacks:
        yield f"loopbacks.{device.name}"
    for link in core_links(register):
        if link.far.name == device.name and link.key not in allocations.links:
            yield f"links.{link.key}"
    if device.role == OPD and device.location_ref not in allocations.locations:
        yield f"locations.{device.location_ref}"


def _device_unfit(device: Device, register: Register) -> Iterator[str]:
    if not any(port.use == "management" for port in device.ports):
        yield "tidak punya port dengan use: management; tambahkan di register/devices.yml"
    if device.role == BORDER and main_uplink(device, register) is None:
        yield (
            "tidak punya port dengan use: uplink yang circuit-nya punya handoff; lengkapi register/devices.yml dan "
            "register/circuits.yml"
        )
    if device.role == CORE:
        first = _first_in_service(device, register)
        if first != device.name:
            yield f"adalah core switch kedua setelah {first}; versi ini mengatur satu core switch"
    if device.role == OPD:
        lan_ports = sum(port.use == "lan" for port in device.ports)
        if lan_ports != 1:
            yield f"punya {lan_ports} port dengan use: lan; sebuah router OPD harus punya tepat satu"
        first = _first_in_service(device, register)
        if first != device.name:
            yield f"adalah router OPD kedua di {device.location_ref} setelah {first}; satu lokasi satu router OPD"


def _first_in_service(device: Device, register: Register) -> str:
    """The first device in service with this role (and, for an OPD router, at this location): itself or another one."""
    return next(
        other.name
        for other in register.devices
        if other.in_service
        and other.role == device.role
        and (device.role != OPD or other.location_ref == device.location_ref)
    )
