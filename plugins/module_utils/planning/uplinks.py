# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which circuit a border router uses to reach the internet."""

from __future__ import annotations

from dataclasses import dataclass

from ..register.models import Circuit, Device, DevicePort, Handoff, Register


@dataclass(frozen=True)
class Uplink:
    port: DevicePort
    circuit: Circuit
    handoff: Handoff


def uplinks(device: Device, register: Register) -> list[Uplink]:
    """The uplinks of ``device`` that can be used, main circuits before backup ones, then in port order."""
    circuits = {circuit.id: circuit for circuit in register.circuits}
    found = []
    for port in device.ports:
        circuit = circuits.get(port.circuit or "")
        if port.use == "uplink" and circuit is not None and circuit.handoff is not None:
            found.append(Uplink(port, circuit, circuit.handoff))
    return sorted(found, key=lambda uplink: uplink.circuit.role != "main")


def main_uplink(device: Device, register: Register) -> Uplink | None:
    """The one uplink this version routes over, None when the device has none."""
    return next(iter(uplinks(device, register)), None)
