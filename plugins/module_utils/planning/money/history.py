# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When an OPD was at which stages: from its history in the register, and from the day of its present stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...register.models import STAGES, Opd, Stage

#: from here on the central line works beside the office's own one
BOTH_LINES: tuple[Stage, ...] = STAGES[STAGES.index("parallel") :]


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` up to the one before ``until``; None when it goes on."""

    first: date
    until: date | None = None

    def reaches(self, first: date, last: date) -> bool:
        """Whether one of the days from ``first`` to ``last``, both included, lies in it."""
        return self.first <= last and (self.until is None or self.until > first)


@dataclass(frozen=True, slots=True)
class Known:
    """Since when an OPD's two lines are counted, at which stage that began, and whether that was their beginning.

    With ``dated`` False not even the day of the present stage is recorded, and ``since`` is the day of the report.
    """

    since: date
    stage: Stage
    whole: bool
    dated: bool = True


def spans(opd: Opd, stages: Sequence[Stage], today: date) -> tuple[Span, ...]:
    """The days on which ``opd`` was at one of ``stages``, as few spans as say it, in order.

    The present stage goes on. It is counted from today on where the register does not say since when, or names a day
    that has not come.
    """
    found: list[Span] = []
    for stage, span in _stages(opd, today):
        if stage not in stages:
            continue
        if found and found[-1].until == span.first:
            found[-1] = Span(found[-1].first, span.until)
        else:
            found.append(span)
    return tuple(span for span in found if span.until is None or span.first < span.until)


def spans_and_before(opd: Opd, stages: Sequence[Stage], today: date) -> tuple[Span, ...]:
    """Like `spans`, from the beginning of time where the first of ``stages`` lies before all that is recorded."""
    stage, first = _stages(opd, today)[0]
    found = spans(opd, stages, today)
    if stage in stages and (stage != stages[0] or not _dated(opd)):
        merged = [span for span in found if span.first == first.first]
        return (Span(date.min, merged[0].until if merged else first.until), *found[len(merged) :])
    return found


def known(opd: Opd, today: date) -> Known | None:
    """What the register tells of the beginning of the time with two lines; None when it tells of no such time."""
    before: Stage | None = None
    for stage, span in _stages(opd, today):
        if stage in BOTH_LINES:
            # None is skipped: who is at `parallel`, or was at an earlier stage before, began there.
            whole = _dated(opd) and (before is not None or stage == BOTH_LINES[0])
            return Known(span.first, stage, whole, _dated(opd))
        before = stage
    return None


def _dated(opd: Opd) -> bool:
    return bool(opd.stage_history) or opd.stage_since is not None


def _stages(opd: Opd, today: date) -> list[tuple[Stage, Span]]:
    """Every stage that is recorded, the present one last."""
    past = [(p.stage, Span(min(p.since, today), min(p.until, today))) for p in opd.stage_history]
    return [*past, (opd.stage, Span(min(today, opd.stage_since or today)))]
