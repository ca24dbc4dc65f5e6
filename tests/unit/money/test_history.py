# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The time with two lines, from the stages that an office went through, also backwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spenders import government, line, office, own

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.money.history import (
    BOTH_LINES,
    Known,
    Span,
    known,
    spans,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.money.transition import (
    DoubleMonth,
    counted_since,
    double_spending,
    totals,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import STAGES, Opd, Register
from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.spending import spending_report

TODAY = date(2026, 11, 22)
BILLINGS = ("calendar_month", "contract_month", "daily")

type Walk = list[tuple[str, date]]
"""Stages in order, each with the day on which it was reached; the last one is the present one."""


def walked(code: str, walk: Walk) -> dict[str, Any]:
    """The OPD that took this walk."""
    past = [{"stage": stage, "since": str(since), "until": str(until)} for (stage, since), (_, until) in pairwise(walk)]
    return office(code, walk[-1][0], stage_since=str(walk[-1][1]), stage_history=past)


def opd(**fields: Any) -> Opd:
    return Opd.model_validate(office("a", **fields))


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    day = draw(st.dates(date(2026, 1, 1), date(2026, 8, 1)))
    walk: Walk = []
    for stage in draw(st.lists(st.sampled_from(STAGES), min_size=1, max_size=6)):
        walk.append((stage, day))
        day += timedelta(days=draw(st.integers(0, 60)))
    return walk


def rows(walk: Sequence[Walk], billing: str = "calendar_month", today: date = TODAY) -> list[DoubleMonth]:
    return double_spending(register(walk, billing), today)


def register(walks_: Sequence[Walk], billing: str = "calendar_month") -> Register:
    codes = [f"o{number}" for number in range(len(walks_))]
    return government(
        [walked(code, walk) for code, walk in zip(codes, walks_, strict=True)],
        [
            line("isp", "uplink", monthly_cost="Rp 40.000.000"),
            *(own(f"lama-{code}", code, start="2026-01-15", end="2026-10-20") for code in codes),
            *(own(f"baru-{code}", code, start="2026-10-21", monthly_cost="Rp 1.234.567") for code in codes),
        ],
        granted=dict.fromkeys(codes, "20 Mbps"),
        subscriptions={"billing": billing},
    )


def test_all_months_since_the_central_line_came_up() -> None:
    walk = [
        ("provisioned", date(2026, 6, 1)),
        ("parallel", date(2026, 7, 20)),
        ("accepted", date(2026, 8, 10)),
        ("cutover", date(2026, 9, 14)),
        ("terminated", date(2026, 10, 5)),
    ]
    found = rows([walk])
    assert [(str(row.month), int(row.own), row.circuits) for row in found] == [
        ("2026-07", 3_000_000, ("lama-o0",)),
        ("2026-08", 3_000_000, ("lama-o0",)),
        ("2026-09", 3_000_000, ("lama-o0",)),
        ("2026-10", 4_234_567, ("baru-o0", "lama-o0")),
        ("2026-11", 1_234_567, ("baru-o0",)),
        ("2026-12", 1_234_567, ("baru-o0",)),
    ]
    assert found[0].central == 40_000_000
    assert counted_since(register([walk]), TODAY) == {"o0": Known(date(2026, 7, 20), "parallel", whole=True)}


def test_who_went_back_pays_twice_until_then_and_again_later() -> None:
    walk = [
        ("parallel", date(2026, 2, 10)),
        ("provisioned", date(2026, 3, 10)),
        ("parallel", date(2026, 6, 1)),
        ("provisioned", date(2026, 6, 30)),
    ]
    assert [str(row.month) for row in rows([walk])] == ["2026-02", "2026-03", "2026-06"]
    assert {str(row.month): int(row.own) for row in rows([walk], "daily")} == {
        "2026-02": round(3_000_000 * 19 / 28),
        "2026-03": round(3_000_000 * 9 / 31),
        "2026-06": round(3_000_000 * 29 / 30),
    }


def test_the_uplinks_are_shared_by_those_who_were_connected_then() -> None:
    early = [("provisioned", date(2026, 2, 1)), ("parallel", date(2026, 3, 1))]
    late = [("planned", date(2026, 2, 1)), ("provisioned", date(2026, 8, 1)), ("parallel", date(2026, 8, 20))]
    central = {(row.opd, str(row.month)): int(row.central) for row in rows([early, late])}
    assert central["o0", "2026-07"] == 40_000_000
    assert central["o0", "2026-08"] == central["o1", "2026-08"] == 20_000_000


def test_without_a_history_it_is_said_since_when_is_counted() -> None:
    assert known(opd(stage="cutover", stage_since="2026-10-19"), TODAY) == Known(
        date(2026, 10, 19), "cutover", whole=False
    )
    assert known(opd(stage="parallel", stage_since="2026-10-19"), TODAY) == Known(
        date(2026, 10, 19), "parallel", whole=True
    )
    assert known(opd(stage="parallel"), TODAY) == Known(TODAY, "parallel", whole=False, dated=False)
    assert known(opd(stage="provisioned", stage_since="2026-10-19"), TODAY) is None


def test_the_report_tells_what_was_paid_and_of_whom_too_little_is_known() -> None:
    found = government(
        [
            walked("a", [("parallel", date(2026, 8, 3)), ("cutover", date(2026, 10, 5))]),
            office("b", "cutover", stage_since="2026-10-19"),
            office("c", "accepted"),
        ],
        [own("lama-a", "a"), own("lama-b", "b"), own("lama-c", "c")],
    )
    report = spending_report(found, TODAY)
    assert report.findings[:3] == (
        "2 OPD sudah membayar Rp 12.000.000 untuk langganan lama di samping jalur pusat (2026-08 sampai 2026-10).",
        "3 OPD masih akan membayar Rp 18.000.000 untuk langganan lama di samping jalur pusat.",
        "Belanja ganda b, c dihitung hanya sejak hari yang tercatat, bukan sejak awal masa transisi: isi stage_history "
        "di opds.yml.",
    )
    by_office = next(table for table in report.tables if table.name == "Ganda per OPD")
    assert [row[:4] for row in by_office.rows] == [
        ("a", "cutover", date(2026, 8, 3), "sejak awal masa transisi"),
        ("b", "cutover", date(2026, 10, 19), "sejak tahap cutover; sebelumnya tidak tercatat (isi stage_history)"),
        (
            "c",
            "accepted",
            TODAY,
            "hari tercapainya tahap accepted tidak tercatat: dihitung sejak hari ini (isi stage_since)",
        ),
    ]
    by_month = next(table for table in report.tables if table.name == "Ganda per bulan")
    assert [row[:2] for row in by_month.rows] == [
        ("2026-08", 1),
        ("2026-09", 1),
        ("2026-10", 2),
        ("2026-11", 3),
        ("2026-12", 3),
    ]
    sums = [table.totals() for table in report.tables[:3]]
    assert sums[0] is not None
    assert sums[1] is not None
    assert sums[2] is not None
    assert sums[0][3] == sums[1][6] == sums[2][2] == 30_000_000


@given(st.lists(walks(), min_size=1, max_size=4), st.sampled_from(BILLINGS))
def test_nothing_is_negative_and_months_and_offices_add_up_to_the_same(walk: list[Walk], billing: str) -> None:
    found = rows(walk, billing)
    assert all(row.own > 0 and row.central >= 0 for row in found)
    by_office, by_month = (totals(found, TODAY, of) for of in (lambda row: row.opd, lambda row: row.month))
    for name in ("past", "coming", "own", "central"):
        sums = {sum((getattr(total, name) for total in group.values()), Decimal(0)) for group in (by_office, by_month)}
        assert len(sums) == 1
    # Whoever pays twice pays at most for what the uplinks cost together, but for rounding.
    for month in {row.month for row in found}:
        assert sum(row.central for row in found if row.month == month) <= 40_000_000 + len(walk)


@given(walks(), st.integers(0, 5), st.integers(0, 60), st.sampled_from(BILLINGS))
def test_a_stage_written_in_two_entries_costs_the_same(walk: Walk, which: int, after: int, billing: str) -> None:
    index = which % len(walk)
    stage, since = walk[index]
    until = walk[index + 1][1] if index + 1 < len(walk) else TODAY
    middle = min(since + timedelta(days=after), until)
    split = [*walk[: index + 1], (stage, middle), *walk[index + 1 :]]
    assert rows([split], billing) == rows([walk], billing)


@given(walks(), st.integers(0, 5), st.sampled_from(BILLINGS))
def test_forgetting_the_beginning_never_costs_more(walk: Walk, number: int, billing: str) -> None:
    forgotten = walk[number % len(walk) :]
    whole, rest = ({row.month: row.own for row in rows([one], billing)} for one in (walk, forgotten))
    assert all(cost <= whole[month] for month, cost in rest.items())


@given(walks())
def test_what_is_paid_at_each_stage_by_the_day_is_what_is_paid_in_all(walk: Walk) -> None:
    """One day belongs to one stage: no day is counted twice and none is lost."""
    person = Opd.model_validate(walked("a", walk))
    days = [day for span in spans(person, BOTH_LINES, TODAY) for day in _days(span)]
    assert len(days) == len(set(days))
    alone = [day for stage in BOTH_LINES for span in spans(person, [stage], TODAY) for day in _days(span)]
    assert sorted(alone) == sorted(days)


def _days(span: Span) -> list[date]:
    end = span.until or max(TODAY, span.first) + timedelta(days=1)
    return [span.first + timedelta(days=number) for number in range((end - span.first).days)]


@pytest.mark.parametrize("day", ["2026-12-01", "2027-11-01"])
def test_a_day_that_has_not_come_counts_as_today(day: str) -> None:
    late = opd(
        stage="cutover", stage_since=day, stage_history=[{"stage": "parallel", "since": "2026-11-02", "until": day}]
    )
    assert spans(late, BOTH_LINES, TODAY) == (Span(date(2026, 11, 2)),)
