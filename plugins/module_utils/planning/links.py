# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The links between network devices, read from the ports of both ends; several cables of one bundle are one link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..register.models import Device, DevicePort, Register

CORE = "core_switch"
BORDER = "border_router"
OPD = "opd_router"


@dataclass(frozen=True)
class Link:
    """A link between the core switch and another device, whatever the readiness of either.

    ``core_port`` and ``far_port`` are the ends of its first cable, in the order of the register; ``cables`` are all, in
    pairs of core end and far end. One cable unless both ends bundle several (LACP, IEEE 802.1AX).
    """

    core: Device
    core_port: DevicePort
    far: Device
    far_port: DevicePort
    cables: tuple[tuple[DevicePort, DevicePort], ...] = ()

    @property
    def key(self) -> str:
        """Name of the link in the lock file: the end that is not the core switch. More cables do not change it."""
        return f"{self.far.name}:{self.far_port.name}"

    @property
    def core_interface(self) -> str:
        """The port of the core switch, or the aggregate of its ports."""
        return self.core_port.interface

    @property
    def far_interface(self) -> str:
        """The port of the other device, or the aggregate of its ports."""
        return self.far_port.interface

    @property
    def core_members(self) -> list[str]:
        """Ports of the core switch that its aggregate is made of; empty without one."""
        return [core.name for core, _ in self.cables if core.bundle]

    @property
    def far_members(self) -> list[str]:
        """Ports of the other device that its aggregate is made of; empty without one."""
        return [far.name for _, far in self.cables if far.bundle]

    @property
    def tagged(self) -> bool:
        """Whether its VLAN goes over a trunk to a second switch, behind which the other device is."""
        return self.core_port.use == "trunk"


def core_links(register: Register) -> list[Link]:
    """All links with exactly one end at a core switch, in the order of the register's devices and ports."""
    cables: dict[tuple[str, str, str], list[tuple[Device, DevicePort, Device, DevicePort]]] = {}
    for core, core_port, far, far_port in _cables(register):
        cables.setdefault((far.name, core.name, far_port.interface), []).append((core, core_port, far, far_port))
    return [Link(*first, tuple((core, far) for _, core, _, far in (first, *more))) for first, *more in cables.values()]


def _cables(register: Register) -> Iterator[tuple[Device, DevicePort, Device, DevicePort]]:
    core_ends = {
        (core.name, port.name): (core, port) for core in register.devices if core.role == CORE for port in core.ports
    }
    for far in register.devices:
        if far.role == CORE:
            continue
        for far_port in far.ports:
            if far_port.use != "link" or far_port.to is None:
                continue
            core_end = core_ends.get((far_port.to.device, far_port.to.port))
            if core_end is not None:
                yield *core_end, far, far_port
