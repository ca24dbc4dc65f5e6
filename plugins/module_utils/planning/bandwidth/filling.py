# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Weighted max-min fairness with floors and ceilings on a tree of links, by progressive filling in exact numbers.

Bertsekas & Gallager, Data Networks, section 6.5.2 (progressive filling, bottleneck links); floors as in Hou, Tzeng &
Panwar, "A generalized max-min rate allocation policy", IEEE/ACM Transactions on Networking 6(3), 1998: one water level
rises for all; a claim gets ``weight x level``, but never less than its floor nor more than its ceiling. When a link is
full, the level stops for everybody behind it.

On a tree the level at which a link fills depends on what lies behind it alone, and a claim stops at the lowest such
level of its way. From this follows what more capacity does (tests/unit/bandwidth/test_filling.py holds each of these):

- More on a link that everybody uses (the uplink): nobody gets less.
- All links larger in the same ratio: nobody gets less.
- More on one link: nobody behind it gets less. Others may get less, by what those behind it gained together at most:
  they had been using what could not get through the narrow link. Such is fairness, not a fault of the algorithm.
- In every case the levels of all claims, sorted from the worst, never get lexicographically worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

from .floors import overloads
from .tree import Claim, Link, by_name, way


@dataclass(frozen=True, slots=True)
class Filled:
    """``rate`` in bit/s, exact. ``limit`` is the link that was full when the level stopped, None: the own ceiling."""

    rate: Fraction
    limit: str | None


class FloorsError(ValueError):
    """The floors alone do not fit."""


# At the same level a claim that reaches its ceiling goes first (it is content, no link holds it back), then links that
# are full, the nearest to the offices first, then claims whose floor the level has reached.
_CONTENT, _FULL, _RISES = range(3)


@dataclass(slots=True)
class _State:
    """A link with a capacity: what flows through it at level ``x`` is ``fixed + slope * x``."""

    capacity: int
    above: str | None
    depth: int
    fixed: int = 0
    slope: int = 0
    full: bool = False

    def fills_at(self) -> Fraction | None:
        return Fraction(self.capacity - self.fixed, self.slope) if self.slope and not self.full else None


def fill(links: Sequence[Link], claims: Sequence[Claim]) -> dict[str, Filled]:
    """The fair rate of every claim, by name; independent of the order of both arguments.

    O((links + claims) * depth * log). All sums stay whole numbers: what is behind a full link adds up to its capacity.
    Raises FloorsError when floors do not fit (see ``overloads``).
    """
    if overloads(links, claims):
        raise FloorsError("floors do not fit")
    return _Filling(links, claims).run()


class _Filling:
    def __init__(self, links: Sequence[Link], claims: Sequence[Claim]) -> None:
        known = by_name(links)
        self.claims = {claim.name: claim for claim in claims}
        self.ways: dict[str, tuple[str, ...]] = {}
        self.states: dict[str, _State] = {}
        self.behind: dict[str, list[str]] = {}
        self.filled: dict[str, Filled] = {}
        self.heap: list[tuple[Fraction, int, int, str]] = []
        for link in links:
            limited = [above.name for above in way(known, link.name)[1:] if above.capacity is not None]
            if link.capacity is not None:
                self.states[link.name] = _State(link.capacity, limited[0] if limited else None, len(limited))
        for claim in claims:
            names = tuple(link.name for link in way(known, claim.link) if link.capacity is not None)
            self.ways[claim.name] = names
            for name in names:
                self.behind.setdefault(name, []).append(claim.name)
            self._start(claim, names)
        for name, state in self.states.items():
            if (moment := state.fills_at()) is not None:
                self.heap.append((moment, _FULL, -state.depth, name))
        heapify(self.heap)

    def _start(self, claim: Claim, names: tuple[str, ...]) -> None:
        """At level zero everybody has the floor; who has none rises at once."""
        if claim.floor == claim.ceiling:
            self.filled[claim.name] = Filled(Fraction(claim.ceiling), None)
        else:
            self.heap.append((Fraction(claim.ceiling, claim.weight), _CONTENT, 0, claim.name))
            if claim.floor:
                self.heap.append((Fraction(claim.floor, claim.weight), _RISES, 0, claim.name))
        for name in names:
            self.states[name].fixed += claim.floor
            if claim.ceiling and not claim.floor:
                self.states[name].slope += claim.weight

    def run(self) -> dict[str, Filled]:
        while self.heap:
            level, kind, _, name = heappop(self.heap)
            if kind == _FULL:
                self._fills(name, level)
            elif name not in self.filled:
                self._rises(name) if kind == _RISES else self._content(name)
        return {name: self.filled[name] for name in self.claims}

    def _rises(self, name: str) -> None:
        claim = self.claims[name]
        for link in self.ways[name]:
            state = self.states[link]
            state.fixed -= claim.floor
            state.slope += claim.weight
            self._push(link)

    def _content(self, name: str) -> None:
        """A smaller slope fills a link later; its entry in the heap is put right when it comes up."""
        claim = self.claims[name]
        self.filled[name] = Filled(Fraction(claim.ceiling), None)
        for link in self.ways[name]:
            state = self.states[link]
            state.fixed += claim.ceiling
            state.slope -= claim.weight

    def _fills(self, name: str, level: Fraction) -> None:
        state = self.states[name]
        moment = state.fills_at()
        if moment is None:
            return
        if moment > level:
            heappush(self.heap, (moment, _FULL, -state.depth, name))
            return
        state.full = True
        held = [self.claims[claim] for claim in self.behind[name] if claim not in self.filled]
        if not held:  # a link nearer the internet was full before and held them all
            return
        for claim in held:
            self.filled[claim.name] = Filled(max(Fraction(claim.floor), level * claim.weight), name)
        # Who was not rising yet keeps the floor for good, so all that is behind it together is the capacity.
        more, less = state.capacity - state.fixed, state.slope
        above = state.above
        while above is not None:
            outer = self.states[above]
            outer.fixed += more
            outer.slope -= less
            above = outer.above

    def _push(self, link: str) -> None:
        state = self.states[link]
        moment = state.fills_at()
        if moment is not None:
            heappush(self.heap, (moment, _FULL, -state.depth, link))
