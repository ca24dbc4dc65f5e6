# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trees of links with claims on them, for property tests; and the same fair shares worked out in another way."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.floors import overloads
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.tree import (
    Claim,
    Link,
    by_name,
    way,
)

type Problem = tuple[list[Link], list[Claim]]


@st.composite
def problems(draw: st.DrawFn, *, most_links: int = 6, most_claims: int = 8, fitting: bool = True) -> Problem:
    """Small whole numbers, so that ties, full links at the same level and floors that bind are common."""
    capacity = st.none() | st.integers(0, 60)
    links = [Link("uplink", None, draw(st.integers(0, 80)))]
    for index in range(draw(st.integers(0, most_links - 1))):
        links.append(Link(f"l{index}", draw(st.sampled_from(links)).name, draw(capacity)))
    claims = []
    for index in range(draw(st.integers(1, most_claims))):
        ceiling = draw(st.integers(1, 40))
        floor = draw(st.just(0) | st.integers(0, ceiling))
        claims.append(Claim(f"c{index}", draw(st.sampled_from(links)).name, draw(st.integers(1, 5)), floor, ceiling))
    if fitting:
        while found := overloads(links, claims):
            largest = found[0].claims[0]
            claims = [
                Claim(c.name, c.link, c.weight, c.floor // 2 if c.name == largest.name else c.floor, c.ceiling)
                for c in claims
            ]
    return links, claims


def used(links: list[Link], claims: list[Claim], rates: dict[str, Fraction]) -> dict[str, Fraction]:
    """What flows through every link."""
    flow = dict.fromkeys((link.name for link in links), Fraction(0))
    for claim in claims:
        for link in way(by_name(links), claim.link):
            flow[link.name] += rates[claim.name]
    return flow


def by_levels(links: list[Link], claims: list[Claim]) -> dict[str, Fraction]:
    """Every link's own level from what lies behind it alone, then each claim at the lowest level of its way."""
    levels: dict[str, Fraction | None] = {}

    def rate(claim: Claim, level: Fraction | None) -> Fraction:
        if level is None:
            return Fraction(claim.ceiling)
        return min(Fraction(claim.ceiling), max(Fraction(claim.floor), level * claim.weight))

    def flow(link: Link, level: Fraction | None) -> Fraction:
        """What comes through ``link`` when the level is ``level``, its own capacity included."""
        capped = levels.get(link.name)
        lower = level if capped is None else capped if level is None else min(level, capped)
        total = sum((rate(claim, lower) for claim in claims if claim.link == link.name), Fraction(0))
        return total + sum((flow(child, lower) for child in links if child.parent == link.name), Fraction(0))

    def settle(link: Link) -> None:
        for child in links:
            if child.parent == link.name:
                settle(child)
        levels[link.name] = None
        if link.capacity is None or flow(link, None) <= link.capacity:
            return
        behind = [c for c in claims if link.name in {above.name for above in way(by_name(links), c.link)}]
        bends = {Fraction(value, c.weight) for c in behind for value in (c.floor, c.ceiling)} | {Fraction(0)}
        bends |= {level for level in levels.values() if level is not None}
        below = max(bend for bend in bends if flow(link, bend) <= link.capacity)
        above = min(bend for bend in bends if bend > below)
        low, high = flow(link, below), flow(link, above)
        levels[link.name] = below + (above - below) * (link.capacity - low) / (high - low)

    for link in links:
        if link.parent is None:
            settle(link)
    result = {}
    for claim in claims:
        lowest = [level for link in way(by_name(links), claim.link) if (level := levels[link.name]) is not None]
        result[claim.name] = rate(claim, min(lowest, default=None))
    return result
