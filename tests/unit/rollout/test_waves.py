# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of the waves, by properties."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.rollout.facts import Facts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.rollout.plan import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.rollout.waves import goes_on, waves
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import (
    Coverage,
    Opd,
    Register,
    RolloutRules,
)


@st.composite
def offices(draw: st.DrawFn) -> list[Opd]:
    count = draw(st.integers(0, 40))
    return [
        Opd(
            code=f"opd{n}", name=f"Dinas {n}", kind="dinas", users=draw(st.integers(0, 300)),
            public_service=draw(st.booleans()), priority=draw(st.integers(1, 5)), stage="surveyed",
            coverage=Coverage(reachable=True), locations=(),
        )
        for n in range(count)
    ]  # fmt: skip


rules = st.builds(
    lambda first, largest: RolloutRules(first_wave=first, largest_wave=largest),
    st.integers(1, 10), st.integers(1, 10),
)  # fmt: skip


@given(offices(), rules, st.randoms())
def test_every_office_is_in_one_wave_and_order_of_input_does_not_matter(
    opds: list[Opd], rules: RolloutRules, random: object
) -> None:
    found = waves(opds, rules)
    assert sorted(opd.code for wave in found for opd in wave) == sorted(opd.code for opd in opds)
    shuffled = list(opds)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert waves(shuffled, rules) == found


@given(offices(), rules)
def test_waves_begin_small_and_never_exceed_what_is_allowed(opds: list[Opd], rules: RolloutRules) -> None:
    sizes = [len(wave) for wave in waves(opds, rules)]
    assert all(0 < size <= rules.largest_wave for size in sizes)
    assert all(size <= rules.first_wave for size in sizes[:1])
    assert sizes[:-1] == sorted(sizes[:-1])


@given(offices(), rules)
def test_who_serves_the_public_goes_last_and_the_most_important_of_them_at_the_end(
    opds: list[Opd], rules: RolloutRules
) -> None:
    order = [opd for wave in waves(opds, rules) for opd in wave]
    assert [opd.public_service for opd in order] == sorted(opd.public_service for opd in order)
    public = [opd.priority for opd in order if opd.public_service]
    assert public == sorted(public, reverse=True)


def test_it_stops_after_more_failures_than_allowed() -> None:
    strict, patient = RolloutRules().failures_allowed, RolloutRules(failures_allowed=2).failures_allowed
    assert goes_on([], strict)
    assert not goes_on(["dinkes"], strict)
    assert goes_on(["a", "b"], patient)
    assert not goes_on(["a", "b", "c"], patient)


def test_a_plan_tells_everybody_s_next_step_once(lab: Register, allocations: Allocations) -> None:
    facts = Facts(date(2026, 6, 15))
    found = plan(lab, allocations, facts)
    told = [candidate.opd.code for candidate in (*found.ready, *found.waiting)]
    assert sorted(told) == sorted(opd.code for opd in lab.opds if opd.stage != "terminated")
    assert all(candidate.missing for candidate in found.waiting)
    only = plan(lab, allocations, facts, only={"dinkes"})
    assert [candidate.opd.code for candidate in (*only.ready, *only.waiting)] == ["dinkes"]
    nobody = plan(lab, allocations, facts, to="terminated", only={"disdik"})
    assert (nobody.ready, nobody.waiting) == ((), ())
