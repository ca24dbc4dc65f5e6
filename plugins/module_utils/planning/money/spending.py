# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is spent in a fiscal year, by whom, and which figures cannot be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from statistics import median

from ...register.models import Circuit, Opd, Register
from .months import costs
from .transition import own_lines

_MEGABIT = 1_000_000
# East Lombok 2025: Rp 55 billion in one source, 5.5 in the other. Both are shown, never their average.
FAR_APART = 10
_ENOUGH = 3  # a median of fewer says nothing


@dataclass(frozen=True, slots=True)
class Price:
    """Rupiah per Mbps and month. ``times`` is how far from the median of its kind, when at least ten times."""

    circuit: Circuit
    per_mbps: Decimal
    too_low: bool
    too_high: bool
    times: Decimal | None

    @property
    def odd(self) -> bool:
        return self.too_low or self.too_high or self.times is not None


@dataclass(frozen=True, slots=True)
class Outside:
    """An OPD that the network does not reach keeps its budget (OKU, 2026). ``circuits`` empty: no internet at all."""

    opd: Opd
    circuits: tuple[Circuit, ...]
    year_cost: Decimal


@dataclass(frozen=True, slots=True)
class FarApart:
    """Two totals of the same spending, at least ten times apart."""

    low: tuple[str, Decimal]
    high: tuple[str, Decimal]

    @property
    def times(self) -> Decimal:
        return (self.high[1] / self.low[1]).quantize(Decimal("0.1"), ROUND_HALF_UP)


def year_cost(register: Register, circuit: Circuit) -> Decimal:
    """What ``circuit`` costs in the fiscal year."""
    year = register.government.fiscal_year
    billing = register.government.rules.subscriptions.billing
    return sum(costs(circuit, date(year, 1, 1), date(year, 12, 31), billing).values(), Decimal(0))


def outside(register: Register) -> list[Outside]:
    """All OPDs outside the network's reach, in the register's order."""
    found = []
    owned = own_lines(register)
    for opd in register.opds:
        if not opd.coverage.reachable:
            circuits = owned.get(opd.code, ())
            total = sum((year_cost(register, circuit) for circuit in circuits), Decimal(0))
            found.append(Outside(opd, circuits, total))
    return found


def prices(register: Register) -> list[Price]:
    """Every circuit that costs something, in the register's order."""
    rules = register.government.rules
    paid = {c.id: _per_mbps(c) for c in register.circuits if c.monthly_cost}
    middles: dict[str, Decimal] = {}
    for kind in ("uplink", "leased_line", "own_subscription"):
        same = [paid[c.id] for c in register.circuits if c.kind == kind and c.id in paid]
        if len(same) >= _ENOUGH:
            middles[kind] = median(same)
    found = []
    for circuit in register.circuits:
        if circuit.id in paid:
            price = paid[circuit.id]
            low, high = price < rules.price_per_mbps_min, price > rules.price_per_mbps_max
            found.append(Price(circuit, price, low, high, _times(price, middles.get(circuit.kind))))
    return found


def far_apart(register: Register) -> list[FarApart]:
    """The register's total of the fiscal year and the totals that others state, where two are ten times apart."""
    total = sum((year_cost(register, circuit) for circuit in register.circuits), Decimal(0))
    stated = [(item.source, item.amount) for item in register.government.rules.subscriptions.stated_spending]
    totals: Sequence[tuple[str, Decimal]] = [("register", total), *stated]
    found = []
    for one, other in combinations(totals, 2):
        low, high = sorted((one, other), key=lambda item: item[1])
        if low[1] > 0 and high[1] >= low[1] * FAR_APART:
            found.append(FarApart(low, high))
    return found


def _per_mbps(circuit: Circuit) -> Decimal:
    return (circuit.monthly_cost * _MEGABIT / circuit.capacity.usable).quantize(Decimal(1), ROUND_HALF_UP)


def _times(price: Decimal, middle: Decimal | None) -> Decimal | None:
    if not middle or not price:
        return None
    ratio = max(price / middle, middle / price)
    return ratio.quantize(Decimal("0.1"), ROUND_HALF_UP) if ratio >= FAR_APART else None
