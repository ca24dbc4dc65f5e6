# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may advance now, who may not and why, and in which waves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ...register.models import Opd, Register, Stage
from ..allocations import Allocations
from .facts import Facts
from .gates import gaps
from .stages import following
from .waves import waves


@dataclass(frozen=True)
class Candidate:
    """An OPD before its next stage; ``missing`` says what keeps it from there."""

    opd: Opd
    to: Stage
    missing: tuple[str, ...]


@dataclass(frozen=True)
class RolloutPlan:
    """``waves`` holds those who may go, in order; ``waiting`` the others, in the order of the register."""

    waves: tuple[tuple[Candidate, ...], ...]
    waiting: tuple[Candidate, ...]

    @property
    def ready(self) -> tuple[Candidate, ...]:
        return tuple(candidate for wave in self.waves for candidate in wave)


def plan(
    register: Register,
    allocations: Allocations,
    facts: Facts,
    *,
    to: Stage | None = None,
    only: Collection[str] | None = None,
) -> RolloutPlan:
    """Every OPD that is not at its end is judged for its next stage.

    ``to`` keeps those whose next stage is this one, ``only`` those with one of these codes.
    """
    candidates: dict[str, Candidate] = {}
    for opd in register.opds:
        after = following(opd.stage)
        if after is None or (to is not None and after != to) or (only is not None and opd.code not in only):
            continue
        candidates[opd.code] = Candidate(opd, after, gaps(opd, after, register, allocations, facts))
    ready = [candidate.opd for candidate in candidates.values() if not candidate.missing]
    grouped = waves(ready, register.government.rules.rollout)
    return RolloutPlan(
        tuple(tuple(candidates[opd.code] for opd in wave) for wave in grouped),
        tuple(candidate for candidate in candidates.values() if candidate.missing),
    )
