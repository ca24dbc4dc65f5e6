# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Contracts that end within the fiscal year: who goes dark."""

from __future__ import annotations

from datetime import date

import pytest
from spenders import application, government, line, office, own, server

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.paths import Paths, paths
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.supply import Supply
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.money import contract_gaps
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.money.contract_gaps import gaps
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register

TODAY = date(2026, 3, 1)


def uplink(name: str, start: str = "2026-01-01", end: str = "2026-12-31", **more: object) -> dict[str, object]:
    return line(name, "uplink", None, start, end, **more)


def test_penajam_the_contract_ends_in_june_and_nothing_follows() -> None:
    """Penajam 2017: the second half of the year was not budgeted, and every office lost its databases."""
    register = government(
        [office("a"), office("b", "parallel"), office("c", "parallel"), office("d", "provisioned")],
        [uplink("isp", end="2026-06-30"), own("lama-b", "b"), own("lama-c", "c", end="2026-05-31"), own("lama-d", "d")],
        servers=[server("srv1")],
        applications=[application("simpus", at="srv1"), application("portal", "simpus"), application("lain")],
    )
    (gap,) = gaps(register, TODAY)
    assert (gap.kind, gap.first, gap.last) == ("dark", date(2026, 7, 1), date(2026, 12, 31))
    assert [circuit.id for circuit in gap.ended] == ["isp"]
    assert gap.opds == ("a", "c")  # b still has its own line, d never left it
    assert gap.locations == ("a/kantor", "c/kantor")
    assert gap.applications == ("portal", "simpus")


def test_a_successor_closes_the_gap_or_shortens_it() -> None:
    offices = [office("a")]
    assert gaps(government(offices, [uplink("x", end="2026-06-30"), uplink("y", start="2026-07-01")]), TODAY) == []
    (gap,) = gaps(government(offices, [uplink("x", end="2026-06-30"), uplink("y", start="2026-07-11")]), TODAY)
    assert (gap.first, gap.last) == (date(2026, 7, 1), date(2026, 7, 10))
    smaller = uplink("y", start="2026-07-01", capacity={"domestic": "5 Mbps", "international": "5 Mbps"})
    (gap,) = gaps(government(offices, [uplink("x", end="2026-06-30"), smaller]), TODAY)
    assert (gap.kind, gap.before_bps, gap.left_bps) == ("reduced", 20_000_000, 5_000_000)


def test_a_backup_that_remains_is_told_as_what_remains() -> None:
    backup = uplink("sat", role="backup", capacity={"domestic": "2 Mbps", "international": "2 Mbps"})
    (gap,) = gaps(government([office("a")], [uplink("x", end="2026-06-30"), backup]), TODAY)
    assert (gap.kind, gap.left_bps, gap.opds) == ("reduced", 2_000_000, ("a",))


def test_a_leased_line_darkens_its_place_and_an_own_line_the_office_that_depends_on_it() -> None:
    register = government(
        [office("a"), office("b", "planned"), office("c")],
        [
            uplink("isp"),
            line("sewa-a", "leased_line", "a", end="2026-04-30"),
            own("lama-b", "b", end="2026-08-31"),
            own("lama-c", "c", end="2026-08-31"),
        ],
    )
    assert [(g.ended[0].id, g.opds, g.locations) for g in gaps(register, TODAY)] == [
        ("sewa-a", ("a",), ("a/kantor",)),
        ("lama-b", ("b",), ("b/kantor",)),
    ]


def test_what_went_dark_yesterday_is_still_told() -> None:
    register = government(
        [office("a"), office("b", "planned"), office("c")],
        [
            uplink("isp", end="2026-02-28"),
            own("lama-b", "b", end="2026-01-31"),
            line("sewa-c", "leased_line", "c", end="2026-02-27"),
        ],
    )
    assert [(g.ended[0].id, g.kind, g.first, g.opds) for g in gaps(register, TODAY)] == [
        ("lama-b", "dark", date(2026, 2, 1), ("b",)),
        ("sewa-c", "dark", date(2026, 2, 28), ("c",)),
        ("isp", "dark", date(2026, 3, 1), ("a", "c")),
    ]
    backup = uplink("sat", role="backup", capacity={"domestic": "2 Mbps", "international": "2 Mbps"})
    (gap,) = gaps(government([office("a")], [uplink("isp", end="2026-02-28"), backup]), TODAY)
    assert (gap.kind, gap.first, gap.left_bps) == ("reduced", date(2026, 3, 1), 2_000_000)


def test_the_turn_of_the_year_is_told_in_time() -> None:
    """On New Year's Eve everything may end at once, and next year's budget is not in force yet."""
    register = government([office("a")], [uplink("isp")])
    assert gaps(register, date(2026, 9, 30)) == []
    (gap,) = gaps(register, date(2026, 10, 3))
    assert (gap.kind, gap.first, gap.last, gap.opds) == ("dark", date(2027, 1, 1), date(2027, 12, 31), ("a",))
    assert gaps(government([office("a")], [uplink("isp"), uplink("next", "2027-01-01", "2027-12-31")]), TODAY) == []


def test_however_many_lines_end_on_a_day_its_tree_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the report of a thousand offices takes a million steps on the day on which all contracts end."""
    made: list[date] = []

    def counted(register: Register, supplied: Supply, day: date) -> Paths:
        made.append(day)
        return paths(register, supplied, day)

    monkeypatch.setattr(contract_gaps, "paths", counted)
    names = [f"kec-{n}" for n in range(30)]
    lines = [line(f"sewa-{name}", "leased_line", name, end="2026-06-30") for name in names]
    found = gaps(government([office(name) for name in names], [uplink("isp"), *lines]), TODAY)
    assert len(found) == 30
    assert made == [date(2026, 6, 30)]


def test_a_contract_to_the_end_of_the_year_and_one_long_over_are_no_gaps() -> None:
    register = government([office("a")], [uplink("isp"), uplink("old", start="2025-01-01", end="2026-02-28")])
    assert gaps(register, TODAY) == []
