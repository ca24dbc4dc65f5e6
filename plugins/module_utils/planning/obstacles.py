# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a host that is in service cannot be planned yet, in sentences for operators (Bahasa Indonesia)."""

from __future__ import annotations

from ..register.models import Device, Register, Server
from .allocations import Allocations
from .links import BORDER, CORE, OPD, core_links
from .uplinks import main_uplink

#: What puts a missing number right.
REMEDY = "jalankan playbooks/plan.yml"


def of_device(device: Device, register: Register, allocations: Allocations) -> list[str]:
    """What is missing before ``device`` can get an intent: numbers in the lock file, or ports in the register."""
    found = _shared(allocations)
    if device.name not in allocations.loopbacks:
        found.append(_missing(f"loopbacks.{device.name}"))
    found += [
        _missing(f"links.{link.key}")
        for link in core_links(register)
        if link.far.name == device.name and link.key not in allocations.links
    ]
    if not any(port.use == "management" for port in device.ports):
        found.append("tidak punya port dengan use: management; tambahkan di register/devices.yml")
    if device.role == BORDER and main_uplink(device, register) is None:
        found.append(
            "tidak punya port dengan use: uplink yang circuit-nya punya handoff; lengkapi register/devices.yml dan "
            "register/circuits.yml"
        )
    if device.role == CORE:
        found += _second_core(device, register)
    if device.role == OPD:
        found += _office(device, register, allocations)
    return found


def of_server(server: Server, allocations: Allocations) -> list[str]:
    """What is missing before ``server`` can get an intent."""
    found = _shared(allocations)
    if server.name not in allocations.servers:
        found.append(_missing(f"servers.{server.name}"))
    for use in ("management", "data_centre"):
        if not any(port.use == use for port in server.ports):
            found.append(f"tidak punya port dengan use: {use}; tambahkan di register/servers.yml")
    return found


def _shared(allocations: Allocations) -> list[str]:
    return [_missing("data_centre")] if allocations.data_centre is None else []


def _missing(key: str) -> str:
    return f"belum mendapat nomor ({key} tidak ada di allocations.yml); {REMEDY}"


def _second_core(device: Device, register: Register) -> list[str]:
    first = next(other for other in register.devices if other.role == CORE and other.in_service)
    if first.name == device.name:
        return []
    return [f"adalah core switch kedua setelah {first.name}; versi ini baru mengatur satu core switch yang in_service"]


def _office(device: Device, register: Register, allocations: Allocations) -> list[str]:
    location = device.location_ref
    found = []
    if location not in allocations.locations:
        found.append(_missing(f"locations.{location}"))
    lan_ports = [port.name for port in device.ports if port.use == "lan"]
    if len(lan_ports) != 1:
        found.append(
            f"punya {len(lan_ports)} port dengan use: lan; sebuah router OPD harus punya tepat satu (perbanyak dengan "
            "switch di kantor itu)"
        )
    first = next(
        other for other in register.devices if other.role == OPD and other.in_service and other.location_ref == location
    )
    if first.name != device.name:
        found.append(
            f"adalah router OPD kedua di {location} setelah {first.name}; satu lokasi baru boleh satu router OPD"
        )
    return found
