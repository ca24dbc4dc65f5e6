# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A government's folder and an event's code in; what a step would change, or what is not ready yet, out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ...register.loading import load
from ...register.models import Event, Register
from ...register.render import count_line, render
from ..acceptance.archive import results
from ..acceptance.measurement import Measurement
from .event_steps import EventPlan, Step, event_plan, giver_lines, refused
from .explain import floors_problem, outage_line, rate
from .lock import FILE_NAME, PlanLock, lock_text, locked, read_plan_lock
from .outage import outages
from .readiness import Shown, lines, readiness, ready
from .table import changes


class EventError(Exception):
    """What is wrong and what to do, in Bahasa Indonesia."""


@dataclass(frozen=True)
class EventFolder:
    """What is known before any step. Raises `EventError` while it is read."""

    path: Path
    register: Register
    held: PlanLock
    before: str
    event: Event
    today: date

    @classmethod
    def read(cls, folder: Path, code: str, today: date | None = None) -> EventFolder:
        """``folder`` holds ``register/``; no ``today`` is today over there."""
        path = folder / FILE_NAME
        loaded, lock = load(folder / "register"), read_plan_lock(path)
        if loaded.register is None or lock.lock is None:
            problems = (*loaded.problems, *lock.problems)
            raise EventError(f"Register belum dapat dipakai ({count_line(problems)}).\n\n{render(problems)}\n")
        register = loaded.register
        event = next((event for event in register.events if event.code == code), None)
        if event is None:
            known = ", ".join(sorted(event.code for event in register.events)) or "belum ada satu pun"
            raise EventError(
                f"acara '{code}' tidak ada di register/events.yml. Yang tercatat: {known}. Sebut dengan "
                "-e terpusat_event=<kode>."
            )
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        now = datetime.now(ZoneInfo(register.government.iana_time_zone)).date()
        return cls(path, register, lock.lock, before, event, today or now)

    def step(self, step: Step, *, dry: bool) -> Changed:
        """The plan of reserve or release. Raises `EventError` for what cannot be planned or is too early or late.

        ``dry``: nothing will be written, so that too early is said and shown all the same.
        """
        why = refused(self.event, step, self.today)
        if why and not (dry and self.today < self.event.days.start):
            raise EventError(why)
        found = event_plan(self.register, self.event, step, self.today, self.held)
        if found.wanted.overloads:
            what, action = floors_problem(found.wanted, found.wanted.overloads[0])
            raise EventError(f"Rencana {found.day} tidak dapat dibuat: {what} {action} {self.path.name} tidak diubah.")
        after = locked(found.wanted)
        text = self.before if self.before and after == self.held else lock_text(after)
        return Changed(self, found, text, tuple(changes(self.held, after)), why)

    def verify(self, latency: tuple[float, str] | None) -> tuple[bool, list[str]]:
        """Whether everything is ready, and the list with what the event costs the others."""
        found = readiness(self.register, self.event, self.held, self.today, Shown(latency, self.tested()))
        told = lines(self.event, found)
        day = max(self.event.days.start, min(self.today, self.event.days.end))
        shares = event_plan(self.register, self.event, "reserve", day, self.held)
        if not shares.wanted.overloads and not shares.other.overloads:
            told += ["", f"Rencana pada {day}:", *giver_lines(shares)]
            told += [outage_line(item) for item in outages(self.register, day, also={self.event.code})]
        return ready(found), told

    def tested(self) -> Measurement | None:
        """The last acceptance test of the place over the central line that is not older than the rules allow."""
        oldest = self.today - timedelta(days=self.register.government.rules.rollout.measurement_days)
        zone = ZoneInfo(self.register.government.iana_time_zone)
        fitting = [
            one
            for one in results(self.path.parent)
            if isinstance(one, Measurement)
            and one.location == self.event.location_ref
            and one.line == "central"
            and oldest <= one.taken.astimezone(zone).date() <= self.today
        ]
        return max(fitting, key=lambda one: one.taken, default=None)


@dataclass(frozen=True)
class Changed:
    """``after`` is the lock file's text, equal to what stands there when nothing changes. ``early``: why not yet."""

    folder: EventFolder
    found: EventPlan
    after: str
    changes: tuple[str, ...]
    early: str = ""

    @property
    def changed(self) -> bool:
        return self.after != self.folder.before

    def lines(self, *, dry: bool) -> list[str]:
        """What a person reads before and after the step."""
        event, found = self.folder.event, self.found
        what = "dipesan" if found.step == "reserve" else "dilepas"
        told = [
            f"Acara {event.code} ({event.name}) di {event.location_ref}, {event.days.start} sampai {event.days.end}: "
            f"{rate(event.bandwidth)} {'akan ' if dry else ''}{what}, menurut rencana {found.day}."
        ]
        if found.step == "reserve":
            told += giver_lines(found)
            told += [outage_line(item) for item in outages(self.folder.register, found.day, also={event.code})]
        elif event.on(self.folder.today):
            told.append(
                f"Hari ini masih hari acara; playbooks/bandwidth.yml akan memesannya lagi sampai {event.days.end}."
            )
        told += [f"  {line}" for line in self.changes] or [f"{self.folder.path.name} sudah sesuai."]
        devices = ", ".join(found.devices) or "tidak ada"
        told.append(f"Perangkat yang {'akan ' if dry else ''}disesuaikan: {devices}.")
        if self.early:
            told.append(f"BELUM WAKTUNYA: {self.early}")
        return told
