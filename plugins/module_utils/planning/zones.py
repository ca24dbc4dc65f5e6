# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zones: the names firewalls speak in, and the networks behind them."""

from __future__ import annotations

from functools import lru_cache

from .network import Network
from .shapes import Zones

MANAGEMENT = "management"
DATA_CENTRE = "data_centre"
OFFICES = "offices"
TRANSIT = "transit"
LOOPBACK = "loopback"
#: Only where an office has such a segment.
CCTV = "cctv"
PUBLIC_WIFI = "public_wifi"
#: Not in `zones()`: it has no networks of its own.
INTERNET = "internet"


@lru_cache(maxsize=4)  # IPv4 and IPv6 of one government, and of another
def zones(network: Network) -> Zones:
    """Zone -> networks; the answer is shared, so never change it.

    ``offices`` are only those whose router is in service: nothing else can be a source yet.
    """
    government = network.register.government
    found: Zones = {
        MANAGEMENT: [str(source) for source in government.management_sources],
        DATA_CENTRE: [str(network.data_centre.subnet)],
        OFFICES: [str(office.lan) for office in network.offices],
        TRANSIT: [str(government.address_pools.transit)],
        LOOPBACK: [str(government.address_pools.loopback)],
    }
    for use in (CCTV, PUBLIC_WIFI):
        subnets = [
            str(segment.subnet) for office in network.offices for segment in office.segments if segment.use == use
        ]
        if subnets:
            found[use] = subnets
    return found


def internal(network: Network) -> list[str]:
    """All pools of this government: addresses that must never leave towards a provider.

    With IPv6 that is its whole prefix.
    """
    pools = network.register.government.address_pools
    if network.family == 6:
        return [str(pools.ipv6)]
    return [
        str(pool) for pool in (pools.management, pools.data_centre, pools.office_lan, pools.transit, pools.loopback)
    ]
