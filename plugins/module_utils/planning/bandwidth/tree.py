# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree of links by which every office reaches the internet, and what each office claims of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of the way to the internet; ``capacity`` in bit/s, None when it is not known and so limits nobody.

    ``parent`` is the next link on the way to the internet, None at the end of the way.
    """

    name: str
    parent: str | None
    capacity: int | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place may get, in bit/s: ``floor`` before anybody gets more, never above ``ceiling``.

    ``link`` is the first link of its way, None when nothing limits it. ``weight`` is positive and relative.
    """

    name: str
    link: str | None
    weight: int
    floor: int
    ceiling: int

    def __post_init__(self) -> None:
        if self.weight <= 0 or not 0 <= self.floor <= self.ceiling:
            raise ValueError(f"not a claim: {self}")


def by_name(links: Sequence[Link]) -> dict[str, Link]:
    return {link.name: link for link in links}


def way(links: Mapping[str, Link], first: str | None) -> list[Link]:
    """The links from ``first`` to the internet. Raises ValueError when they form a circle, KeyError for a stranger."""
    found: list[Link] = []
    seen: set[str] = set()
    name = first
    while name is not None:
        if name in seen:
            raise ValueError(f"links in a circle at {name}")
        seen.add(name)
        found.append(links[name])
        name = links[name].parent
    return found


def narrowest(links: Mapping[str, Link], first: str | None, without: Collection[str] = ()) -> Link | None:
    """The link of least capacity on the way from ``first``, the nearest one of equals; None when none limits."""
    limited = [link for link in way(links, first) if link.capacity is not None and link.name not in without]
    return min(limited, key=lambda link: link.capacity or 0, default=None)
