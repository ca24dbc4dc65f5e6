# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of several uplinks carry at the same time: of those at one border router only the first that lives.

A border router keeps one default route, by the first of its lines in order of preference; the others wait for that one
to die. Several border routers each offer a default route to the core, so their lines carry side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .models import Circuit, Device


def usable(circuit: Circuit) -> int:
    """bit/s that the circuit carries at most."""
    return circuit.capacity.usable


def at_border(device: Device, circuits: Iterable[Circuit]) -> list[Circuit]:
    """Those of ``circuits`` that enter ``device``, in its order of preference: main before backup, then port order."""
    by_id = {circuit.id: circuit for circuit in circuits}
    found = [by_id[port.circuit] for port in device.ports if port.use == "uplink" and port.circuit in by_id]
    return sorted(found, key=lambda circuit: circuit.role != "main")


def carriers(
    devices: Iterable[Device], circuits: Sequence[Circuit], size: Callable[[Circuit], int] = usable
) -> list[Circuit]:
    """The uplinks among ``circuits`` that carry together while all of them live, in the order of ``circuits``.

    One a border router; routers in service count, or all of them while none is. When none of the circuits enters a
    router yet, it is the largest by ``size`` (the alphabet decides between equals): that is what one router can use.
    """
    borders = [device for device in devices if device.role == "border_router"]
    borders = [device for device in borders if device.in_service] or borders
    chosen = {found[0].id for border in borders if (found := at_border(border, circuits))}
    if not chosen and circuits:
        chosen = {min(circuits, key=lambda circuit: (circuit.role != "main", -size(circuit), circuit.id)).id}
    return [circuit for circuit in circuits if circuit.id in chosen]
