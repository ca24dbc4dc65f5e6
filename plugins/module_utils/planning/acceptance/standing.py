# SPDX-License-Identifier: GPL-3.0-or-later
"""How every location stands: its last test over the central line, judged by what it was promised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from ...register.models import Register
from ..rollout.facts import Measured
from .criteria import judge
from .measurement import Measurement


def standing(found: Iterable[Measurement], register: Register, promised: Mapping[str, int]) -> dict[str, Measured]:
    """By ``opd/location``; ``promised`` is the CIR of each in bit/s.

    A location that is not in ``promised`` has been promised nothing yet, so its test cannot pass. The day is that of
    the government's own time zone.
    """
    zone = ZoneInfo(register.government.iana_time_zone)
    last: dict[str, Measurement] = {}
    for one in found:
        if one.line == "central" and (one.location not in last or last[one.location].taken < one.taken):
            last[one.location] = one
    told: dict[str, Measured] = {}
    for ref, one in last.items():
        day = one.taken.astimezone(zone).date()
        failed: tuple[str, ...] = ("tidak ada CIR yang dijanjikan",)
        if ref in promised:
            second = has_second_line(register, ref, day)
            criteria = judge(one, register.government.rules.acceptance, promised[ref], second_line=second)
            failed = tuple(str(criterion) for criterion in criteria if not criterion.passed)
        told[ref] = Measured(day, one.line, failed)
    return told


def has_second_line(register: Register, ref: str, day: date) -> bool:
    """Whether the location has, on that day, a line besides the one that leads to the centre."""
    opd, _, location = ref.partition("/")
    return any(
        (line.kind == "own_subscription" or (line.kind == "leased_line" and line.role == "backup"))
        and (line.opd, line.location) == (opd, location)
        and line.contract.start <= day <= line.contract.end
        for line in register.circuits
    )
