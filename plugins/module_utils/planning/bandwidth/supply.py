# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the government's uplinks carry on a day, as the last links of everybody's way to the internet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ...register.carriers import carriers
from ...register.models import Circuit, Register
from .tree import Link

UPLINK, INTERNATIONAL, DOMESTIC = "uplink", "international", "domestic"


@dataclass(frozen=True, slots=True)
class Supply:
    """``links`` in the order of the way, the last of them first.

    ``circuits`` are the uplinks that carry, ``spare`` main ones that wait for one of those to die, ``expired`` those
    without a contract that day.
    """

    links: tuple[Link, ...]
    circuits: tuple[Circuit, ...]
    expired: tuple[Circuit, ...]
    spare: tuple[Circuit, ...] = ()

    @property
    def capacity(self) -> int:
        """bit/s of all that carry together."""
        return self.links[0].capacity or 0


def supply(register: Register, day: date, out: Collection[str] = ()) -> Supply:
    """The main uplinks under contract on ``day`` that carry; when some are ``out``, what then carries, backups too.

    What carries is what the network does (``carriers``): one line a border router, so a second main uplink at the same
    router adds safety and no capacity. An uplink carries the larger of its two capacities at most
    (``Capacity.usable``). How much of the traffic goes abroad is measured, not known: only with
    ``rules.bandwidth.international_percent`` do both capacities limit.
    """
    roles = ("main", "backup") if out else ("main",)
    uplinks = [c for c in register.circuits if c.kind == "uplink" and c.role in roles and c.id not in out]
    valid = [c for c in uplinks if c.contract.start <= day <= c.contract.end]
    abroad = register.government.rules.bandwidth.international_percent
    carrying = carriers(register.devices, valid, lambda circuit: min(_capacities([circuit], abroad).values()))
    links: list[Link] = []
    for name, capacity in _capacities(carrying, abroad).items():
        links.append(Link(name, links[-1].name if links else None, shaped(capacity, register)))
    spare = tuple(c for c in valid if c.role == "main" and c not in carrying)
    return Supply(tuple(links), tuple(carrying), tuple(c for c in uplinks if c not in valid), spare)


def shaped(capacity: int, register: Register) -> int:
    """bit/s of an uplink's ``capacity`` that are shared out, and shaped to.

    Who shapes to all of what the provider passes on leaves the queue with the provider, whose device knows neither
    guarantees nor priorities.
    """
    return capacity * register.government.rules.bandwidth.shaped_percent // 100


def _capacities(circuits: Collection[Circuit], abroad: int | None) -> dict[str, int]:
    """bit/s of traffic of the known mixture that each limit lets pass, in the order of the way."""
    found = {UPLINK: sum(c.capacity.usable for c in circuits)}
    for name, percent, capacity in (
        (INTERNATIONAL, abroad, sum(c.capacity.international for c in circuits)),
        (DOMESTIC, None if abroad is None else 100 - abroad, sum(c.capacity.domestic for c in circuits)),
    ):
        if percent:
            found[name] = capacity * 100 // percent
    return found
