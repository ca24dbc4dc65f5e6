# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the government's uplinks carry on a day, as the last links of everybody's way to the internet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ...register.models import Circuit, Register
from .tree import Link

UPLINK, INTERNATIONAL, DOMESTIC = "uplink", "international", "domestic"


@dataclass(frozen=True, slots=True)
class Supply:
    """``links`` in the order of the way, the last of them first; ``circuits`` are the uplinks that count."""

    links: tuple[Link, ...]
    circuits: tuple[Circuit, ...]
    expired: tuple[Circuit, ...]

    @property
    def capacity(self) -> int:
        """bit/s of all of them together."""
        return self.links[0].capacity or 0


def supply(register: Register, day: date, out: Collection[str] = ()) -> Supply:
    """The main uplinks under contract on ``day``; when some are ``out``, what remains of them and the backups.

    An uplink carries the larger of its two capacities at most (``Capacity.usable``). How much of the traffic goes
    abroad is measured, not known: only with ``rules.bandwidth.international_percent`` do both capacities limit.
    """
    roles = ("main", "backup") if out else ("main",)
    uplinks = [c for c in register.circuits if c.kind == "uplink" and c.role in roles and c.id not in out]
    valid = [c for c in uplinks if c.contract.start <= day <= c.contract.end]
    links = [Link(UPLINK, None, sum(c.capacity.usable for c in valid))]
    abroad = register.government.rules.bandwidth.international_percent
    for name, percent, capacity in (
        (INTERNATIONAL, abroad, sum(c.capacity.international for c in valid)),
        (DOMESTIC, None if abroad is None else 100 - abroad, sum(c.capacity.domestic for c in valid)),
    ):
        if percent:
            links.append(Link(name, links[-1].name, capacity * 100 // percent))
    return Supply(tuple(links), tuple(valid), tuple(c for c in uplinks if c not in valid))
