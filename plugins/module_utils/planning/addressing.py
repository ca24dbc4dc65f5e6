# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The address plan: everything in the register that needs a number and has none gets the first free one.

What already has a number keeps it, whatever is added, removed or reordered around it. A number whose owner left the
register stays reserved until a person prunes: a device that comes back finds its old number, and nobody inherits an
address that some firewall or note still knows under another name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from ..register.models import Government, Register
from .allocations import Allocations, DataCentre, LinkAllocation, LocationAllocation
from .links import OPD, core_links
from .pools import PoolExhaustedError, first_free_address, first_free_subnet, first_free_vlan

LAN_PREFIX = 24
LINK_PREFIX = 30
DATA_CENTRE_PREFIX = 24
#: Host addresses at the start of the data centre that no server gets: the gateway, and room for what is set by hand.
SERVERS_START_AFTER = 10
#: In a data centre smaller than this there is no room to leave free.
SMALL_DATA_CENTRE = 64


@dataclass(frozen=True)
class Wanted:
    """Who needs a number: keys as in the lock file, in the order of the register."""

    loopbacks: tuple[str, ...]
    locations: tuple[str, ...]
    links: tuple[str, ...]
    servers: tuple[str, ...]


@dataclass(frozen=True)
class Shortage:
    """A pool that has run dry: its key in government.yml, what it holds, and who is left without a number."""

    name: str
    pool: str
    left: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """``reserved``: (section, key) of the numbers that are kept although their owner is not in the register."""

    allocations: Allocations
    reserved: tuple[tuple[str, str], ...]
    shortages: tuple[Shortage, ...]


def wanted(register: Register) -> Wanted:
    """Everything registered counts, whatever its readiness: what is ordered today is labelled before it arrives.

    A location wants a LAN once it has an OPD router.
    """
    routers = (device for device in register.devices if device.role == OPD)
    return Wanted(
        loopbacks=tuple(device.name for device in register.devices),
        locations=tuple(dict.fromkeys(router.location_ref for router in routers)),
        links=tuple(link.key for link in core_links(register)),
        servers=tuple(server.name for server in register.servers),
    )


def plan(register: Register, old: Allocations, *, prune: bool = False) -> Plan:
    """The next content of the lock file. ``old`` must have passed the lock file's own checks."""
    government = register.government
    pools = government.address_pools
    needed = wanted(register)
    orphans = tuple(_orphans(old, needed))
    kept = _without(old, orphans) if prune else old
    data_centre = kept.data_centre or _data_centre(government)
    shortages: list[Shortage] = []

    def location(taken: Mapping[str, LocationAllocation]) -> LocationAllocation:
        lans = (item.lan for item in taken.values())
        return LocationAllocation(lan=first_free_subnet("address_pools.office_lan", pools.office_lan, LAN_PREFIX, lans))

    def loopback(taken: Mapping[str, IPv4Address]) -> IPv4Address:
        return first_free_address("address_pools.loopback", pools.loopback, taken.values())

    def server(taken: Mapping[str, IPv4Address]) -> IPv4Address:
        subnet = data_centre.subnet
        skip = SERVERS_START_AFTER if subnet.num_addresses >= SMALL_DATA_CENTRE else 0
        return first_free_address("address_pools.data_centre", subnet, [data_centre.gateway, *taken.values()], skip)

    def link(taken: Mapping[str, LinkAllocation]) -> LinkAllocation:
        subnets = (item.subnet for item in taken.values())
        vlans = [data_centre.vlan, *(item.vlan for item in taken.values())]
        return LinkAllocation(
            vlan=first_free_vlan("vlans.transit", government.vlans.transit, vlans),
            subnet=first_free_subnet("address_pools.transit", pools.transit, LINK_PREFIX, subnets),
        )

    return Plan(
        Allocations(
            data_centre=data_centre,
            loopbacks=_fill(kept.loopbacks, needed.loopbacks, loopback, shortages),
            locations=_fill(kept.locations, needed.locations, location, shortages),
            links=_fill(kept.links, needed.links, link, shortages),
            servers=_fill(kept.servers, needed.servers, server, shortages),
        ),
        () if prune else orphans,
        tuple(shortages),
    )


def _fill[Number](
    section: Mapping[str, Number],
    keys: Iterable[str],
    next_free: Callable[[Mapping[str, Number]], Number],
    shortages: list[Shortage],
) -> dict[str, Number]:
    """``section`` and a number for every one of ``keys`` that has none; who is left without goes into ``shortages``."""
    filled = dict(section)
    missing = [key for key in keys if key not in section]
    for position, key in enumerate(missing):
        try:
            filled[key] = next_free(filled)
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
    for section in ("loopbacks", "locations", "links", "servers"):
        owners = getattr(needed, section)
        yield from ((section, key) for key in getattr(old, section) if key not in owners)


def _without(old: Allocations, entries: tuple[tuple[str, str], ...]) -> Allocations:
    gone = set(entries)
    return old.model_copy(
        update={
            section: {key: value for key, value in getattr(old, section).items() if (section, key) not in gone}
            for section in ("loopbacks", "locations", "links", "servers")
        }
    )
