# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The address plan: everything in the register that needs a number and has none gets the first free one.

What already has a number keeps it, whatever is added, removed or reordered around it. A number whose owner left the
register stays reserved until a person prunes: a device that comes back finds its old number, and nobody inherits an
address that some firewall or note still knows under another name. A place that was renamed or merged takes its numbers
along (successors.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from ..register.models import Device, Government, Register
from .allocations import Allocations, DataCentre, LinkAllocation
from .areas import Areas
from .links import BORDER, OPD, core_links
from .numbers6 import with_ipv6
from .offices import offices
from .pools import AddressPool, PoolExhaustedError, SubnetPool, VlanPool
from .successors import followed, moves
from .tunnels import tunnels

LINK_PREFIX = 30
DATA_CENTRE_PREFIX = 24
#: Host addresses at the start of the data centre that no server gets: the gateway, and room for what is set by hand.
SERVERS_START_AFTER = 10
#: In a data centre smaller than this there is no room to leave free.
SMALL_DATA_CENTRE = 64
SECTIONS = ("loopbacks", "locations", "links", "servers")


@dataclass(frozen=True)
class Wanted:
    """Who needs a number: keys as in the lock file, in the order of the register. ``links``: key -> the far end."""

    loopbacks: tuple[str, ...]
    locations: tuple[str, ...]
    links: Mapping[str, Device]
    servers: tuple[str, ...]


@dataclass(frozen=True)
class Shortage:
    """A pool that has run dry: its key in government.yml, what it holds, and who is left without a number."""

    name: str
    pool: str
    left: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """``reserved``: (section, key) of the numbers that are kept although their owner is not in the register.

    ``moved``: places whose numbers went over to another name. ``notices``: sentences for operators about LANs that are
    too small or have no room left to grow.
    """

    allocations: Allocations
    reserved: tuple[tuple[str, str], ...]
    shortages: tuple[Shortage, ...]
    moved: Mapping[str, str]
    notices: tuple[str, ...]


def wanted(register: Register) -> Wanted:
    """Everything registered counts, whatever its readiness: what is ordered today is labelled before it arrives.

    A location wants a LAN once it has an OPD router.
    """
    routers = (device for device in register.devices if device.role == OPD)
    return Wanted(
        loopbacks=tuple(device.name for device in register.devices),
        locations=tuple(dict.fromkeys(router.location_ref for router in routers)),
        links={
            **{link.key: link.far for link in core_links(register)},
            **{tunnel.key: tunnel.far for tunnel in tunnels(register)},
        },
        servers=tuple(server.name for server in register.servers),
    )


def plan(register: Register, old: Allocations, *, prune: bool = False, grow: bool = False) -> Plan:
    """The next content of the lock file. ``old`` must have passed the lock file's own checks.

    ``prune`` releases numbers without owner; ``grow`` enlarges, in their place, LANs that have become too small.
    """
    needed = wanted(register)
    moved = moves(register, old)
    kept = followed(register, old)
    orphans = tuple(_orphans(kept, needed))
    if prune:
        kept = _without(kept, orphans)
    centre = kept.data_centre or _data_centre(register.government)
    shortages: list[Shortage] = []
    lans = offices(register, kept, needed.locations, grow=grow)
    if lans.dry is not None:
        shortages.append(Shortage(lans.dry.name, lans.dry.pool, lans.left))
    four = Allocations(
        data_centre=centre,
        loopbacks=_loopbacks(register, kept, needed, shortages),
        loopbacks6=kept.loopbacks6,
        locations=lans.locations,
        links=_links(register, kept, needed, centre, shortages),
        servers=_servers(kept, needed, centre, shortages),
        servers6=kept.servers6,
    )
    try:
        both = with_ipv6(register, four, needed.locations)
    except PoolExhaustedError as dry:
        both = four
        shortages.append(Shortage(dry.name, dry.pool, ("alamat IPv6 sebagian lokasi",)))
    return Plan(both, () if prune else orphans, tuple(shortages), moved, lans.notices)


def _loopbacks(
    register: Register, kept: Allocations, needed: Wanted, shortages: list[Shortage]
) -> dict[str, IPv4Address]:
    pool = register.government.address_pools.loopback
    free = AddressPool("address_pools.loopback", pool, kept.loopbacks.values())
    return fill(kept.loopbacks, needed.loopbacks, lambda _: free.give(), shortages)


def _servers(
    kept: Allocations, needed: Wanted, centre: DataCentre, shortages: list[Shortage]
) -> dict[str, IPv4Address]:
    skip = SERVERS_START_AFTER if centre.subnet.num_addresses >= SMALL_DATA_CENTRE else 0
    taken = [centre.gateway, *kept.servers.values()]
    free = AddressPool("address_pools.data_centre", centre.subnet, taken, skip)
    return fill(kept.servers, needed.servers, lambda _: free.give(), shortages)


def _links(
    register: Register, kept: Allocations, needed: Wanted, centre: DataCentre, shortages: list[Shortage]
) -> dict[str, LinkAllocation]:
    government = register.government
    subnets = SubnetPool(
        "address_pools.transit", government.address_pools.transit, (item.subnet for item in kept.links.values())
    )
    taken = [centre.vlan, *(item.vlan for item in kept.links.values())]
    vlans = VlanPool("vlans.transit", government.vlans.transit, taken)
    borders = frozenset(device.name for device in register.devices if device.role == BORDER)
    areas = Areas(kept.links, borders, government.rules.addressing.routers_per_area)

    def link(key: str) -> LinkAllocation:
        return LinkAllocation(vlan=vlans.give(), subnet=subnets.give(LINK_PREFIX), area=areas.area(needed.links[key]))

    return fill(kept.links, needed.links, link, shortages)


def fill[Number](
    section: Mapping[str, Number],
    keys: Iterable[str],
    give: Callable[[str], Number],
    shortages: list[Shortage],
) -> dict[str, Number]:
    """``section`` and a number for every one of ``keys`` that has none; who is left without goes into ``shortages``."""
    filled = dict(section)
    missing = [key for key in keys if key not in section]
    for position, key in enumerate(missing):
        try:
            filled[key] = give(key)
        except PoolExhaustedError as dry:
            shortages.append(Shortage(dry.name, dry.pool, tuple(missing[position:])))
            break
    return filled


def _data_centre(government: Government) -> DataCentre:
    """The first /24 of its pool, or the whole pool when that is smaller; the gateway is the first host address."""
    pool = government.address_pools.data_centre
    subnet = IPv4Network((pool.network_address, max(pool.prefixlen, DATA_CENTRE_PREFIX)))
    return DataCentre(vlan=government.vlans.data_centre, subnet=subnet, gateway=subnet.network_address + 1)


def _orphans(old: Allocations, needed: Wanted) -> Iterator[tuple[str, str]]:
    for section in SECTIONS:
        owners = set(getattr(needed, section))
        yield from ((section, key) for key in getattr(old, section) if key not in owners)


def _without(old: Allocations, entries: tuple[tuple[str, str], ...]) -> Allocations:
    """IPv6 goes with the IPv4 of the same owner."""
    gone = set(entries)
    both = [*((section, section) for section in SECTIONS), ("loopbacks", "loopbacks6"), ("servers", "servers6")]
    return old.model_copy(
        update={
            field: {key: value for key, value in getattr(old, field).items() if (section, key) not in gone}
            for section, field in both
        }
    )
