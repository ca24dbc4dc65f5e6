# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A government's folder in, tomorrow's bandwidth plan out: the lock file's text before and after, and what to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ...register.document import read_document
from ...register.loading import load
from ...register.models import Stage
from ...register.problem import Problem
from .explain import floors_problem
from .lock import FILE_NAME, PlanLock, lock_text, locked, read_plan_lock
from .outage import outages
from .plan import BandwidthPlan, plan
from .table import changes, lines


@dataclass(frozen=True)
class FolderBandwidth:
    """``before`` and ``after`` are the lock file's text, equal when nothing changes or when there are errors.

    ``changes`` and ``lines`` are for operators; ``problems`` also holds the register's warnings.
    """

    path: Path
    before: str
    after: str
    changes: tuple[str, ...]
    lines: tuple[str, ...]
    lock: PlanLock
    problems: tuple[Problem, ...]

    @property
    def changed(self) -> bool:
        return self.before != self.after

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)


def plan_bandwidth(folder: Path, day: date | None, first_stage: Stage = "provisioned") -> FolderBandwidth:
    """Reads only. With an error nothing is planned. ``folder`` holds ``register/``; no ``day`` is today over there."""
    path = folder / FILE_NAME
    loaded = load(folder / "register")
    lock = read_plan_lock(path)
    problems = (*loaded.problems, *lock.problems)
    if loaded.register is None or lock.lock is None:
        return FolderBandwidth(path, "", "", (), (), PlanLock(), problems)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    day = day or datetime.now(ZoneInfo(loaded.register.government.iana_time_zone)).date()
    planned = plan(loaded.register, day, first_stage=first_stage)
    if planned.overloads:
        named = tuple(_overloaded(folder, planned))
        return FolderBandwidth(path, before, before, (), (), lock.lock, (*problems, *named))
    without = plan(loaded.register, day, first_stage=first_stage, events=False) if planned.events else planned
    after = locked(planned)
    return FolderBandwidth(
        path=path,
        before=before,
        after=before if path.exists() and after == lock.lock else lock_text(after),
        changes=tuple(changes(lock.lock, after)),
        lines=tuple(lines(planned, lock.lock, without, list(outages(loaded.register, day, first_stage)))),
        lock=after,
        problems=problems,
    )


def _overloaded(folder: Path, planned: BandwidthPlan) -> Iterator[Problem]:
    """At the record of the one who asks for most; events.yml when that is an event."""
    for short in planned.overloads:
        name = short.claims[0].name
        stem, key, wanted = (
            ("events", "code", name.removeprefix("event:"))
            if name.startswith("event:")
            else ("bandwidth", "opd", name.partition("/")[0])
        )
        document = read_document(folder / "register" / f"{stem}.yml")
        records = document.data.get(stem) if isinstance(document.data, dict) else None
        found = records if isinstance(records, list) else []
        index = next((i for i, item in enumerate(found) if isinstance(item, dict) and item.get(key) == wanted), 0)
        what, action = floors_problem(planned, short)
        yield Problem(document.position((stem, index)), document.key((stem, index)), what, action)
