# SPDX-License-Identifier: GPL-3.0-or-later
"""What an OPD has to have before each stage; each piece of evidence taken away keeps it where it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.rollout.facts import Facts, Measured
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.rollout.gates import gaps
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.rollout.letter import cancellations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import (
    Bandwidth,
    Complaint,
    Coverage,
    Register,
    Stage,
)

from .conftest import Changed

TODAY = date(2026, 6, 15)
GOOD = Facts(TODAY, {"dinkes/kantor": Measured(TODAY - timedelta(days=3))})
BEFORE: dict[Stage, Stage] = {
    "planned": "surveyed", "provisioned": "planned", "parallel": "provisioned", "accepted": "parallel",
    "cutover": "accepted", "terminated": "cutover",
}  # fmt: skip


def missing(register: Register, allocations: Allocations, to: Stage, facts: Facts = GOOD) -> tuple[str, ...]:
    return gaps(register.opd("dinkes"), to, register, allocations, facts)


def complaint(**fields: Any) -> Complaint:
    given = {"id": "k-1", "opd": "dinkes", "location": "kantor", "opened": "2026-06-10", "description": "lambat"}
    return Complaint.model_validate({**given, **fields})


@pytest.mark.parametrize("to", BEFORE)
def test_with_all_evidence_it_may_advance(dinkes: Changed, allocations: Allocations, to: Stage) -> None:
    register = dinkes(stage=BEFORE[to], stage_since=date(2026, 5, 1))
    assert missing(register, allocations, to) == ()


@pytest.mark.parametrize("to", BEFORE)
def test_no_stage_is_skipped_and_none_is_gone_back_through(
    dinkes: Changed, allocations: Allocations, to: Stage
) -> None:
    for stage in BEFORE:
        if stage != BEFORE[to]:
            with pytest.raises(ValueError, match="dinkes"):
                missing(dinkes(stage=stage), allocations, to)


@pytest.mark.parametrize("to", BEFORE)
def test_who_cannot_be_reached_keeps_the_own_line(dinkes: Changed, allocations: Allocations, to: Stage) -> None:
    coverage = Coverage(reachable=False, reason="Menunggu kabel")
    register = dinkes(stage=BEFORE[to], stage_since=date(2026, 5, 1), coverage=coverage)
    assert "Menunggu kabel" in missing(register, allocations, to)[0]


def test_planned_needs_a_place_a_router_an_address_and_a_grant(
    lab: Register, dinkes: Changed, allocations: Allocations
) -> None:
    nowhere = missing(dinkes(stage="surveyed", locations=()), allocations, "planned")
    assert nowhere == ("belum punya lokasi di opds.yml",)
    devices = tuple(d for d in lab.devices if d.opd != "dinkes")
    assert missing(dinkes(stage="surveyed", devices=devices), allocations, "planned") == (
        "dinkes/kantor belum punya router di devices.yml",
    )
    unnumbered = allocations.model_copy(
        update={"locations": {k: v for k, v in allocations.locations.items() if k != "dinkes/kantor"}}
    )
    assert "plan.yml" in missing(dinkes(stage="surveyed"), unnumbered, "planned")[0]
    bandwidth = tuple(b for b in lab.bandwidth if b.opd != "dinkes")
    assert "granted" in missing(dinkes(stage="surveyed", bandwidth=bandwidth), allocations, "planned")[0]
    asked = tuple(
        Bandwidth.model_validate({"opd": b.opd, "requested": b.requested}) if b.opd == "dinkes" else b
        for b in lab.bandwidth
    )
    assert "granted" in missing(dinkes(stage="surveyed", bandwidth=asked), allocations, "planned")[0]
    assert "allocated" in missing(dinkes(stage="planned", bandwidth=asked), allocations, "provisioned")[0]


def test_provisioned_needs_a_router_that_stands_there(lab: Register, dinkes: Changed, allocations: Allocations) -> None:
    devices = tuple(d.model_copy(update={"readiness": "racked"}) if d.opd == "dinkes" else d for d in lab.devices)
    told = missing(dinkes(stage="planned", devices=devices), allocations, "provisioned")
    assert told == ("dinkes/kantor: router belum in_service (rt-dinkes (racked))",)


@pytest.mark.parametrize("to", ["parallel", "accepted", "cutover"])
def test_no_office_gets_two_lines_without_a_router_that_stands_there(
    lab: Register, dinkes: Changed, allocations: Allocations, to: Stage
) -> None:
    """Somebody may have typed the stage, or taken the router out since."""
    devices = tuple(d.model_copy(update={"readiness": "racked"}) if d.opd == "dinkes" else d for d in lab.devices)
    told = missing(dinkes(stage=BEFORE[to], devices=devices), allocations, to)
    assert told == ("dinkes/kantor: router belum in_service (rt-dinkes (racked))",)


def test_parallel_needs_a_line_of_its_own_that_still_runs(dinkes: Changed, allocations: Allocations) -> None:
    late = Facts(date(2027, 1, 1), GOOD.measured)
    assert "sudah berakhir 2026-12-31" in missing(dinkes(stage="provisioned"), allocations, "parallel", late)[0]


@pytest.mark.parametrize("to", ["accepted", "cutover"])
@pytest.mark.parametrize(
    ("measured", "told"),
    [
        (None, "belum diuji terima"),
        (Measured(TODAY, line="own"), "belum diuji terima"),
        (Measured(TODAY, failed=("latensi 180 ms, paling besar 150 ms",)), "tidak lulus uji terima 2026-06-15"),
        (Measured(TODAY - timedelta(days=31)), "lebih dari 30 hari yang lalu"),
    ],
)
def test_a_line_counts_as_measured(
    dinkes: Changed, allocations: Allocations, to: Stage, measured: Measured | None, told: str
) -> None:
    facts = Facts(TODAY, {} if measured is None else {"dinkes/kantor": measured})
    found = missing(dinkes(stage=BEFORE[to]), allocations, to, facts)
    assert len(found) == 1
    assert told in found[0]


def test_what_was_measured_before_the_office_came_there_does_not_count(
    dinkes: Changed, allocations: Allocations
) -> None:
    """Who was taken back to mend something is measured anew before being accepted again."""
    register = dinkes(stage="parallel", stage_since=TODAY - timedelta(days=2))
    (told,) = missing(register, allocations, "accepted")
    assert "diuji terima 2026-06-12, sebelum tahap parallel dicapai (2026-06-13)" in told
    same_day = dinkes(stage="parallel", stage_since=TODAY - timedelta(days=3))
    assert missing(same_day, allocations, "accepted") == ()
    # The test that made it accepted is older than that stage, of course.
    assert missing(dinkes(stage="accepted", stage_since=TODAY), allocations, "cutover") == ()


@pytest.mark.parametrize("to", ["accepted", "cutover", "terminated"])
def test_an_open_complaint_about_the_central_line_stops_it(
    dinkes: Changed, allocations: Allocations, to: Stage
) -> None:
    def told(**fields: Any) -> tuple[str, ...]:
        register = dinkes(stage=BEFORE[to], stage_since=date(2026, 5, 1), complaints=(complaint(**fields),))
        return missing(register, allocations, to)

    assert any("k-1" in gap and "masih terbuka" in gap for gap in told())
    assert told(line="own") == ()
    assert told(opd="disdik") == ()
    assert told(opened="2026-06-16") == (), "what comes tomorrow is not known today"


def test_the_old_line_ends_after_enough_quiet_days(dinkes: Changed, allocations: Allocations) -> None:
    def told(day: date, *complaints: Complaint) -> tuple[str, ...]:
        register = dinkes(stage="cutover", stage_since=date(2026, 6, 1), complaints=complaints)
        return missing(register, allocations, "terminated", Facts(day))

    assert told(date(2026, 6, 14)) == ("belum 14 hari tanpa keluhan; paling cepat 2026-06-15",)
    assert told(date(2026, 6, 15)) == ()
    # A complaint sets the clock back to the day on which it was settled.
    settled = complaint(opened="2026-06-05", closed="2026-06-10")
    assert told(date(2026, 6, 23), settled) == ("belum 14 hari tanpa keluhan; paling cepat 2026-06-24",)
    assert told(date(2026, 6, 24), settled) == ()
    assert "stage_since" in missing(dinkes(stage="cutover"), allocations, "terminated")[0]


def test_the_letter_has_what_a_provider_asks_for(dinkes: Changed) -> None:
    register = dinkes(stage="cutover", stage_since=date(2026, 6, 1))
    (letter,) = cancellations(register.opd("dinkes"), register, GOOD)
    line = register.circuit("dinkes-lama")
    assert (letter.circuit, letter.provider, letter.monthly_cost) == (line.id, line.provider, line.monthly_cost)
    assert (letter.cutover, letter.quiet_since, letter.contract_end) == (
        date(2026, 6, 1), date(2026, 6, 1), line.contract.end,
    )  # fmt: skip
    assert not list(cancellations(register.opd("disdik"), register, GOOD))


def test_the_letter_says_until_when_it_counts(dinkes: Changed) -> None:
    register = dinkes(stage="cutover", stage_since=date(2026, 6, 1))
    end, notice = register.circuit("dinkes-lama").contract.end, register.government.rules.subscriptions.notice_days
    assert (end, notice) == (date(2026, 12, 31), 30)

    def letter(day: date) -> tuple[bool, date, date]:
        (found,) = cancellations(register.opd("dinkes"), register, Facts(day))
        return found.late, found.latest, found.ends

    assert letter(date(2026, 12, 1)) == (False, date(2026, 12, 1), end)
    assert letter(date(2026, 12, 2)) == (True, date(2026, 12, 1), date(2027, 1, 1))
    # A contract that is over needs no letter.
    assert not list(cancellations(register.opd("dinkes"), register, Facts(date(2027, 1, 1))))
