# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two lines side by side: what they cost, and until when a letter must arrive."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spenders import government, line, office, own

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.money.transition import (
    double_spending,
    endings,
    latest_day,
)

TODAY = date(2026, 11, 22)


def test_both_lines_are_told_per_office_and_month() -> None:
    register = government(
        [office("a", "parallel", stage_since="2026-10-20"), office("b", "cutover"), office("c", "provisioned")],
        [
            line("isp", "uplink", monthly_cost="Rp 40.000.000"),
            line("sewa-b", "leased_line", "b", monthly_cost="Rp 1.000.000"),
            own("lama-a", "a"),
            own("lama-b", "b", end="2026-11-30", monthly_cost="Rp 2.000.000"),
            own("lama-b2", "b", end="2026-11-15"),
            own("lama-c", "c"),
        ],
        granted={"a": "30 Mbps", "b": "10 Mbps", "c": "40 Mbps"},
    )
    rows = [(r.opd, str(r.month), int(r.own), int(r.central), r.circuits) for r in double_spending(register, TODAY)]
    assert rows == [
        ("a", "2026-10", 3_000_000, 15_000_000, ("lama-a",)),
        ("a", "2026-11", 3_000_000, 15_000_000, ("lama-a",)),
        ("a", "2026-12", 3_000_000, 15_000_000, ("lama-a",)),
        ("b", "2026-11", 2_000_000, 6_000_000, ("lama-b",)),
    ]


def test_who_was_granted_nothing_yet_bears_nothing_of_the_uplinks() -> None:
    register = government(
        [office("a", "parallel", stage_since="2026-11-20"), office("b", "parallel", stage_since="2026-11-20")],
        [line("isp", "uplink", monthly_cost="Rp 40.000.000"), own("lama-a", "a"), own("lama-b", "b")],
        granted={"a": "30 Mbps", "b": None},
    )
    central = {r.opd: int(r.central) for r in double_spending(register, TODAY) if str(r.month) == "2026-11"}
    assert central == {"a": 40_000_000, "b": 0}


def test_who_is_out_of_reach_pays_once() -> None:
    far = office("a", "cutover", coverage={"reachable": "false", "reason": "Pulau"})
    assert double_spending(government([far], [own("x", "a")]), TODAY) == []
    assert endings(government([far], [own("x", "a")]), TODAY) == []


@pytest.mark.parametrize(
    ("stage", "end", "verdict"),
    [
        ("cutover", "2026-12-31", "send"),
        ("cutover", "2026-12-10", "late"),
        ("terminated", "2026-12-31", "overdue"),
        ("accepted", "2026-12-31", "decide"),
        ("parallel", "2026-12-31", "decide"),
        ("provisioned", "2026-12-31", "renew"),
        ("cutover", "2026-11-21", "ended"),
    ],
)
def test_what_to_do_about_the_old_line(stage: str, end: str, verdict: str) -> None:
    (ending,) = endings(government([office("a", stage)], [own("x", "a", end=end)]), TODAY)
    assert ending.verdict == verdict
    if verdict == "late":
        assert ending.earliest_end == date(2026, 12, 22)


def test_the_letter_is_due_on_a_working_day() -> None:
    assert latest_day(date(2026, 12, 31), 30) == date(2026, 12, 1)  # a Tuesday
    assert latest_day(date(2026, 12, 30), 31) == date(2026, 11, 27)  # 29 November is a Sunday
    (ending,) = endings(government([office("a")], [own("x", "a")], subscriptions={"notice_days": "60"}), TODAY)
    assert (ending.latest, ending.verdict) == (date(2026, 10, 30), "late")


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 365))
def test_the_notice_is_always_kept(end: date, notice: int) -> None:
    day = latest_day(end, notice)
    assert day.weekday() < 5
    assert notice <= (end - day).days <= notice + 2
