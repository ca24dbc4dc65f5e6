# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which OSPF area a new link belongs to.

Border routers, core switches and the first ``routers_per_area`` OPD routers are in the backbone: one area is the
easiest to understand and to repair, and a regency rarely needs more. Beyond that each further group of routers gets an
area of its own (0.0.0.1, 0.0.0.2, …), so that a line that flaps at one office is recomputed by its own group only; the
core switch is their area border router (RFC 2328 section 3.1). A router stays in its area for good.

Areas are normal, never stub: a stub's default route comes from the core switch and stays when the border router has
lost its provider (RFC 2328 section 12.4.3.1), and an office that still has a line of its own would then not fall back
to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from ipaddress import IPv4Address

from ..register.models import Device
from .allocations import BACKBONE, LinkAllocation
from .links import BORDER


class Areas:
    """Areas of the links given so far, and of the next ones."""

    def __init__(self, links: Mapping[str, LinkAllocation], borders: frozenset[str], most: int) -> None:
        """``borders``: names of the border routers, who count for no area; ``most``: OPD routers in one area."""
        self._of: dict[str, IPv4Address] = {}
        self._routers: Counter[IPv4Address] = Counter()
        self._most = most
        for key, link in links.items():
            device = key.partition(":")[0]
            if device not in borders and device not in self._of:
                self._join(device, link.area)

    def area(self, far: Device) -> IPv4Address:
        """Of a link to ``far``. All of a router are in one area; one without any joins the first that has room."""
        if far.role == BORDER:
            return BACKBONE
        if far.name not in self._of:
            area = BACKBONE
            while self._routers[area] >= self._most:
                area += 1
            self._join(far.name, area)
        return self._of[far.name]

    def _join(self, device: str, area: IPv4Address) -> None:
        self._of[device] = area
        self._routers[area] += 1
