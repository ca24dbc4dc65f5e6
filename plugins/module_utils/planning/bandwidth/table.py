# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bandwidth plan as lines to read: a table against yesterday's plan, links, events, outages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .explain import given_for_events, outage_line, rate, reason
from .lock import PlanLock
from .outage import Outage
from .plan import BandwidthPlan

_HEADINGS = ("OPD", "diminta", "diusulkan", "disetujui", "kemarin", "jaminan", "paling tinggi", "keterangan")


def lines(plan: BandwidthPlan, before: PlanLock, without_events: BandwidthPlan, outages: Sequence[Outage]) -> list[str]:
    """Everything an operator should read before the plan is written."""
    return [
        *_table(plan, before),
        "",
        *_links(plan),
        *_events(plan, without_events),
        *_outages(outages),
        *_remarks(plan, before),
    ]


def changes(before: PlanLock, after: PlanLock) -> list[str]:
    """One line for every office whose figures change."""
    found = []
    for opd in sorted({*before.offices, *after.offices}):
        old, new = before.offices.get(opd), after.offices.get(opd)
        if old == new:
            continue
        if old is None and new is not None:
            found.append(f"baru: {opd} {rate(new.cir)} (paling tinggi {rate(new.mir)})")
        elif new is None and old is not None:
            found.append(f"dihapus: {opd} (tadinya {rate(old.cir)})")
        elif old is not None and new is not None:
            found.append(f"berubah: {opd} {_both(old.cir, new.cir)}, paling tinggi {_both(old.mir, new.mir)}")
    for event in sorted({*before.reservations, *after.reservations}):
        if event not in before.reservations:
            reserved = after.reservations[event]
            found.append(f"dipesan: acara {event} {rate(reserved.rate)} di {reserved.location}")
        elif event not in after.reservations:
            found.append(f"dilepas: acara {event} {rate(before.reservations[event].rate)}")
    return found


def _both(old: int, new: int) -> str:
    return rate(new) if old == new else f"{rate(old)} -> {rate(new)}"


def _table(plan: BandwidthPlan, before: PlanLock) -> Iterator[str]:
    rows: list[Sequence[str]] = [_HEADINGS]
    for office in plan.offices:
        record, old = office.claim.record, before.offices.get(office.opd)
        rows.append(
            (
                office.opd,
                rate(record.requested),
                rate(record.proposed),
                rate(record.granted),
                "-" if old is None else "sama" if old.cir == office.cir else rate(old.cir),
                rate(office.cir),
                rate(office.mir),
                reason(plan, office),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS) - 1)]
    for row in rows:
        first, *figures = row[:-1]
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True))]
        yield "  ".join([*cells, row[-1]])


def _links(plan: BandwidthPlan) -> Iterator[str]:
    """The shared lines always, the others when they are full."""
    shared = {link.name for link in plan.supply.links}
    full = {share.limit for office in plan.offices for share in office.locations}
    for link in plan.links:
        if link.capacity and (link.name in shared or link.name in full):
            held = f", {rate(link.reserved)} untuk acara" if link.reserved else ""
            percent = link.used * 100 // link.capacity
            yield f"{link.label}: terpakai {rate(link.used)} dari {rate(link.capacity)} ({percent}%{held})."


def _events(plan: BandwidthPlan, without: BandwidthPlan) -> Iterator[str]:
    for event in plan.events:
        yield (
            f"Acara {event.code} di {event.location_ref}, {event.days.start} sampai {event.days.end}: "
            f"{rate(event.bandwidth)} dipesan, dilepas sesudahnya."
        )
    if plan.events:
        given = [f"{opd} {rate(old)} -> {rate(new)}" for opd, old, new in given_for_events(plan, without)]
        yield f"Yang memberi: {', '.join(given)}." if given else "Tidak ada OPD yang berkurang karenanya."


def _outages(outages: Sequence[Outage]) -> Iterator[str]:
    for outage in outages:
        yield outage_line(outage)


def _remarks(plan: BandwidthPlan, before: PlanLock) -> Iterator[str]:
    for circuit in plan.supply.expired:
        contract = circuit.contract
        yield f"Perhatian: {circuit.id} tidak dihitung, kontraknya {contract.start} sampai {contract.end}."
    carrying = ", ".join(circuit.id for circuit in plan.supply.circuits)
    for circuit in plan.supply.spare:
        yield (
            f"Perhatian: {circuit.id} tidak menambah kapasitas: satu border router memakai satu jalur pada satu waktu "
            f"(sekarang {carrying}); {circuit.id} menunggu sampai jalur itu mati. Bila kontraknya memang cadangan, "
            "tulis role: backup."
        )
    waiting: dict[str, list[str]] = {}
    for opd, why in plan.claims.waiting:
        waiting.setdefault(why, []).append(opd)
    for why, opds in sorted(waiting.items()):
        yield f"Belum ikut ({why}): {', '.join(sorted(opds))}."
    for office in plan.offices:
        allocated = office.claim.record.allocated
        planned = office.cir - office.reserved
        if before.offices.get(office.opd) is None and allocated != planned:
            written = "belum diisi" if allocated is None else rate(allocated)
            yield f"{office.opd}: allocated di bandwidth.yml {written}, rencana {rate(planned)}."
    if _international_unused(plan):
        yield (
            "Kapasitas internasional lebih kecil dari domestik tetapi tidak ikut membatasi: isi "
            "rules.bandwidth.international_percent (government.yml) dari hasil pengukuran."
        )


def _international_unused(plan: BandwidthPlan) -> bool:
    smaller = any(c.capacity.international < c.capacity.domestic for c in plan.supply.circuits)
    return smaller and len(plan.supply.links) == 1
