# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a contract costs month by month, in each way of billing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spenders import circuit

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.money.months import Month, costs, months
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Billing

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def test_a_month_that_was_begun_is_paid_whole() -> None:
    found = costs(circuit(start="2026-01-15", end="2026-03-10"), date(2026, 1, 1), date(2026, 12, 31), "calendar_month")
    assert {str(month): int(cost) for month, cost in found.items()} == dict.fromkeys(
        ("2026-01", "2026-02", "2026-03"), 3_000_000
    )


def test_by_the_day_a_month_is_shared_out() -> None:
    found = costs(circuit(start="2026-01-15", end="2026-02-14"), date(2026, 1, 20), date(2026, 12, 31), "daily")
    assert {str(month): int(cost) for month, cost in found.items()} == {"2026-01": 1_161_290, "2026-02": 1_500_000}


def test_contract_months_fall_due_on_the_day_of_the_contract_and_at_the_end_of_short_months() -> None:
    found = costs(circuit(start="2026-01-31", end="2026-04-29"), date(2026, 2, 1), date(2026, 12, 31), "contract_month")
    assert [str(month) for month in found] == ["2026-02", "2026-03"]
    assert str(
        next(iter(costs(circuit(start="2026-11-15"), date(2026, 11, 16), date(2026, 12, 31), "contract_month")))
    ) == ("2026-12")


def test_months_go_on_over_the_year() -> None:
    assert [str(m) for m in months(date(2026, 11, 30), date(2027, 1, 1))] == ["2026-11", "2026-12", "2027-01"]
    assert list(months(date(2026, 2, 1), date(2026, 1, 31))) == []


@given(DAYS, DAYS)
def test_by_the_day_never_costs_more_than_by_the_month_and_both_stay_within_the_contract(
    one: date, other: date
) -> None:
    line = circuit(start="2025-03-07", end="2027-05-20")
    first, last = sorted((one, other))
    daily, monthly = costs(line, first, last, "daily"), costs(line, first, last, "calendar_month")
    assert daily.keys() == monthly.keys()
    assert all(0 < daily[month] <= monthly[month] for month in daily)
    assert all(Month(2025, 3) <= month <= Month(2027, 5) for month in daily)


@given(DAYS, st.integers(0, 400))
@pytest.mark.parametrize("billing", ["calendar_month", "contract_month", "daily"])
def test_a_later_end_never_costs_less(billing: Billing, end: date, more: int) -> None:
    line = circuit(start="2023-01-31", end="2030-12-31")
    shorter = costs(line, date(2024, 1, 1), end, billing)
    longer = costs(line, date(2024, 1, 1), end + timedelta(days=more), billing)
    assert all(longer[month] >= cost for month, cost in shorter.items())


@given(DAYS, DAYS)
def test_whole_contract_months_are_as_many_as_periods_begin(start: date, end: date) -> None:
    line = circuit(start=start.isoformat(), end=max(start, end).isoformat())
    found = costs(line, start, max(start, end), "contract_month")
    assert found[Month.of(start)] == Decimal(3_000_000)
    assert len(found) <= (line.contract.end.year - start.year) * 12 + line.contract.end.month - start.month + 1
