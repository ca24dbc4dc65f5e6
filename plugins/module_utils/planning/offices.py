# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The networks of every office: its LAN with room to grow, what of it is leased, and its segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network

from ..register.models import SEGMENTS, Location, Register, Segment
from .allocations import Allocations, LocationAllocation
from .lan_sizes import lan_prefix, room_prefix
from .lan_space import LanSpace
from .leases import LeaseRange, default_range
from .pools import PoolExhaustedError


@dataclass(frozen=True)
class Offices:
    """``left``: who got no network because the pool ran dry, which ``dry`` tells; ``notices``: for operators."""

    locations: dict[str, LocationAllocation]
    notices: tuple[str, ...]
    dry: PoolExhaustedError | None
    left: tuple[str, ...]


def offices(register: Register, kept: Allocations, needed: Iterable[str], *, grow: bool) -> Offices:
    """``kept``: the numbers of today, under today's names; ``needed``: the places that want a network."""
    needed = list(needed)
    rules = register.government.rules.addressing
    users = {f"{opd.code}/{place.code}": opd.users_at(place) for opd in register.opds for place in opd.locations}
    space = LanSpace(register.government.address_pools.office_lan, _networks(kept), _foreign(register))
    for ref, item in kept.locations.items():
        if ref in users:
            space.keep_room(item.lan, room_prefix(item.lan.prefixlen, users[ref], rules))
    locations = dict(kept.locations)
    notices = list(_grow(locations, users, register, space)) if grow else []
    cramped: list[str] = []
    try:
        for ref in (ref for ref in needed if ref not in locations):
            prefix = lan_prefix(users[ref], rules)
            lan, has_room = space.lan(prefix, room_prefix(prefix, users[ref], rules))
            locations[ref] = LocationAllocation(lan=lan)
            if not has_room:
                cramped.append(f"{ref} ({lan})")
        for ref in needed:
            locations[ref] = _complete(locations[ref], register.location(ref), register, space)
    except PoolExhaustedError as dry:
        without = [ref for ref in needed if ref not in locations]
        left = without or [ref for ref in needed if _missing(locations[ref], register.location(ref))]
        return Offices(locations, tuple(notices), dry, tuple(left))
    if cramped:
        notices.append(
            "ruang tumbuh di address_pools.office_lan sudah habis; tanpa ruang tumbuh yang penuh: "
            f"{', '.join(cramped)}. Perbesar kolamnya tanpa memindahkan awalnya."
        )
    return Offices(locations, tuple(notices), None, ())


def too_small(register: Register, allocations: Allocations) -> dict[str, int]:
    """Places where more people work than addresses are leased -> the prefix length their LAN should have."""
    rules = register.government.rules.addressing
    found = {}
    for opd in register.opds:
        for place in opd.locations:
            item = allocations.locations.get(f"{opd.code}/{place.code}")
            users = opd.users_at(place)
            if item is not None and len(item.lease_range) < users and lan_prefix(users, rules) < item.lan.prefixlen:
                found[f"{opd.code}/{place.code}"] = lan_prefix(users, rules)
    return found


def _grow(
    locations: dict[str, LocationAllocation], users: Mapping[str, int], register: Register, space: LanSpace
) -> Iterator[str]:
    for ref, prefix in too_small(register, Allocations(locations=locations)).items():
        item = locations[ref]
        larger = space.grown(item.lan, prefix)
        if larger is None or len(default_range(larger)) < users[ref]:
            yield (
                f"LAN {ref} ({item.lan}) tidak dapat tumbuh di tempat menjadi /{prefix} untuk {users[ref]} pengguna: "
                "alamat di belakangnya terpakai. Pindahkan kantor itu ke subnet baru: ganti 'lan' dan hapus 'dhcp' di "
                "allocations.yml pada hari yang disepakati, lalu jalankan playbooks/plan.yml."
            )
        if larger is not None:
            # What is leased begins where it began, so no printer's fixed address is suddenly leased to somebody.
            leases = LeaseRange(item.lease_range.first, default_range(larger).last)
            locations[ref] = item.model_copy(update={"lan": larger, "dhcp": leases})


def _complete(item: LocationAllocation, location: Location, register: Register, space: LanSpace) -> LocationAllocation:
    """``item`` with what it lacks: leases, and a network for every segment of the place."""
    missing = _missing(item, location)
    if item.dhcp is not None and not missing:
        return item
    rules = register.government.rules.addressing
    added: dict[Segment, IPv4Network] = {name: space.segment(getattr(rules, name)) for name in missing}
    return item.model_copy(update={"dhcp": item.lease_range, "segments": {**item.segments, **added}})


def _missing(item: LocationAllocation, location: Location) -> list[Segment]:
    return [name for name in SEGMENTS if name in location.segments and name not in item.segments]


def _networks(kept: Allocations) -> Iterator[IPv4Network]:
    for item in kept.locations.values():
        yield item.lan
        yield from item.segments.values()


def _foreign(register: Register) -> Iterator[IPv4Network]:
    for opd in register.opds:
        for location in opd.locations:
            yield from location.existing_lans
