# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BGP with the providers of a border router: who is spoken to, what is announced, what is believed.

Policy of RFC 7454, RFC 8212 and MANRS, the same for everybody: only our own prefixes leave, only the default route (or
a table without what cannot be true) comes in, and every session has a limit. The order of the lines is the register's:
outwards by local preference and administrative distance, inwards by a longer AS path over the lines behind.
"""

from __future__ import annotations

from ipaddress import IPv4Network, collapse_addresses

from ...register.models import BgpSession as Asked
from ...register.models import Device
from ..network import Network
from ..shapes import BgpSession, Peered
from ..uplinks import FIRST_DISTANCE, Uplink, announced

#: Never a destination on the internet, so never believed (RFC 6890 and its registry; RFC 7454 section 6.1.1).
BOGONS = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/3",
        ),
    )
)  # fmt: skip
#: RFC 4271 has 100 for who says nothing; ours are above it, the first line highest.
_FIRST_PREFERENCE, _STEP = 200, 10
#: How often our number stands in the path once more for each line before this one; providers cut long paths off.
_PREPENDS, _MOST_PREPENDS = 3, 9


def bgp(device: Device, network: Network, lines: list[Uplink]) -> Peered:
    """The key ``bgp``: what the router says to the providers on ``lines`` (in order of preference), if to any.

    Raises ValueError when no AS number of ours is known (such a register is refused).
    """
    sessions = [
        _session(network, uplink, asked, rank)
        for rank, uplink in enumerate(lines)
        if (asked := uplink.circuit.bgp) is not None and uplink.handoff is not None
    ]
    if not sessions:
        return {}
    return {
        "bgp": {
            "asn": network.register.government.asn or sessions[0]["own_asn"],
            "router_id": str(network.loopbacks[device.name]),
            "prefixes": sorted({prefix for session in sessions for prefix in session["prefixes"]}, key=IPv4Network),
            "sessions": sessions,
        }
    }


def _session(network: Network, uplink: Uplink, asked: Asked, position: int) -> BgpSession:
    government = network.register.government
    own = asked.own_asn or government.asn
    if own is None or uplink.handoff is None:
        raise ValueError(f"{uplink.circuit.id}: no AS number or no handoff")
    # A backup line that has a border router to itself still waits behind the other router's main line.
    rank = max(position, 1) if uplink.circuit.role == "backup" else position
    pools = government.address_pools
    ours = [
        *announced(government),
        *(pools.management, pools.data_centre, pools.office_lan, pools.transit, pools.loopback),
    ]
    return {
        "circuit": uplink.circuit.id,
        "provider": uplink.circuit.provider,
        "family": "ipv4",
        "interface": uplink.port.name,
        "local": str(uplink.handoff.address.ip),
        "neighbour": str(asked.neighbour or uplink.handoff.gateway),
        "asn": asked.asn,
        "own_asn": own,
        "prefixes": [str(prefix) for prefix in announced(government, asked)],
        "accept": asked.accept,
        "reject": [str(found) for found in collapse_addresses([*BOGONS, *ours])] if asked.accept == "table" else [],
        "max_prefixes": asked.limit,
        "distance": FIRST_DISTANCE + position,
        "local_preference": _FIRST_PREFERENCE - _STEP * rank,
        "prepend": min(_PREPENDS * rank, _MOST_PREPENDS),
        "password": asked.password,
        "ttl_security": asked.ttl_security,
    }
