# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which offices may ask what of which other offices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..register.models import Access
from .network import Network, Office


@dataclass(frozen=True)
class Grant:
    """One permission of the register, with the planned offices at its two ends; neither list is empty."""

    access: Access
    sources: list[Office]
    targets: list[Office]


def grants(network: Network) -> Iterator[Grant]:
    """The permissions between offices that are in service, in the order of the register."""
    for access in network.register.government.access:
        sources = [office for office in network.offices if _named(office, access.source)]
        targets = [office for office in network.offices if _named(office, access.target)]
        if sources and targets:
            yield Grant(access, sources, targets)


def _named(office: Office, place: str) -> bool:
    """``place``: an OPD (all its locations) or ``opd/location``."""
    return place in (office.router.opd, office.router.location_ref)
