# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The links between network devices, read from the ports of both ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..register.models import Device, DevicePort, Register

CORE = "core_switch"
BORDER = "border_router"
OPD = "opd_router"


@dataclass(frozen=True)
class Link:
    """A link between the core switch and another device, whatever the readiness of either."""

    core: Device
    core_port: DevicePort
    far: Device
    far_port: DevicePort

    @property
    def key(self) -> str:
        """Name of the link in the lock file: the end that is not the core switch."""
        return f"{self.far.name}:{self.far_port.name}"


def core_links(register: Register) -> list[Link]:
    """All links with exactly one end at a core switch, in the order of the register's devices and ports."""
    return list(_from_far_ends(register))


def _from_far_ends(register: Register) -> Iterator[Link]:
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
                yield Link(*core_end, far, far_port)
