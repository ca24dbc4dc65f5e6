# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An event's reservation put in force before its first day and taken out again: which plan that is, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ...register.models import Event, Register
from .explain import given_for_events, rate
from .lock import PlanLock, locked
from .plan import BandwidthPlan, plan

Step = Literal["reserve", "release"]
#: what is reserved too early is missing to everybody until then
LEAD_DAYS = 2


@dataclass(frozen=True)
class EventPlan:
    """``wanted`` is the plan of the step, ``other`` the same day's with (release) or without (reserve) the event.

    ``devices`` in service follow one of the figures that differ, sorted by name: border routers shape downloads, the
    routers of the OPDs concerned uploads. They do not depend on what was done already, so a run that was cut off is
    finished by running it again.
    """

    event: Event
    step: Step
    day: date
    wanted: BandwidthPlan
    other: BandwidthPlan
    devices: tuple[str, ...]

    @property
    def reserving(self) -> BandwidthPlan:
        """The one of both that holds the event."""
        return self.wanted if self.step == "reserve" else self.other

    @property
    def ordinary(self) -> BandwidthPlan:
        """The one of both without it."""
        return self.other if self.step == "reserve" else self.wanted


def refused(event: Event, step: Step, today: date) -> str:
    """Why the step cannot be taken on this day; nothing when it can."""
    if step == "reserve" and event.days.end < today:
        return (
            f"acara {event.code} sudah selesai {event.days.end}. Betulkan tanggalnya di events.yml, atau lepas "
            "pesanannya dengan terpusat_event_step=release."
        )
    first = event.days.start - timedelta(days=LEAD_DAYS)
    if step == "reserve" and today < first:
        return (
            f"acara {event.code} baru mulai {event.days.start}; pesan paling cepat {first}, supaya OPD lain tidak "
            "berkurang sebelum perlu. Lihat rencananya dengan --check."
        )
    return ""


def event_plan(register: Register, event: Event, step: Step, today: date, held: PlanLock) -> EventPlan:
    """The plan of today, or before the event that of its first day, with the event or without it.

    Other events that ``held`` holds and that are still on today are kept.
    """
    day = max(today, event.days.start) if step == "reserve" else today
    day = min(day, event.days.end) if step == "reserve" else day
    kept = {other.code for other in register.events if other.code in held.reservations and other.on(today)}
    reserving = plan(register, day, also=kept | {event.code})
    ordinary = plan(register, day, also=kept, without={event.code})
    wanted, other = (reserving, ordinary) if step == "reserve" else (ordinary, reserving)
    return EventPlan(event, step, day, wanted, other, tuple(_devices(register, reserving, ordinary, held)))


def _devices(register: Register, one: BandwidthPlan, two: BandwidthPlan, held: PlanLock) -> list[str]:
    locks = [locked(one), locked(two), held]
    opds = {opd for lock in locks for opd in lock.offices}
    concerned = {opd for opd in opds if any(lock.offices.get(opd) != locks[0].offices.get(opd) for lock in locks)}
    places = {ref for lock in locks for ref in lock.locations}
    concerned |= {
        ref.partition("/")[0]
        for ref in places
        if any(lock.locations.get(ref) != locks[0].locations.get(ref) for lock in locks)
    }
    return sorted(
        device.name
        for device in register.devices
        if device.in_service
        and (device.role == "border_router" or (device.role == "opd_router" and device.opd in concerned))
    )


def giver_lines(found: EventPlan) -> Iterator[str]:
    """Who gives how much while the event lasts, and that nobody falls below what is guaranteed to him."""
    with_event, without = found.reserving, found.ordinary
    given = list(given_for_events(with_event, without))
    if not given:
        yield "Tidak ada OPD yang berkurang karenanya."
    else:
        rows = [("OPD", "biasa", "selama acara", "memberi", "jaminannya")]
        for opd, before, after in given:
            share = with_event.office(opd)
            floor = share.claim.floor if share is not None else 0
            rows.append((opd, rate(before), rate(after), rate(before - after), rate(floor)))
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        yield "Yang memberi:"
        for row in rows:
            cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
            yield "  ".join(["", row[0].ljust(widths[0]), *cells])
    below = [
        o.opd
        for o in with_event.offices
        if (usual := without.office(o.opd)) and o.cir - o.reserved < min(o.claim.floor, usual.cir)
    ]
    nothing = [o.opd for o in with_event.offices if o.cir - o.reserved <= 0 < o.claim.wanted]
    if below or nothing:
        yield f"PERHATIAN: di bawah jaminannya: {', '.join(below) or '-'}; padam: {', '.join(nothing) or '-'}."
    else:
        lowest = min(with_event.offices, key=lambda o: (o.cir - o.reserved, o.opd), default=None)
        told = f"; yang terkecil {lowest.opd} dengan {rate(lowest.cir - lowest.reserved)}" if lowest else ""
        yield f"Semua jaminan tetap utuh, tidak ada OPD yang padam{told}."
