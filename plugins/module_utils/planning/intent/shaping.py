# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shaping an OPD to what bandwidth.yml says is ``allocated``.

Downloads of all locations of an OPD share one class at the border, so together they never exceed the allocation.
Uploads are shaped where they enter our network, at each location's own router: that router cannot know what the others
send, so each location may use up to the whole allocation of its OPD.
"""

from __future__ import annotations

from ..network import Network, Office
from ..shapes import Shaping, ShapingClass
from ..zones import internal


def downloads(network: Network, interface: str, rate_bps: int) -> Shaping:
    """One class an OPD on ``interface`` of the border, ``rate_bps`` being what the uplink carries."""
    by_opd: dict[str, list[Office]] = {}
    for office in network.offices:
        by_opd.setdefault(office.router.opd, []).append(office)
    classes = [found for opd, offices in by_opd.items() if (found := _class(network, opd, offices)) is not None]
    return {
        "interface": interface,
        "rate_bps": rate_bps,
        "match": "destination",
        "classes": sorted(classes, key=lambda item: item["id"]),
    }


def uploads(network: Network, office: Office, interface: str) -> Shaping | None:
    """What the office sends by ``interface``; None when its OPD has no allocation."""
    found = _class(network, office.router.opd, [office])
    if found is None:
        return None
    return {
        "interface": interface,
        "match": "source",
        "internal": internal(network),
        "rate_bps": None,
        "classes": [found],
    }


def _class(network: Network, opd: str, offices: list[Office]) -> ShapingClass | None:
    """The id of a class is the lowest VLAN of the OPD's links: unique, and it stays when other OPDs come and go."""
    routers = {office.router.name for office in offices}
    vlans = [planned.allocation.vlan for planned in network.links if planned.link.far.name in routers]
    allocated = network.allocated(opd)
    if not vlans or allocated is None:
        return None
    return {
        "id": min(vlans),
        "name": opd,
        "rate_bps": allocated,
        "ceil_bps": allocated,
        "prefixes": [str(office.lan) for office in offices],
    }
