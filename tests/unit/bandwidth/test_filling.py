# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Weighted max-min fairness on a tree of links: what it promises, and what it cannot promise."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import Problem, by_levels, problems, used

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.filling import FloorsError, fill
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.floors import overloads
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.tree import (
    Claim,
    Link,
    by_name,
    way,
)


def rates(links: list[Link], claims: list[Claim]) -> dict[str, Fraction]:
    return {name: filled.rate for name, filled in fill(links, claims).items()}


def levels(claims: list[Claim], found: dict[str, Fraction]) -> list[Fraction]:
    return sorted(found[claim.name] / claim.weight for claim in claims)


def behind(links: list[Link], claims: list[Claim], link: str) -> set[str]:
    return {c.name for c in claims if link in {above.name for above in way(by_name(links), c.link)}}


@given(problems())
def test_no_link_carries_more_than_it_can_and_every_floor_is_kept(problem: Problem) -> None:
    links, claims = problem
    found = rates(links, claims)
    flow = used(links, claims, found)
    assert all(link.capacity is None or flow[link.name] <= link.capacity for link in links)
    assert all(claim.floor <= found[claim.name] <= claim.ceiling for claim in claims)


@given(problems())
def test_it_is_the_same_as_worked_out_link_by_link(problem: Problem) -> None:
    assert rates(*problem) == by_levels(*problem)


@given(problems())
def test_who_could_use_more_has_a_full_link_on_which_nobody_gives_way_to_anybody_lower(problem: Problem) -> None:
    """The bottleneck condition, which is necessary and sufficient for max-min fairness."""
    links, claims = problem
    filled = fill(links, claims)
    found = {name: item.rate for name, item in filled.items()}
    flow, capacities = used(links, claims, found), by_name(links)
    for claim in claims:
        limit = filled[claim.name].limit
        if limit is None:
            assert found[claim.name] == claim.ceiling
            continue
        assert limit in {link.name for link in way(capacities, claim.link)}
        assert flow[limit] == capacities[limit].capacity
        level = max(found[claim.name] / claim.weight, Fraction(0))
        for other in claims:
            if other.name in behind(links, claims, limit) and found[other.name] > other.floor:
                assert found[other.name] / other.weight <= level


@given(problems(fitting=False))
def test_floors_that_do_not_fit_are_named_and_nothing_is_shared(problem: Problem) -> None:
    links, claims = problem
    floors = used(links, claims, {claim.name: Fraction(claim.floor) for claim in claims})
    too_much = {link.name for link in links if link.capacity is not None and floors[link.name] > link.capacity}
    found = overloads(links, claims)
    assert {item.link.name for item in found} == too_much
    for item in found:
        assert item.missing == floors[item.link.name] - (item.link.capacity or 0) > 0
        assert {c.name for c in item.claims} == {
            c.name for c in claims if c.floor and c.name in behind(links, claims, item.link.name)
        }
    if too_much:
        with pytest.raises(FloorsError):
            fill(links, claims)


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_does_not_matter(problem: Problem, random: Random) -> None:
    links, claims = problem
    before = fill(links, claims)
    other_links, other_claims = list(links), list(claims)
    random.shuffle(other_links)
    random.shuffle(other_claims)
    assert fill(other_links, other_claims) == before


@given(problems(), st.integers(2, 1_000_000))
def test_everything_larger_in_the_same_ratio_gives_shares_larger_in_that_ratio(problem: Problem, ratio: int) -> None:
    links, claims = problem
    larger = rates(
        [replace(link, capacity=link.capacity and link.capacity * ratio) for link in links],
        [replace(c, floor=c.floor * ratio, ceiling=c.ceiling * ratio) for c in claims],
    )
    assert larger == {name: rate * ratio for name, rate in rates(links, claims).items()}


@given(problems(), st.integers(1, 40))
def test_a_larger_uplink_hurts_nobody(problem: Problem, more: int) -> None:
    links, claims = problem
    before = rates(links, claims)
    after = rates([replace(links[0], capacity=(links[0].capacity or 0) + more), *links[1:]], claims)
    assert all(after[name] >= before[name] for name in before)


@given(problems(), st.integers(101, 300))
def test_all_links_larger_in_the_same_ratio_hurt_nobody(problem: Problem, percent: int) -> None:
    links, claims = problem
    before = rates(
        [replace(link, capacity=link.capacity and link.capacity * 100) for link in links],
        [replace(c, floor=c.floor * 100, ceiling=c.ceiling * 100) for c in claims],
    )
    after = rates(
        [replace(link, capacity=link.capacity and link.capacity * percent) for link in links],
        [replace(c, floor=c.floor * 100, ceiling=c.ceiling * 100) for c in claims],
    )
    assert all(after[name] >= before[name] for name in before)


@given(problems(), st.data())
def test_a_larger_link_hurts_nobody_behind_it_and_others_by_no_more_than_those_gain(
    problem: Problem, data: st.DataObject
) -> None:
    links, claims = problem
    index = data.draw(st.sampled_from([i for i, link in enumerate(links) if link.capacity is not None]))
    more = data.draw(st.integers(1, 40))
    wider = list(links)
    wider[index] = replace(links[index], capacity=(links[index].capacity or 0) + more)
    before, after = rates(links, claims), rates(wider, claims)
    inside = behind(links, claims, links[index].name)
    assert all(after[name] >= before[name] for name in inside)
    gained = sum(after[name] - before[name] for name in inside)
    lost = sum(max(Fraction(0), before[name] - after[name]) for name in before if name not in inside)
    assert lost <= gained
    assert levels(claims, after) >= levels(claims, before)


def test_a_larger_leased_line_may_cost_others_what_they_had_in_its_stead() -> None:
    """The one promise that cannot be made: B used what A could not get through its narrow line."""
    claims = [Claim("a", "line", 1, 0, 100), Claim("b", "uplink", 1, 0, 100)]
    uplink = Link("uplink", None, 10)
    assert rates([uplink, Link("line", "uplink", 2)], claims) == {"a": 2, "b": 8}
    assert rates([uplink, Link("line", "uplink", 9)], claims) == {"a": 5, "b": 5}


def test_the_floor_is_a_guarantee_and_no_extra() -> None:
    claims = [Claim("a", "u", 1, 6, 20), Claim("b", "u", 1, 0, 20), Claim("c", "u", 2, 0, 20)]
    assert rates([Link("u", None, 9)], claims) == {"a": 6, "b": 1, "c": 2}
    assert rates([Link("u", None, 28)], claims) == {"a": 7, "b": 7, "c": 14}


def test_the_nearest_of_two_full_links_is_the_one_named() -> None:
    links = [Link("uplink", None, 5), Link("hop", "uplink", 5)]
    assert fill(links, [Claim("a", "hop", 1, 0, 9)])["a"].limit == "hop"


def test_a_circle_of_links_is_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        fill([Link("a", "b", 1), Link("b", "a", 1)], [Claim("x", "a", 1, 0, 1)])


@pytest.mark.parametrize(("weight", "floor", "ceiling"), [(0, 0, 1), (1, 2, 1), (1, -1, 1)])
def test_a_claim_that_makes_no_sense_is_refused(weight: int, floor: int, ceiling: int) -> None:
    with pytest.raises(ValueError, match="not a claim"):
        Claim("x", None, weight, floor, ceiling)
