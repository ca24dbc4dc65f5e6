# SPDX-License-Identifier: GPL-3.0-or-later
"""Which OPDs go together, and in which order: those whom a mistake hurts least go first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...register.models import Opd, RolloutRules


def by_risk(opds: Iterable[Opd]) -> list[Opd]:
    """Offices without public service first, then by priority (5 is the least important), places, users, code."""
    return sorted(opds, key=lambda opd: (opd.public_service, -opd.priority, len(opd.locations), opd.users, opd.code))


def waves(opds: Iterable[Opd], rules: RolloutRules) -> list[list[Opd]]:
    """A first small wave, then each twice as large as the one before, up to the largest allowed."""
    waiting = by_risk(opds)
    size = min(rules.first_wave, rules.largest_wave)
    found: list[list[Opd]] = []
    while waiting:
        found.append(waiting[:size])
        waiting = waiting[size:]
        size = min(2 * size, rules.largest_wave)
    return found


def goes_on(failed: Sequence[str], allowed: int) -> bool:
    """Whether another wave may begin after these OPDs have failed."""
    return len(failed) <= allowed
