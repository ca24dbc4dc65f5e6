# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens to the plan when an uplink is out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from ...register.models import Register, Stage
from .floors import Overload
from .plan import BandwidthPlan, kept_floor_percent, plan
from .supply import supply


@dataclass(frozen=True)
class Outage:
    """The plan without ``circuit``. Where floors do not fit, ``kept_percent`` < 100 of each is kept, and ``short`` says
    which links are short of how much: an emergency cannot be refused, so what is not kept is told.

    ``dark``: nothing remains, ``plan`` shares nothing.
    """

    circuit: str
    remaining: tuple[str, ...]
    kept_percent: int
    short: tuple[Overload, ...]
    plan: BandwidthPlan

    @property
    def dark(self) -> bool:
        return not self.remaining


def outages(
    register: Register,
    day: date,
    first_stage: Stage = "provisioned",
    *,
    also: Collection[str] = (),
    without: Collection[str] = (),
) -> Iterator[Outage]:
    """One for every uplink that carries; the next line at its router takes over. A spare one out changes nothing.

    ``also``, ``without``: as in `plan`.
    """
    share = partial(plan, register, day, first_stage=first_stage, also=also, without=without)
    for circuit in supply(register, day).circuits:
        found = share(out={circuit.id})
        short, percent = found.overloads, 100
        if short:
            reserved = {
                link: sum(c.floor for item in short if item.link.name == link for c in item.claims if _is_event(c.name))
                for link in {item.link.name for item in short}
            }
            percent = kept_floor_percent(short, reserved)
            found = share(out={circuit.id}, floor_percent=percent)
        yield Outage(circuit.id, tuple(c.id for c in found.supply.circuits), percent, short, found)


def _is_event(name: str) -> bool:
    return name.startswith("event:")
