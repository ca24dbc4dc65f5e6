# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Floors that do not fit through a link: which link, how much is missing, and who asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .tree import Claim, Link, by_name, way


@dataclass(frozen=True, slots=True)
class Overload:
    """The floors of ``claims`` together are ``floors`` bit/s, more than ``link`` carries."""

    link: Link
    floors: int
    claims: tuple[Claim, ...]

    @property
    def missing(self) -> int:
        return self.floors - (self.link.capacity or 0)


def overloads(links: Sequence[Link], claims: Sequence[Claim]) -> list[Overload]:
    """Every link whose floors do not fit, in the order of ``links``; largest floors first within each."""
    known = by_name(links)
    below: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.floor:
            for link in way(known, claim.link):
                below.setdefault(link.name, []).append(claim)
    found = []
    for link in links:
        floors = sum(claim.floor for claim in below.get(link.name, ()))
        if link.capacity is not None and floors > link.capacity:
            ordered = sorted(below[link.name], key=lambda claim: (-claim.floor, claim.name))
            found.append(Overload(link, floors, tuple(ordered)))
    return found
