# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a contract costs month by month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from ...register.models import Billing, Circuit


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, self.days)

    @property
    def days(self) -> int:
        return monthrange(self.year, self.number)[1]

    def next(self) -> Month:
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"


def months(first: date, last: date) -> Iterator[Month]:
    """The calendar months from the one of ``first`` to the one of ``last``; none when ``last`` is before ``first``."""
    month = Month.of(first)
    while first <= last and month.first <= last:
        yield month
        month = month.next()


def costs(circuit: Circuit, first: date, last: date, billing: Billing) -> dict[Month, Decimal]:
    """What ``circuit`` costs between two days (both included, cut to its contract), in whole rupiah when by the day.

    ``calendar_month``: a month that was begun is paid whole. ``contract_month``: a period of a month that begins at the
    day of the month on which the contract began is paid whole, in the calendar month in which it begins; of the period
    that runs on ``first`` nothing more is due. ``daily``: a month's cost times the days, over the days of that month.
    """
    return costs_of_days(circuit, [(first, last)], billing)


def costs_of_days(circuit: Circuit, spans: Iterable[tuple[date, date]], billing: Billing) -> dict[Month, Decimal]:
    """Like `costs`, of days in several spans that do not overlap; a month that two of them touch is due once."""
    cost, found = circuit.monthly_cost, dict[Month, Decimal]()
    days: dict[Month, int] = {}
    for first, last in spans:
        start, end = max(first, circuit.contract.start), min(last, circuit.contract.end)
        if end < start:
            continue
        if billing == "contract_month":
            found |= {Month.of(day): cost for day in _periods(circuit.contract.start, end) if day >= start}
            continue
        for month in months(start, end):
            inside = (min(end, month.last) - max(start, month.first)).days + 1
            days[month] = days.get(month, 0) + inside
    for month, number in days.items():
        part = cost if billing == "calendar_month" else cost * number / month.days
        found[month] = part if billing == "calendar_month" else part.quantize(Decimal(1), ROUND_HALF_UP)
    return found


def _periods(start: date, end: date) -> Iterator[date]:
    """First days of the monthly periods; one that began on the 31st begins on a shorter month's last day."""
    month = Month.of(start)
    while (day := month.first + timedelta(days=min(start.day, month.days) - 1)) <= end:
        yield day
        month = month.next()
