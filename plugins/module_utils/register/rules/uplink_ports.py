# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports and circuits: an uplink port names its line, and no line enters twice."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, Entry, if_known
from ..models import Device, DevicePort
from ..problem import Problem
from .references import missing

# Kinds of circuit that may end on a port of this use.
_CIRCUIT_KINDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("border_router", "uplink"): ("uplink",),
    ("border_router", "link"): ("leased_line",),
    ("core_switch", "link"): ("leased_line",),
    ("opd_router", "link"): ("leased_line",),
    ("opd_router", "uplink"): ("own_subscription", "leased_line"),
}


def check(draft: Draft) -> Iterator[Problem]:
    used: dict[str, str] = {}
    for device in draft.devices:
        with if_known:
            for index, port in enumerate(device.record.ports):
                with if_known:
                    yield from _port(draft, device, index, port, used)


def _port(draft: Draft, device: Entry[Device], index: int, port: DevicePort, used: dict[str, str]) -> Iterator[Problem]:
    keys = ("ports", index, "circuit")
    name = port.circuit
    if name is None:
        if port.use == "uplink":
            yield device.problem(
                ("ports", index),
                f"port uplink {port.name} tidak menyebut jalurnya.",
                "Tambahkan 'circuit: …' dengan id jalur dari circuits.yml.",
            )
        return
    allowed = _CIRCUIT_KINDS.get((device.record.role, port.use))
    if allowed is None:
        yield device.problem(keys, f"port {port.use} tidak dimasuki jalur.", "Hapus 'circuit', atau betulkan 'use'.")
        return
    circuit = draft.circuits.by_name.get(name)
    if circuit is None:
        if draft.circuits.complete:
            yield missing(device, keys, "jalur", name, draft.circuits.by_name, "circuits.yml")
        return
    if port.use == "uplink":
        here = f"{device.record.name}:{port.name}"
        first = used.setdefault(name, here)
        if first != here:
            yield device.problem(
                keys,
                f"jalur {name} sudah masuk di {first}.",
                "Satu jalur masuk di satu port; betulkan salah satunya.",
            )
    if circuit.record.kind not in allowed:
        wanted = " atau ".join(allowed)
        yield device.problem(
            keys,
            f"jalur {name} berjenis {circuit.record.kind}, sedangkan port {port.use} memerlukan {wanted}.",
            f"Pilih jalur berjenis {wanted}, atau betulkan 'kind' di {circuit.place}.",
        )
    elif port.use == "uplink" and device.record.role == "opd_router":
        place = (device.record.opd, device.record.location)
        if (circuit.record.opd, circuit.record.location) != place:
            yield device.problem(
                keys,
                f"jalur {name} milik {circuit.record.opd}/{circuit.record.location}, tetapi masuk di router "
                f"{'/'.join(place)}.",
                f"Pilih jalur lokasi itu, atau betulkan opd dan location di {circuit.place}.",
            )
