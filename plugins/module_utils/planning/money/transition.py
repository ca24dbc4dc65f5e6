# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offices that pay for two lines at once, and until when their own one can be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from ...register.models import STAGES, Circuit, Opd, Register
from .history import BOTH_LINES, Known, Span, known, spans, spans_and_before
from .months import Month, costs, costs_of_days

_CONNECTED = STAGES[STAGES.index("provisioned") :]
_MAY_END = ("cutover", "terminated")

Verdict = Literal["send", "late", "overdue", "decide", "renew", "ended"]


@dataclass(frozen=True, slots=True)
class DoubleMonth:
    """One OPD in one calendar month, in rupiah. ``central``: its leased lines and its part of the uplinks."""

    opd: str
    month: Month
    own: Decimal
    central: Decimal
    circuits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoubleTotal:
    """``DoubleMonth``s added up, in rupiah: ``past`` months before that of the report, ``coming`` from it on."""

    past: Decimal
    coming: Decimal
    central: Decimal

    @property
    def own(self) -> Decimal:
        return self.past + self.coming


@dataclass(frozen=True, slots=True)
class Ending:
    """``latest`` is the last working day on which the letter may arrive. National holidays are not known here.

    ``send``: the letter may be sent. ``late``: that day has passed, ``earliest_end`` is what is still to be had.
    ``overdue``: the OPD is terminated and the contract still runs. ``decide``: the central line is not accepted yet, so
    prolong or hurry. ``renew``: the OPD depends on this line. ``ended``: the contract is over.
    """

    circuit: Circuit
    opd: Opd
    latest: date
    earliest_end: date
    verdict: Verdict


def double_spending(register: Register, today: date) -> list[DoubleMonth]:
    """Every day with two lines that the register tells of (`history`), to the end of each own contract."""
    found = []
    owned, central = own_lines(register), _Central(register, today)
    for opd in register.opds:
        if not opd.coverage.reachable or not (both := spans(opd, BOTH_LINES, today)):
            continue
        own: dict[Month, Decimal] = {}
        names: dict[Month, list[str]] = {}
        for circuit in owned.get(opd.code, ()):
            billing = register.government.rules.subscriptions.billing
            days = [_days(span, circuit.contract.end) for span in both]
            for month, cost in costs_of_days(circuit, days, billing).items():
                own[month] = own.get(month, Decimal(0)) + cost
                names.setdefault(month, []).append(circuit.id)
        for month in sorted(own):
            names_then = tuple(sorted(names[month]))
            found.append(DoubleMonth(opd.code, month, own[month], central.cost(opd.code, month), names_then))
    return sorted(found, key=lambda row: (row.opd, row.month))


def counted_since(register: Register, today: date) -> dict[str, Known]:
    """By OPD, since when `double_spending` can count."""
    found = {opd.code: known(opd, today) for opd in register.opds if opd.coverage.reachable}
    return {code: told for code, told in found.items() if told is not None}


def totals[K](rows: Iterable[DoubleMonth], today: date, of: Callable[[DoubleMonth], K]) -> dict[K, DoubleTotal]:
    """The rows added up by whatever ``of`` says of them, in the order in which that appears."""
    groups: dict[K, list[DoubleMonth]] = {}
    for row in rows:
        groups.setdefault(of(row), []).append(row)
    nothing, this_month = Decimal(0), Month.of(today)
    return {
        key: DoubleTotal(
            past=sum((row.own for row in group if row.month < this_month), nothing),
            coming=sum((row.own for row in group if row.month >= this_month), nothing),
            central=sum((row.central for row in group), nothing),
        )
        for key, group in groups.items()
    }


def endings(register: Register, today: date) -> list[Ending]:
    """Every own subscription of an office that the network reaches, the first that must be acted on first."""
    opds = {opd.code: opd for opd in register.opds}
    found = []
    for circuit in register.circuits:
        opd = opds.get(circuit.opd or "")
        if circuit.kind == "own_subscription" and opd is not None and opd.coverage.reachable:
            found.append(_ending(circuit, opd, today, register.government.rules.subscriptions.notice_days))
    return sorted(found, key=lambda ending: (ending.latest, ending.circuit.id))


def latest_day(end: date, notice_days: int) -> date:
    """``end`` less the notice; a Saturday or Sunday becomes the Friday before."""
    day = end - timedelta(days=notice_days)
    return day - timedelta(days=max(0, day.weekday() - 4))


def own_lines(register: Register) -> dict[str, tuple[Circuit, ...]]:
    """The subscriptions that OPDs pay themselves, by OPD."""
    found: dict[str, tuple[Circuit, ...]] = {}
    for circuit in register.circuits:
        if circuit.kind == "own_subscription" and circuit.opd is not None:
            found[circuit.opd] = (*found.get(circuit.opd, ()), circuit)
    return found


class _Central:
    """What the central line costs an OPD in a month: its leased lines, of the uplinks a part by what was granted.

    The uplinks are shared by those who were connected in that month; what is granted is known as of today only.
    """

    def __init__(self, register: Register, today: date) -> None:
        self._billing = register.government.rules.subscriptions.billing
        self._granted = {record.opd: record.granted or 0 for record in register.bandwidth}
        self._connected = {
            opd.code: spans_and_before(opd, _CONNECTED, today)
            for opd in register.opds
            if opd.coverage.reachable and self._granted.get(opd.code)
        }
        self._uplinks = [circuit for circuit in register.circuits if circuit.kind == "uplink"]
        self._leased: dict[str, list[Circuit]] = {}
        for circuit in register.circuits:
            if circuit.kind == "leased_line" and circuit.opd is not None:
                self._leased.setdefault(circuit.opd, []).append(circuit)
        self._shared: dict[Month, Decimal] = {}
        self._together: dict[Month, int] = {}

    def cost(self, opd: str, month: Month) -> Decimal:
        """Whole rupiah."""
        if month not in self._shared:
            self._shared[month] = self._sum(self._uplinks, month)
            self._together[month] = sum(self._granted[code] for code in self._connected if self._had(code, month))
        granted = self._granted[opd] if self._had(opd, month) else 0
        part = Decimal(granted) / max(1, self._together[month])
        whole = self._shared[month] * part + self._sum(self._leased.get(opd, ()), month)
        return whole.quantize(Decimal(1), ROUND_HALF_UP)

    def _had(self, opd: str, month: Month) -> bool:
        return any(span.reaches(month.first, month.last) for span in self._connected.get(opd, ()))

    def _sum(self, circuits: Iterable[Circuit], month: Month) -> Decimal:
        nothing = Decimal(0)
        return sum((costs(c, month.first, month.last, self._billing).get(month, nothing) for c in circuits), nothing)


def _days(span: Span, end: date) -> tuple[date, date]:
    """First and last day, both included, of what lies before the end of a contract."""
    return span.first, end if span.until is None else min(end, span.until - timedelta(days=1))


def _ending(circuit: Circuit, opd: Opd, today: date, notice_days: int) -> Ending:
    end = circuit.contract.end
    latest = latest_day(end, notice_days)
    verdict: Verdict
    if end < today:
        verdict = "ended"
    elif opd.stage == "terminated":
        verdict = "overdue"
    elif opd.stage not in _MAY_END:
        verdict = "decide" if opd.stage in BOTH_LINES else "renew"
    else:
        verdict = "send" if today <= latest else "late"
    return Ending(circuit, opd, latest, max(end, today + timedelta(days=notice_days)), verdict)
