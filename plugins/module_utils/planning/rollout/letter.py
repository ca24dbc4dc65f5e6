# SPDX-License-Identifier: GPL-3.0-or-later
"""What a letter needs that ends an OPD's own subscription."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ...register.models import Opd, Register
from ..money.transition import latest_day
from .facts import Facts
from .gates import own_lines, quiet_since


@dataclass(frozen=True)
class Cancellation:
    """One subscription that may end; ``quiet_since`` is the first day without a complaint about the central line.

    ``latest``: the last working day on which the letter may arrive for ``contract_end``; ``late``: that day is over,
    and ``ends`` is what the notice still allows.
    """

    circuit: str
    provider: str
    opd: str
    location: str
    contract_end: date
    latest: date
    late: bool
    ends: date
    budget_line: str | None
    monthly_cost: Decimal
    cutover: date
    quiet_since: date


def cancellations(opd: Opd, register: Register, facts: Facts) -> Iterator[Cancellation]:
    """For every own subscription that still runs, of an OPD before ``terminated`` that has a day of cutover."""
    if opd.stage_since is None:
        return
    notice = register.government.rules.subscriptions.notice_days
    for line in own_lines(opd, register):
        if line.contract.end < facts.today:
            continue
        yield Cancellation(
            circuit=line.id,
            provider=line.provider,
            opd=opd.name,
            location=f"{line.opd}/{line.location}",
            contract_end=line.contract.end,
            latest=(latest := latest_day(line.contract.end, notice)),
            late=latest < facts.today,
            ends=max(line.contract.end, facts.today + timedelta(days=notice)),
            budget_line=line.budget_line,
            monthly_cost=line.monthly_cost,
            cutover=opd.stage_since,
            quiet_since=quiet_since(opd, register, facts),
        )
