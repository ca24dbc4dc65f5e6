# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is allocated must have been granted, and must fit through the line."""

from __future__ import annotations

from collections.abc import Iterator

from ..carriers import carriers
from ..draft import Draft, Entry, Section, grouped, if_known
from ..models import Bandwidth, Circuit, UnknownFieldError
from ..problem import Problem
from ..units import format_bit_rate

_NAMED_AT_MOST = 5


def check(draft: Draft) -> Iterator[Problem]:
    yield from _granted(draft.bandwidth)
    yield from _bounds(draft.bandwidth)
    yield from _floors(draft)
    yield from _uplinks(draft)
    yield from _leased_lines(draft)
    yield from _routers_without_allocation(draft)


def _granted(records: Section[Bandwidth]) -> Iterator[Problem]:
    for entry in records:
        with if_known:
            allocated, granted = entry.record.allocated, entry.record.granted
            if allocated is None:
                continue
            if granted is None:
                yield entry.problem(
                    ("allocated",),
                    f"allocated {format_bit_rate(allocated)} tanpa granted: yang dipasang harus sudah disetujui.",
                    "Tambahkan granted sesuai anggarannya, atau hapus allocated.",
                )
            elif allocated > granted:
                yield entry.problem(
                    ("allocated",),
                    f"allocated {format_bit_rate(allocated)} melebihi granted {format_bit_rate(granted)}.",
                    f"Turunkan allocated menjadi {format_bit_rate(granted)} atau kurang, atau betulkan granted bila "
                    "anggarannya sudah bertambah.",
                )


def _bounds(records: Section[Bandwidth]) -> Iterator[Problem]:
    """floor <= granted, floor <= ceiling, allocated <= ceiling."""
    for entry in records:
        for low, high, action in (
            ("floor", "granted", "Turunkan floor, atau betulkan granted bila anggarannya memang ada."),
            ("floor", "ceiling", "Turunkan floor, atau naikkan ceiling."),
            ("allocated", "ceiling", "Turunkan allocated, atau naikkan ceiling."),
        ):
            with if_known:
                lower, upper = getattr(entry.record, low), getattr(entry.record, high)
                if lower is not None and upper is not None and lower > upper:
                    yield entry.problem(
                        (low,), f"{low} {format_bit_rate(lower)} melebihi {high} {format_bit_rate(upper)}.", action
                    )


def _floors(draft: Draft) -> Iterator[Problem]:
    uplinks = _carrying(draft)
    if not uplinks:
        return
    capacity = sum(circuit.capacity.usable for circuit in uplinks)
    floors: list[tuple[int, Entry[Bandwidth]]] = []
    for entry in draft.bandwidth:
        with if_known:
            if entry.record.floor and entry.record.opd:
                floors.append((entry.record.floor, entry))
    floors.sort(key=lambda item: -item[0])
    total = sum(floor for floor, _ in floors)
    if total > capacity:
        named = ", ".join(f"{entry.record.opd} {format_bit_rate(floor)}" for floor, entry in floors[:_NAMED_AT_MOST])
        rest = len(floors) - _NAMED_AT_MOST
        yield floors[0][1].problem(
            ("floor",),
            f"jumlah floor {format_bit_rate(total)} melebihi kapasitas jalur utama {format_bit_rate(capacity)}: {named}"
            + (f", dan {rest} OPD lain." if rest > 0 else "."),
            f"Turunkan floor sebanyak {format_bit_rate(total - capacity)}, atau tambah kapasitas di circuits.yml.",
        )


def _carrying(draft: Draft) -> list[Circuit] | None:
    """The main uplinks that carry together; None when that cannot be told."""
    if not draft.circuits.complete or not draft.devices.complete:
        return None
    try:
        circuits = [entry.record for entry in draft.circuits]
        mains = [c for c in circuits if c.kind == "uplink" and c.role == "main" and c.capacity.usable]
        return carriers([entry.record for entry in draft.devices], mains)
    except UnknownFieldError:
        return None


def _uplinks(draft: Draft) -> Iterator[Problem]:
    uplinks = _carrying(draft)
    if not uplinks:
        return
    capacity = sum(circuit.capacity.usable for circuit in uplinks)
    known: list[tuple[int, Entry[Bandwidth]]] = []
    for entry in draft.bandwidth:
        with if_known:
            if entry.record.allocated and entry.record.opd:
                known.append((entry.record.allocated, entry))
    known.sort(key=lambda item: -item[0])
    total = sum(allocated for allocated, _ in known)
    if total <= capacity:
        return
    named = [f"{entry.record.opd} {format_bit_rate(allocated)}" for allocated, entry in known[:_NAMED_AT_MOST]]
    rest = len(known) - len(named)
    who = ", ".join(named) + (f", dan {rest} OPD lain" if rest else "")
    yield known[0][1].problem(
        ("allocated",),
        f"jumlah allocated {format_bit_rate(total)} melebihi kapasitas jalur utama {format_bit_rate(capacity)} "
        f"({', '.join(circuit.id for circuit in uplinks)}). Pemakainya: {who}.",
        f"Kurangi alokasi sebanyak {format_bit_rate(total - capacity)}, atau tambah kapasitas jalur di circuits.yml.",
    )


def _leased_lines(draft: Draft) -> Iterator[Problem]:
    lines = grouped(
        draft.circuits,
        lambda c: c.record.opd if c.record.kind == "leased_line" and c.record.role == "main" else None,
    )
    for opd, circuits in lines.items():
        with if_known:
            entry = draft.bandwidth.by_name.get(opd)
            capacity = sum(circuit.record.capacity.usable for circuit in circuits)
            allocated = None if entry is None else entry.record.allocated
            if entry is not None and allocated is not None and allocated > capacity:
                yield entry.warning(
                    ("allocated",),
                    f"allocated {format_bit_rate(allocated)} tidak akan tercapai: jalur sewa {opd} hanya "
                    f"{format_bit_rate(capacity)} ({', '.join(circuit.record.id for circuit in circuits)}).",
                    "Turunkan allocated, atau naikkan kapasitas jalur sewanya.",
                )


def _routers_without_allocation(draft: Draft) -> Iterator[Problem]:
    """A router in service needs to know what to shape to; before that nothing has to be decided."""
    if not draft.bandwidth.complete:
        return
    told: set[str] = set()
    for device in draft.devices:
        with if_known:
            opd = device.record.opd
            if device.record.role != "opd_router" or not device.record.in_service or opd in told:
                continue
            told.add(opd)
            record = draft.bandwidth.by_name.get(opd)
            if record is not None and record.record.allocated is None:
                yield record.problem(
                    ("allocated",),
                    f"allocated belum diisi, padahal router {device.record.name} sudah in_service.",
                    f"Isi allocated (dan granted) untuk {opd}, atau kembalikan readiness {device.record.name} di "
                    "devices.yml.",
                )
            elif record is None and opd in draft.opds.by_name:
                yield device.problem(
                    ("opd",),
                    f"{device.record.name} sudah in_service tetapi OPD {opd} belum punya catatan bandwidth.",
                    f"Tambahkan '- opd: {opd}' dengan requested, proposed, granted, dan allocated ke bandwidth.yml.",
                )
