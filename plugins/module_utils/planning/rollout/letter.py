# SPDX-License-Identifier: GPL-3.0-or-later
"""What a letter needs that ends an OPD's own subscription."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...register.models import Opd, Register
from .facts import Facts
from .gates import own_lines, quiet_since


@dataclass(frozen=True)
class Cancellation:
    """One subscription that may end; ``quiet_since`` is the first day without a complaint about the central line."""

    circuit: str
    provider: str
    opd: str
    location: str
    contract_end: date
    budget_line: str | None
    monthly_cost: Decimal
    cutover: date
    quiet_since: date


def cancellations(opd: Opd, register: Register, facts: Facts) -> Iterator[Cancellation]:
    """For every own subscription of an OPD that stands before ``terminated`` and has a day of cutover."""
    if opd.stage_since is None:
        return
    for line in own_lines(opd, register):
        yield Cancellation(
            circuit=line.id,
            provider=line.provider,
            opd=opd.name,
            location=f"{line.opd}/{line.location}",
            contract_end=line.contract.end,
            budget_line=line.budget_line,
            monthly_cost=line.monthly_cost,
            cutover=opd.stage_since,
            quiet_since=quiet_since(opd, register, facts),
        )
