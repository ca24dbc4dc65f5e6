# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Contracts that end without a successor, or have ended: since when, and who goes dark (Penajam, 2017)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ...register.carriers import carriers
from ...register.models import STAGES, Circuit, Opd, Register
from ..bandwidth.paths import paths
from ..bandwidth.supply import supply
from ..bandwidth.tree import way
from .transition import own_lines

# These depend on the central line; in `parallel` the office falls back to its own line as long as it has one.
_CENTRAL = STAGES[STAGES.index("accepted") :]
_OWN = STAGES[: STAGES.index("parallel")]

Kind = Literal["dark", "reduced"]


@dataclass(frozen=True, slots=True)
class Gap:
    """From ``first`` to ``last`` (the next contract's day before, or the end of that year) nothing follows
    ``ended``; with ``reduced`` some lines remain and ``left_bps`` of ``before_bps`` with them.
    """

    ended: tuple[Circuit, ...]
    first: date
    last: date
    kind: Kind
    before_bps: int
    left_bps: int
    opds: tuple[str, ...]
    locations: tuple[str, ...]
    applications: tuple[str, ...]


def gaps(register: Register, today: date) -> list[Gap]:
    """What is dark today, and what will be: to the end of the fiscal year, and ``warning_days`` ahead at its turn."""
    horizon = max(
        date(register.government.fiscal_year, 12, 31),
        today + timedelta(days=register.government.rules.subscriptions.warning_days),
    )
    span = (register, today, horizon)
    found = [*_uplinks(*span), *_leased(*span), *_own(*span)]
    return sorted(found, key=lambda gap: (gap.first, gap.kind, [circuit.id for circuit in gap.ended]))


def without_budget_line(register: Register, today: date) -> list[Circuit]:
    """Contracts that are not over and for which no budget line is recorded."""
    return [c for c in register.circuits if not c.budget_line and c.contract.end >= today and c.monthly_cost]


def _uplinks(register: Register, today: date, horizon: date) -> Iterator[Gap]:
    lines = [c for c in register.circuits if c.kind == "uplink"]
    owned = own_lines(register)
    mains = [c for c in lines if c.role == "main"]
    for first, ended in (*_over(mains, today), *_breaks(lines, today, horizon)):
        before, left = _valid(lines, first - timedelta(days=1)), _valid(lines, max(first, today))
        main_before, main_left = _carried(register, before, "main"), _carried(register, left, "main")
        if left and main_left >= main_before:
            continue
        last = _until(register, lines, first)
        if left:
            remains = main_left or _carried(register, left, "backup")
            users = tuple(opd.code for opd in register.opds if _depends(owned, opd, first))
            yield Gap(ended, first, last, "reduced", main_before, remains, users, (), ())
        else:
            dark = [opd for opd in register.opds if _depends(owned, opd, first)]
            refs = tuple(f"{opd.code}/{location.code}" for opd in dark for location in opd.locations)
            apps = _applications(register, {server.name for server in register.servers})
            yield Gap(ended, first, last, "dark", main_before, 0, tuple(o.code for o in dark), refs, apps)


def _leased(register: Register, today: date, horizon: date) -> Iterator[Gap]:
    """A leased line carries its own location and all that are reached through its router."""
    by_place: dict[str, list[Circuit]] = {}
    for circuit in register.circuits:
        if circuit.kind == "leased_line":
            by_place.setdefault(f"{circuit.opd}/{circuit.location}", []).append(circuit)
    opds = {opd.code: opd for opd in register.opds}
    carried, owned = _Carried(register), own_lines(register)
    for ref, lines in sorted(by_place.items()):
        for first, ended in (*_over(lines, today), *_breaks(lines, today, horizon)):
            if _valid(lines, max(first, today)):
                continue
            day = first - timedelta(days=1)
            behind = carried.by(f"leased:{ref}", day)
            dark = [r for r in behind or [ref] if _depends(owned, opds[r.partition("/")[0]], first)]
            if dark:
                rooms = {r.partition("/")[2] for r in dark}
                apps = _applications(register, {s.name for s in register.servers if s.place.room in rooms})
                last = _until(register, lines, first)
                codes = tuple(dict.fromkeys(r.partition("/")[0] for r in dark))
                yield Gap(ended, first, last, "dark", _capacity(_valid(lines, day)), 0, codes, tuple(dark), apps)


class _Carried:
    """Which locations each link carries on a day; the tree of a day is made once, however many lines end then."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._days: dict[date, dict[str, list[str]]] = {}

    def by(self, link: str, day: date) -> list[str]:
        if day not in self._days:
            ways = paths(self._register, supply(self._register, day), day)
            found: dict[str, list[str]] = {}
            for ref in sorted(ways.first):
                for item in way(ways.by_name, ways.first[ref]):
                    found.setdefault(item.name, []).append(ref)
            self._days[day] = found
        return self._days[day].get(link, [])


def _own(register: Register, today: date, horizon: date) -> Iterator[Gap]:
    owned = own_lines(register)
    for opd in register.opds:
        if opd.stage not in _OWN and opd.coverage.reachable:
            continue
        by_place: dict[str, list[Circuit]] = {}
        for circuit in owned.get(opd.code, ()):
            by_place.setdefault(f"{circuit.opd}/{circuit.location}", []).append(circuit)
        for ref, lines in sorted(by_place.items()):
            for first, ended in (*_over(lines, today), *_breaks(lines, today, horizon)):
                if not _valid(lines, max(first, today)):
                    before = _capacity(_valid(lines, first - timedelta(days=1)))
                    last = _until(register, lines, first)
                    yield Gap(ended, first, last, "dark", before, 0, (opd.code,), (ref,), ())


def _over(lines: Sequence[Circuit], today: date) -> Iterator[tuple[date, tuple[Circuit, ...]]]:
    """The break behind us that nothing has followed yet: the first dark day, and what ended the day before."""
    ended = [c.contract.end for c in lines if c.contract.end < today]
    if ended and not _valid(lines, today):
        yield max(ended) + timedelta(days=1), tuple(c for c in lines if c.contract.end == max(ended))


def _breaks(lines: Sequence[Circuit], today: date, horizon: date) -> Iterator[tuple[date, tuple[Circuit, ...]]]:
    """Days on which contracts no longer hold, with those that ended the day before."""
    ends = sorted({c.contract.end for c in lines if today <= c.contract.end < horizon})
    for end in ends:
        yield end + timedelta(days=1), tuple(c for c in lines if c.contract.end == end)


def _valid(lines: Sequence[Circuit], day: date) -> list[Circuit]:
    return [c for c in lines if c.contract.start <= day <= c.contract.end]


def _capacity(lines: Sequence[Circuit]) -> int:
    return sum(c.capacity.usable for c in lines)


def _carried(register: Register, uplinks: Sequence[Circuit], role: str) -> int:
    """bit/s of those uplinks of this role that carry together."""
    return _capacity(carriers(register.devices, [c for c in uplinks if c.role == role]))


def _until(register: Register, lines: Sequence[Circuit], first: date) -> date:
    """The day before the next contract begins, at most the end of the year."""
    year_end = date(max(register.government.fiscal_year, first.year), 12, 31)
    starts = [c.contract.start for c in lines if c.contract.start > first]
    return min([year_end, *(start - timedelta(days=1) for start in starts)])


def _depends(owned: Mapping[str, Sequence[Circuit]], opd: Opd, day: date) -> bool:
    if opd.stage in _CENTRAL:
        return True
    return opd.stage == "parallel" and not _valid(owned.get(opd.code, ()), day)


def _applications(register: Register, dark: Collection[str]) -> tuple[str, ...]:
    """Applications on servers that are ``dark``, and those elsewhere that depend on one of them."""
    found = [a.code for a in register.applications if a.runs_at.server in dark]
    while True:
        more = [
            a.code for a in register.applications if a.code not in found and any(on in found for on in a.depends_on)
        ]
        if not more:
            return tuple(sorted(found))
        found += more
