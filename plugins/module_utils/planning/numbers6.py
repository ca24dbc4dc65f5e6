# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IPv6 numbers beside the IPv4 ones of an address plan.

A new number looks like its IPv4 sibling where that is possible, so that people recognise it; what is recorded stays, as
with IPv4. Without an IPv6 prefix nothing is added and nothing taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from ..register.models import Register, Segment
from .allocations import Allocations, DataCentre, LinkAllocation, LocationAllocation
from .ipv6_parts import (
    LAN_PREFIX,
    LINK_PREFIX,
    OFFICE_PREFIX,
    POOL,
    SEGMENT_PLACES,
    Ipv6Parts,
    like_ipv4,
    like_vlan,
    parts,
)
from .pools import SubnetPool

#: Addresses that follow no IPv4 sibling start here: nothing that shows a decimal number reaches it.
_BEYOND = 0x1_0000_0000


def with_ipv6(register: Register, four: Allocations, needed: Iterable[str]) -> Allocations:
    """``four`` with IPv6 numbers for whoever has IPv4 ones; of the locations only for ``needed``.

    Raises PoolExhaustedError.
    """
    pools = register.government.address_pools
    if pools.ipv6 is None or four.data_centre is None:
        return four
    six = parts(pools.ipv6)
    centre = _data_centre(four.data_centre, six)
    assert centre.subnet6 is not None
    assert centre.gateway6 is not None
    return four.model_copy(
        update={
            "data_centre": centre,
            "loopbacks6": _siblings(four.loopbacks, four.loopbacks6, pools.loopback, six.loopback, ()),
            "locations": _locations(four.locations, list(needed), six),
            "links": _links(four.links, six),
            "servers6": _siblings(four.servers, four.servers6, centre.subnet, centre.subnet6, (centre.gateway6,)),
        }
    )


def without_ipv6(allocations: Allocations) -> Allocations:
    """``allocations`` as a government without IPv6 prefix uses them."""
    centre = allocations.data_centre
    return allocations.model_copy(
        update={
            "data_centre": centre and centre.model_copy(update={"subnet6": None, "gateway6": None}),
            "loopbacks6": {},
            "servers6": {},
            "locations": {
                ref: item.model_copy(update={"lan6": None, "segments6": {}})
                for ref, item in allocations.locations.items()
            },
            "links": {key: item.model_copy(update={"subnet6": None}) for key, item in allocations.links.items()},
        }
    )


def _data_centre(centre: DataCentre, six: Ipv6Parts) -> DataCentre:
    subnet = centre.subnet6 or six.data_centre
    return centre.model_copy(update={"subnet6": subnet, "gateway6": centre.gateway6 or subnet.network_address + 1})


def _siblings(
    four: Mapping[str, IPv4Address],
    six: Mapping[str, IPv6Address],
    pool: IPv4Network,
    network: IPv6Network,
    also_taken: Iterable[IPv6Address],
) -> dict[str, IPv6Address]:
    used = {*six.values(), *also_taken}
    found = dict(six)
    beyond = network.network_address + _BEYOND
    for key, address in four.items():
        if key in found:
            continue
        sibling = like_ipv4(network, address, pool)
        while sibling in used:
            sibling, beyond = beyond, beyond + 1
        found[key] = sibling
        used.add(sibling)
    return found


def _links(links: Mapping[str, LinkAllocation], six: Ipv6Parts) -> dict[str, LinkAllocation]:
    used = {item.subnet6 for item in links.values()}
    beyond = int(six.transit.network_address) + _BEYOND
    found = {}
    for key, item in links.items():
        subnet = item.subnet6 or like_vlan(six.transit, item.vlan)
        while item.subnet6 is None and subnet in used:
            subnet, beyond = IPv6Network((beyond, LINK_PREFIX)), beyond + 2
        used.add(subnet)
        found[key] = item if item.subnet6 is not None else item.model_copy(update={"subnet6": subnet})
    return found


def _locations(
    locations: Mapping[str, LocationAllocation], needed: list[str], six: Ipv6Parts
) -> dict[str, LocationAllocation]:
    taken = SubnetPool(POOL, six.offices)
    kept = SubnetPool(POOL, six.offices)
    for item in locations.values():
        for subnet in (item.lan6, *item.segments6.values()):
            if subnet is not None:
                taken.take(subnet)
                kept.take(subnet)
        if item.lan6 is not None:
            kept.take(item.lan6.supernet(new_prefix=OFFICE_PREFIX))

    def give(wish: IPv6Network | None) -> IPv6Network:
        found = wish if wish is not None and taken.has(wish) else kept.lowest(LAN_PREFIX) or taken.lowest(LAN_PREFIX)
        if found is None:
            raise taken.dry()
        taken.take(found)
        kept.take(found)
        return found

    done = dict(locations)
    for ref in (ref for ref in needed if ref in locations):
        item = locations[ref]
        lan = item.lan6
        if lan is None:
            block = kept.lowest(OFFICE_PREFIX)
            lan = give(None if block is None else IPv6Network((block.network_address, LAN_PREFIX)))
            if block is not None:
                kept.take(block)
        segments: dict[Segment, IPv6Network] = dict(item.segments6)
        for name in item.segments:
            if name not in segments:
                segments[name] = give(_place(lan, SEGMENT_PLACES[name]))
        if lan != item.lan6 or segments != item.segments6:
            done[ref] = item.model_copy(update={"lan6": lan, "segments6": segments})
    return done


def _place(lan: IPv6Network, number: int) -> IPv6Network | None:
    """The ``number``-th /64 of the office whose first one is ``lan``; None when ``lan`` is not the first of one."""
    block = lan.supernet(new_prefix=OFFICE_PREFIX)
    if block.network_address != lan.network_address:
        return None
    return IPv6Network((int(lan.network_address) + (number << (128 - LAN_PREFIX)), LAN_PREFIX))
