# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One IPv6 prefix -> the parts in which the planner numbers loopbacks, links, servers and offices.

In fd3c:91a7:5e20::/48: loopbacks in :0::/64, links in :1::/64, servers in :10::/64, offices in :8000::/49, sixteen /64
for each office (its LAN, its segments, room for more), so the fourth group names the office and its last digit the use.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from ..register.models import Segment

LAN_PREFIX = 64
LINK_PREFIX = 127  # RFC 6164
OFFICE_PREFIX = 60
POOL = "address_pools.ipv6"

_LOOPBACK, _TRANSIT, _MANAGEMENT, _DATA_CENTRE = 0x0, 0x1, 0x2, 0x10
#: Which of an office's sixteen /64 a segment is; the LAN is the first.
SEGMENT_PLACES: dict[Segment, int] = {"cctv": 1, "public_wifi": 2}


@dataclass(frozen=True)
class Ipv6Parts:
    loopback: IPv6Network
    transit: IPv6Network
    #: Nobody has an address in it: devices are managed over IPv4 only.
    management: IPv6Network
    data_centre: IPv6Network
    offices: IPv6Network


def parts(prefix: IPv6Network) -> Ipv6Parts:
    """``prefix`` is a /56 or wider."""
    infrastructure, offices = prefix.subnets()
    return Ipv6Parts(
        loopback=_subnet(infrastructure, _LOOPBACK),
        transit=_subnet(infrastructure, _TRANSIT),
        management=_subnet(infrastructure, _MANAGEMENT),
        data_centre=_subnet(infrastructure, _DATA_CENTRE),
        offices=offices,
    )


def like_ipv4(network: IPv6Network, address: IPv4Address, pool: IPv4Network) -> IPv6Address:
    """The address whose last group shows the number of ``address`` in ``pool``: 10.61.0.11 of a /24 becomes ::11."""
    return _numbered(network, int(address) - int(pool.network_address))


def like_vlan(transit: IPv6Network, vlan: int) -> IPv6Network:
    """The /127 that shows the link's VLAN: 101 becomes ::101:0/127.

    Never the first or the last addresses of a /64, which RFC 6164 section 5 forbids for links.
    """
    return IPv6Network((int(transit.network_address) + (int(str(vlan), 16) << 16), LINK_PREFIX))


def _numbered(network: IPv6Network, number: int) -> IPv6Address:
    return network.network_address + int(str(number), 16)


def _subnet(network: IPv6Network, number: int) -> IPv6Network:
    return IPv6Network((int(network.network_address) + (number << (128 - LAN_PREFIX)), LAN_PREFIX))
