# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events: days, computers, bandwidth, and a second line from another provider."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..draft import Draft, Entry, grouped, if_known
from ..models import Circuit, Event, EventRules
from ..problem import Problem
from ..units import format_bit_rate
from .references import missing


def check(draft: Draft) -> Iterator[Problem]:
    for event in draft.events:
        yield from _times(event)
        yield from _needs(draft, event)
        yield from _reach(draft, event)
        yield from _second_line(draft, event)
    yield from _together(draft)


def _times(event: Entry[Event]) -> Iterator[Problem]:
    with if_known:
        days = event.record.days
        if days.end < days.start:
            yield event.problem(
                ("days", "end"), f"acara selesai ({days.end}) sebelum mulai ({days.start}).", "Betulkan tanggalnya."
            )
    with if_known:
        hours = event.record.hours
        if hours is not None and hours.end <= hours.start:
            yield event.problem(
                ("hours", "end"),
                f"acara selesai pukul {hours.end:%H:%M}, tidak sesudah mulai pukul {hours.start:%H:%M}.",
                "Betulkan jamnya; acara yang melewati tengah malam ditulis sebagai dua acara.",
            )


def _needs(draft: Draft, event: Entry[Event]) -> Iterator[Problem]:
    if draft.government is None:
        return
    with if_known:
        rules: EventRules = draft.government.record.rules.events
        record = event.record
        if record.kind != "cat":
            return
        with if_known:
            need = record.computers * rules.rate_per_computer
            if record.bandwidth < need:
                yield event.warning(
                    ("bandwidth",),
                    f"{record.computers} komputer memerlukan {format_bit_rate(need)} "
                    f"({format_bit_rate(rules.rate_per_computer)} tiap komputer), tetapi yang dipesan "
                    f"{format_bit_rate(record.bandwidth)}.",
                    f"Pesan {format_bit_rate(need)}, atau ubah rules.events.rate_per_computer (government.yml).",
                )
        with if_known:
            spare = -(-record.computers * rules.spare_percent // 100)
            if record.spare < spare:
                yield event.warning(
                    ("spare",),
                    f"komputer cadangan {record.spare}, seharusnya sedikitnya {spare} ({rules.spare_percent}% dari "
                    f"{record.computers}).",
                    f"Tambah {spare - record.spare} komputer cadangan.",
                )
        with if_known:
            if record.latency_ms is not None and record.latency_ms > rules.max_latency_ms:
                yield event.warning(
                    ("latency_ms",),
                    f"latensi terukur {record.latency_ms} ms, paling besar {rules.max_latency_ms} ms.",
                    "Minta penyedia memperbaiki rutenya, atau ukur ulang lewat jalur lain.",
                )


def _reach(draft: Draft, event: Entry[Event]) -> Iterator[Problem]:
    with if_known:
        opd = draft.opds.by_name.get(event.record.opd)
        if opd is not None and not opd.record.coverage.reachable:
            yield event.warning(
                ("opd",),
                f"OPD {event.record.opd} tidak terjangkau jaringan, jadi bandwidth tidak dapat dipesan di sana.",
                "Pindahkan acara ke lokasi yang terjangkau, atau pakai jalur sendiri dan hapus acara ini.",
            )
    with if_known:
        ref, rate = event.record.location_ref, event.record.bandwidth
        lines = _lines(draft, event.record, "main")
        capacity = sum(line.record.capacity.usable for line in lines)
        if lines and rate > capacity:
            yield event.warning(
                ("bandwidth",),
                f"pesanan {format_bit_rate(rate)} tidak lewat di jalur sewa {ref} yang hanya "
                f"{format_bit_rate(capacity)} ({', '.join(line.record.id for line in lines)}).",
                "Naikkan kapasitas jalur sewa untuk hari acara, atau pindahkan acaranya.",
            )


def _lines(draft: Draft, event: Event, role: str) -> list[Entry[Circuit]]:
    return [
        line
        for line in draft.circuits
        if line.record.kind == "leased_line"
        and line.record.role == role
        and (line.record.opd, line.record.location) == (event.opd, event.location)
    ]


def _second_line(draft: Draft, event: Entry[Event]) -> Iterator[Problem]:
    if not draft.circuits.complete or not _exists(draft, event):
        return
    with if_known:
        name = event.record.second_line
        if name is None:
            yield _no_second_line(draft, event)
            return
        line = draft.circuits.by_name.get(name)
        if line is None:
            yield missing(event, ("second_line",), "jalur", name, draft.circuits.by_name, "circuits.yml")
            return
        yield from _fitting(draft, event, line)


def _exists(draft: Draft, event: Entry[Event]) -> bool:
    """Whether the place of the event is there; if not, that is told already."""
    with if_known:
        opd = draft.opds.by_name.get(event.record.opd)
        return opd is not None and opd.record.location(event.record.location) is not None
    return False


def _no_second_line(draft: Draft, event: Entry[Event]) -> Problem:
    record = event.record
    there = [
        line.record.id
        for line in draft.circuits
        if (line.record.opd, line.record.location) == (record.opd, record.location)
        and (line.record.kind == "own_subscription" or line.record.role == "backup")
    ]
    action = (
        f"Tulis 'second_line: {there[0]}' bila jalur itu memang dapat dipakai."
        if there
        else f"Catat jalur cadangan di {record.location_ref} (role: backup) dari penyedia lain di circuits.yml, "
        "lalu tulis 'second_line: …'."
    )
    return event.warning(
        (), f"acara {record.code} tidak punya jalur kedua: bila jalur utama putus, acara berhenti.", action
    )


def _fitting(draft: Draft, event: Entry[Event], line: Entry[Circuit]) -> Iterator[Problem]:
    record, circuit = event.record, line.record
    with if_known:
        if circuit.kind == "uplink":
            yield event.problem(
                ("second_line",),
                f"{circuit.id} adalah uplink bersama, bukan jalur kedua ke {record.location_ref}.",
                "Sebut jalur cadangan ke lokasi acara.",
            )
            return
    with if_known:
        if (circuit.opd, circuit.location) != (record.opd, record.location):
            yield event.problem(
                ("second_line",),
                f"{circuit.id} menuju {circuit.opd}/{circuit.location}, sedangkan acara di {record.location_ref}.",
                "Sebut jalur yang menuju lokasi acara.",
            )
    with if_known:
        contract, days = circuit.contract, record.days
        if days.start < contract.start or contract.end < days.end:
            yield event.warning(
                ("second_line",),
                f"kontrak {circuit.id} berlaku {contract.start} sampai {contract.end}, tidak menutup hari acara "
                f"({days.start} sampai {days.end}).",
                "Perpanjang jalur itu sampai sesudah acara, atau sebut jalur lain.",
            )
    with if_known:
        first = _first_providers(draft, record)
        if circuit.provider.casefold() in first:
            yield event.warning(
                ("second_line",),
                f"jalur kedua {circuit.id} dari penyedia yang sama ({circuit.provider}) dengan jalur utama "
                f"{first[circuit.provider.casefold()]}: keduanya dapat putus bersama.",
                "Pilih penyedia lain untuk jalur kedua.",
            )


def _first_providers(draft: Draft, event: Event) -> dict[str, str]:
    """Providers on the main way of the location: its leased line and the main uplinks."""
    uplinks = [line for line in draft.circuits if line.record.kind == "uplink" and line.record.role == "main"]
    lines = [*uplinks, *_lines(draft, event, "main")]
    return {line.record.provider.casefold(): line.record.id for line in lines if line.record.id != event.second_line}


def _together(draft: Draft) -> Iterator[Problem]:
    """Two events at once in one place are most often one event written twice; both are reserved all the same."""
    for ref, events in grouped(draft.events, lambda entry: entry.record.location_ref).items():
        for first, second in combinations(events, 2):
            with if_known:
                if first.record.overlaps(second.record):
                    yield second.warning(
                        ("days",),
                        f"acara {second.record.code} bersamaan dengan {first.record.code} ({first.place}) di {ref}; "
                        "pesanan keduanya dijumlahkan.",
                        "Bila itu acara yang sama, hapus salah satu; bila tidak, pastikan ruangnya memang dua.",
                    )
