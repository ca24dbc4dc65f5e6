# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""LANs that offices have had so far, held against the networks that were given out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from ipaddress import IPv4Network
from pathlib import Path

from ..register.document import Document, read_document
from ..register.models import Location, Opd, Register
from ..register.problem import Problem
from ..register.rules.lans import overlap_action, overlap_severity
from .allocations import Allocations


def overlaps(register: Register, allocations: Allocations, folder: Path) -> list[Problem]:
    """A problem for every old LAN of an office that lies over somebody else's new one; ``folder`` holds ``register/``.

    An office may keep its own old subnet as its new one.
    """
    found = list(_overlaps(register, allocations))
    if not found:
        return []
    document = read_document(folder / "register" / "opds.yml")
    return [_problem(document, *item) for item in found]


_Overlap = tuple[int, Opd, int, Location, int, IPv4Network, str]


def _overlaps(register: Register, allocations: Allocations) -> Iterator[_Overlap]:
    given = _Given(allocations)
    for number, opd in enumerate(register.opds):
        for index, location in enumerate(opd.locations):
            ref = f"{opd.code}/{location.code}"
            for place, lan in enumerate(location.existing_lans):
                for owner, subnet in given.over(lan):
                    if owner != ref:
                        yield number, opd, index, location, place, subnet, owner
                        break


def _problem(
    document: Document,
    number: int,
    opd: Opd,
    index: int,
    location: Location,
    place: int,
    subnet: IPv4Network,
    owner: str,
) -> Problem:
    path = ("opds", number, "locations", index, "existing_lans", place)
    return Problem(
        document.position(path),
        document.key(path),
        f"LAN lama {location.existing_lans[place]} di {opd.code}/{location.code} beririsan dengan {subnet}, jaringan "
        f"baru milik {owner}, sehingga kantor itu tidak dapat menjangkaunya selama kedua jaringan hidup berdampingan.",
        overlap_action(opd.stage),
        overlap_severity(opd.stage),
    )


class _Given:
    """Networks of offices in the order of their addresses; they do not overlap one another."""

    def __init__(self, allocations: Allocations) -> None:
        self._networks = sorted(
            (subnet, ref)
            for ref, item in allocations.locations.items()
            for subnet in (item.lan, *item.segments.values())
        )
        self._ends = [int(subnet.broadcast_address) for subnet, _ in self._networks]

    def over(self, lan: IPv4Network) -> Iterator[tuple[str, IPv4Network]]:
        """Owner and network of all that overlap ``lan``."""
        place = bisect_right(self._ends, int(lan.network_address) - 1)
        while place < len(self._networks) and self._networks[place][0].network_address <= lan.broadcast_address:
            subnet, owner = self._networks[place]
            yield owner, subnet
            place += 1
