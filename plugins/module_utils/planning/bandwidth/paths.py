# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way of every location to the internet: its own line, the hops in between, the backbone, the uplinks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ...register.models import Device, DevicePort, Register
from ...register.units import format_bit_rate
from .supply import DOMESTIC, INTERNATIONAL, UPLINK, Supply
from .tree import Link, by_name, narrowest


@dataclass(frozen=True)
class Paths:
    """``first`` is the first link of a location's way, by ``opd/location``; ``labels`` name links for operators.

    ``common`` are the names of the uplinks' links, which everybody's way ends with.
    """

    links: tuple[Link, ...]
    first: Mapping[str, str]
    labels: Mapping[str, str]
    common: frozenset[str]

    @cached_property
    def by_name(self) -> dict[str, Link]:
        return by_name(self.links)

    def first_of(self, ref: str) -> str:
        return self.first[ref]

    def own_limit(self, ref: str) -> Link | None:
        """The narrowest link of the way of ``ref``."""
        return narrowest(self.by_name, self.first[ref])

    def branch_limit(self, ref: str) -> Link | None:
        """The same without what everybody shares: by this an OPD's want is spread over its places.

        Were the uplinks among it, a larger one would move an OPD's want from one of its places to another.
        """
        return narrowest(self.by_name, self.first[ref], self.common)


def paths(register: Register, supply: Supply, day: date) -> Paths:
    """The links of all locations as one tree.

    A device's cables towards the border count together (LACP); where a cable's speed is not known it limits nobody. The
    way is the shortest one to a border router, the alphabet decides between equals. A location's leased main lines lie
    between its router and that cable, so a location that is reached through another one's router shares its line too. A
    location without router has only its leased lines and the uplinks.
    """
    return _Paths(register, supply, day).paths()


class _Paths:
    def __init__(self, register: Register, supply: Supply, day: date) -> None:
        self.register = register
        self.end = supply.links[-1].name
        self.links = {link.name: link for link in supply.links}
        self.common = frozenset(self.links)
        who = ", ".join(circuit.id for circuit in supply.circuits)
        words = {UPLINK: "jalur utama", INTERNATIONAL: "kapasitas internasional", DOMESTIC: "kapasitas domestik"}
        self.labels = {link.name: f"{words[link.name]} ({who})" for link in supply.links}
        self.leased: dict[str, list[tuple[str, int]]] = {}
        for line in register.circuits:
            valid = line.contract.start <= day <= line.contract.end
            # What goes through a tunnel has the tunnel's line for itself.
            ours = line.kind == "leased_line" or line.vpn is not None
            if ours and line.role == "main" and valid:
                entry = (line.id, line.capacity.usable)
                self.leased.setdefault(f"{line.opd}/{line.location}", []).append(entry)

    def paths(self) -> Paths:
        upward = dict(self._from_borders())
        first: dict[str, str] = {}
        # A data centre has no router of its own: its servers are at the core switch.
        for role in ("opd_router", "core_switch"):
            for device in sorted((d for d in self.register.devices if d.role == role), key=lambda d: d.name):
                if device.name in upward:
                    first.setdefault(device.location_ref, upward[device.name])
        for opd in self.register.opds:
            for location in opd.locations:
                ref = f"{opd.code}/{location.code}"
                if ref not in first:
                    first[ref] = self._behind_leased_line(ref, self.end)
        return Paths(tuple(self.links.values()), first, self.labels, self.common)

    def _from_borders(self) -> Iterator[tuple[str, str]]:
        """Every device that can be reached and the name of the first link of its way, nearest devices first."""
        devices = {device.name: device for device in self.register.devices}
        cables = self._cables(devices)
        tops = [d.name for d in devices.values() if d.role == "border_router"]
        tops = tops or [d.name for d in devices.values() if d.role == "core_switch"]
        distance = dict.fromkeys(sorted(tops), 0)
        found = dict.fromkeys(distance, self.end)
        ring = sorted(distance)
        while ring:
            yield from ((name, found[name]) for name in ring)
            reached: dict[str, set[str]] = {}
            for name in ring:
                for far, _, _ in cables[name]:
                    if far not in distance:
                        reached.setdefault(far, set()).add(name)
            for far, nearer in sorted(reached.items()):
                distance[far] = distance[ring[0]] + 1
                found[far] = self._upward(devices[far], sorted(nearer), cables[far], found)
            ring = sorted(reached)

    def _upward(
        self, device: Device, nearer: list[str], cables: list[tuple[str, DevicePort, DevicePort]], found: dict[str, str]
    ) -> str:
        """The core may share its traffic among all border routers; everybody else uses one way."""
        above = nearer if device.role == "core_switch" else nearer[:1]
        speeds = [_speed(near, far) for name, near, far in cables if name in above]
        known = [speed for speed in speeds if speed is not None]
        capacity = sum(known) if len(known) == len(speeds) else None
        name = f"cable:{device.name}"
        self.links[name] = Link(name, found[above[0]], capacity)
        self.labels[name] = f"sambungan {device.name} ke {', '.join(above)}"
        return self._behind_leased_line(device.location_ref, name) if device.role == "opd_router" else name

    def _behind_leased_line(self, ref: str, above: str) -> str:
        lines = self.leased.get(ref)
        if not lines:
            return above
        name = f"leased:{ref}"
        if name not in self.links:
            self.links[name] = Link(name, above, sum(capacity for _, capacity in lines))
            self.labels[name] = f"jalur sewa {', '.join(sorted(line for line, _ in lines))}"
        return name

    @staticmethod
    def _cables(devices: Mapping[str, Device]) -> dict[str, list[tuple[str, DevicePort, DevicePort]]]:
        """Every device's cables, each known from both ends though a trunk does not say who hangs behind it."""
        found: dict[str, list[tuple[str, DevicePort, DevicePort]]] = {name: [] for name in devices}
        for device in devices.values():
            for port in device.ports:
                if port.use == "link" and port.to is not None and port.to.device in devices:
                    far = devices[port.to.device].port(port.to.port)
                    if far is not None:
                        found[device.name].append((port.to.device, port, far))
                        if far.use == "trunk":
                            found[port.to.device].append((device.name, far, port))
        return found


def _speed(near: DevicePort, far: DevicePort) -> int | None:
    """The slower of both ends; what is not written is not known."""
    speeds = [port.speed for port in (near, far) if port.speed is not None]
    return min(speeds, default=None)


def described(paths: Paths, name: str) -> str:
    """``jalur sewa x (20 Mbps)`` for operators."""
    capacity = paths.by_name[name].capacity
    return paths.labels[name] + (f" {format_bit_rate(capacity)}" if capacity else "")
