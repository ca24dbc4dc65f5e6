# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a host that is in service cannot get an intent yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..register.models import Device, Register, Server
from .allocations import Allocations
from .links import BORDER, CORE, OPD, core_links
from .network6 import missing_numbers6
from .tunnels import tunnels
from .uplinks import main_uplink

_LONGEST = 15  # IFNAMSIZ of Linux is 16 with the closing zero byte
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


def obstacles(register: Register, allocations: Allocations) -> dict[str, Obstacles]:
    """Host that is in service -> what stands in its way. Hosts without obstacles are not in the answer."""
    link_keys: dict[str, list[str]] = {}
    for link in core_links(register):
        link_keys.setdefault(link.far.name, []).append(link.key)
    for tunnel in tunnels(register):
        link_keys.setdefault(tunnel.far.name, []).append(tunnel.key)
    first: dict[str, str] = {}
    for device in register.devices:
        if device.in_service:
            first.setdefault(_post(device), device.name)
    found = {
        device.name: Obstacles(
            missing=(
                *_missing_numbers(device, link_keys.get(device.name, ()), allocations),
                *_missing_segments(device, register, allocations),
                *_missing_ipv6(device, register, link_keys.get(device.name, []), allocations),
            ),
            unfit=tuple(_device_unfit(device, register, first[_post(device)])),
        )
        for device in register.devices
        if device.in_service
    }
    found |= {server.name: _of_server(server, allocations) for server in register.servers if server.in_service}
    return {name: in_the_way for name, in_the_way in found.items() if in_the_way}


def _post(device: Device) -> str:
    """What only one device can be: the core switch, the OPD router of a location. Borders may be several."""
    if device.role == OPD:
        return device.location_ref
    return device.role if device.role == CORE else device.name


def _of_server(server: Server, allocations: Allocations) -> Obstacles:
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


def _missing_numbers(device: Device, link_keys: Iterable[str], allocations: Allocations) -> Iterator[str]:
    if allocations.data_centre is None:
        yield "data_centre"
    if device.name not in allocations.loopbacks:
        yield f"loopbacks.{device.name}"
    yield from (f"links.{key}" for key in link_keys if key not in allocations.links)
    if device.role == OPD and device.location_ref not in allocations.locations:
        yield f"locations.{device.location_ref}"


def _missing_segments(device: Device, register: Register, allocations: Allocations) -> Iterator[str]:
    numbers = allocations.locations.get(device.location_ref)
    if device.role != OPD or numbers is None:
        return
    location = register.opd(device.opd).location(device.location)
    for segment in location.segments if location is not None else ():
        if segment not in numbers.segments:
            yield f"locations.{device.location_ref}.segments.{segment}"


def _missing_ipv6(device: Device, register: Register, link_keys: list[str], allocations: Allocations) -> Iterator[str]:
    if register.government.dual_stack:
        place = device.location_ref if device.role == OPD else None
        yield from missing_numbers6(device.name, link_keys, place, allocations)


def _device_unfit(device: Device, register: Register, first: str) -> Iterator[str]:
    """``first`` is the first device in service at this device's post: itself or another one."""
    if not any(port.use == "management" for port in device.ports):
        yield "tidak punya port dengan use: management; tambahkan di register/devices.yml"
    if device.role == BORDER and main_uplink(device, register) is None:
        yield (
            "tidak punya port dengan use: uplink yang circuit-nya punya handoff; lengkapi register/devices.yml dan "
            "register/circuits.yml"
        )
    if device.role == CORE and first != device.name:
        yield f"adalah core switch kedua setelah {first}; versi ini mengatur satu core switch"
    if device.role == OPD:
        lan_ports = sum(port.use == "lan" for port in device.ports)
        if lan_ports != 1:
            yield f"punya {lan_ports} port dengan use: lan; sebuah router OPD harus punya tepat satu"
        yield from _long_names(device, register)
        if first != device.name:
            yield f"adalah router OPD kedua di {device.location_ref} setelah {first}; satu lokasi satu router OPD"


def _long_names(device: Device, register: Register) -> Iterator[str]:
    """A VLAN is named after its port, and Linux takes 15 characters."""
    location = register.opd(device.opd).location(device.location)
    for port in device.ports:
        if device.platform != "linux" or port.use != "lan" or location is None:
            continue
        for segment in location.segments:
            name = f"{port.name}.{getattr(register.government.vlans.segments, segment)}"
            if len(name) > _LONGEST:
                yield (
                    f"tidak dapat memuat segmen {segment}: nama {name} {len(name)} huruf, Linux hanya menerima "
                    f"{_LONGEST}; beri port {port.name} nama yang lebih pendek di perangkat dan di register/devices.yml"
                )
