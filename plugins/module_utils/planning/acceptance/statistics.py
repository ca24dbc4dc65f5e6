# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures out of raw samples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median


@dataclass(frozen=True)
class Pings:
    """Echo requests to one target: how many were sent, and the round trips in milliseconds of those answered.

    ``told``: how many were answered and their mean round trip, by a device that tells no single ones.
    """

    target: str
    sent: int
    round_trips: tuple[float, ...] = ()
    told: tuple[int, float | None] | None = None

    @property
    def received(self) -> int:
        return self.told[0] if self.told else len(self.round_trips)

    @property
    def loss_percent(self) -> float | None:
        return None if self.sent <= 0 else 100 * max(0, self.sent - self.received) / self.sent

    @property
    def latency_ms(self) -> float | None:
        """Mean round trip."""
        if self.told:
            return self.told[1]
        return fmean(self.round_trips) if self.round_trips else None

    @property
    def jitter_ms(self) -> float | None:
        """Mean difference of consecutive round trips (what RFC 3550 section 6.4.1 smooths); needs two of them."""
        differences = [abs(later - earlier) for earlier, later in pairwise(self.round_trips)]
        return fmean(differences) if differences else None


def best(found: Iterable[Pings]) -> Pings | None:
    """The target that says most about the line: fewest lost, then shortest way. A target that is down is not the line.

    None when there is none at all.
    """
    return min(found, key=lambda p: (p.loss_percent or 0, p.latency_ms or float("inf")), default=None)


def middle(samples: Sequence[float]) -> float | None:
    """The median: one odd sample does not decide."""
    return median(samples) if samples else None


def longest_gap(answers: Sequence[float], begin: float, end: float) -> float:
    """The longest time without an answer between two moments, in seconds; ``answers`` are moments in seconds.

    Everything, when nothing was answered: an outage that never ended is as long as it was looked at.
    """
    inside = [moment for moment in sorted(answers) if begin <= moment <= end]
    return max((later - earlier for earlier, later in pairwise([begin, *inside, end])), default=0.0)
