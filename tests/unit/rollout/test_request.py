# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person asks for, and who goes, goes back, waits or has nothing to do."""

from __future__ import annotations

from datetime import date

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.rollout.facts import Facts, Standing
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.rollout.gates import gaps
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.rollout.request import (
    Decision,
    Request,
    decide,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import STAGES, Register, Stage

from .conftest import Changed

TODAY = date(2026, 6, 15)


def asked(
    register: Register, allocations: Allocations, to: Stage | None = None, *offices: str, reason: str = ""
) -> Decision:
    return decide(register, allocations, Facts(TODAY), Request(to, offices, reason))


def goes(decision: Decision) -> list[list[tuple[str, str]]]:
    return [[(move.opd.code, move.to) for move in wave] for wave in decision.waves]


def test_who_is_named_and_has_the_evidence_goes_and_nobody_else(dinkes: Changed, allocations: Allocations) -> None:
    assert goes(asked(dinkes(stage="provisioned"), allocations, "parallel", "dinkes")) == [[("dinkes", "parallel")]]


@pytest.mark.parametrize("to", STAGES[:-2])
def test_any_stage_further_back_is_allowed_with_a_reason_and_without_evidence(
    dinkes: Changed, allocations: Allocations, to: Stage
) -> None:
    register = dinkes(stage="cutover", complaints=())
    found = asked(register, allocations, to, "dinkes", reason="jalur pusat sering putus")
    assert goes(found) == [[("dinkes", to)]]
    assert found.waves[0][0].back
    refused = asked(register, allocations, to, "dinkes")
    assert "terpusat_rollout_reason" in refused.mistakes[0]
    assert not refused.waves


def test_nobody_goes_back_who_was_not_named(dinkes: Changed, allocations: Allocations) -> None:
    found = asked(dinkes(stage="cutover"), allocations, "planned", reason="semua kembali")
    assert all(not move.back for wave in found.waves for move in wave)


def test_no_stage_is_skipped(dinkes: Changed, allocations: Allocations) -> None:
    found = asked(dinkes(stage="provisioned"), allocations, "cutover", "dinkes")
    assert not found.waves
    assert found.beside == (("dinkes", "masih provisioned; tahap tidak dilompati, yang berikutnya parallel"),)


def test_who_stands_there_already_has_nothing_to_do(dinkes: Changed, allocations: Allocations) -> None:
    found = asked(dinkes(stage="parallel"), allocations, "parallel", "dinkes")
    assert (found.waves, found.standing) == ((), ("dinkes",))


def test_the_last_stage_has_none_behind_it(dinkes: Changed, allocations: Allocations) -> None:
    assert asked(dinkes(stage="terminated"), allocations, None, "dinkes").beside[0][0] == "dinkes"


def test_an_unknown_office_is_a_mistake_and_nothing_is_done(dinkes: Changed, allocations: Allocations) -> None:
    found = asked(dinkes(stage="provisioned"), allocations, "parallel", "dinkes", "dikes")
    assert 'Maksud Anda "dinkes"' in found.mistakes[0]
    assert not found.waves


def test_who_goes_back_goes_before_the_others(dinkes: Changed, allocations: Allocations) -> None:
    found = asked(dinkes(stage="cutover"), allocations, "parallel", "disdik", "dinkes", reason="mundur")
    assert goes(found) == [[("dinkes", "parallel")], [("disdik", "parallel")]]


@pytest.mark.parametrize("to", ["parallel", "accepted", "cutover"])
@pytest.mark.parametrize("found", ["good", "deviates", "unknown"])
@pytest.mark.parametrize("source", ["change", "drift"])
def test_a_router_that_is_not_known_to_be_right_keeps_its_office(
    dinkes: Changed, allocations: Allocations, to: Stage, found: str, source: str
) -> None:
    register = dinkes(stage=STAGES[STAGES.index(to) - 1])
    standing = Standing(TODAY, source, found)  # type: ignore[arg-type]
    facts = Facts(TODAY, devices={"rt-dinkes": standing, "rt-disdik": Standing(TODAY, "drift", "deviates")})
    about = [gap for gap in gaps(register.opd("dinkes"), to, register, allocations, facts) if "rt-" in gap]
    assert [gap.count("rt-dinkes") > 0 for gap in about] == ([] if found == "good" else [True])
    assert all("playbooks/drift.yml" in gap for gap in about)


def test_a_machine_room_is_no_office(lab: Register, allocations: Allocations) -> None:
    assert gaps(lab.opd("kominfo"), "parallel", lab, allocations, Facts(TODAY)) == (
        "hanya berisi ruang server; tidak ada kantor yang mendapat jalur",
    )
