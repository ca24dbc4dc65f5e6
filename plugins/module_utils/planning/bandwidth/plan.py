# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bandwidth plan of a day: from the register to what every OPD and location is guaranteed and may use at most."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import floor as whole

from ...register.models import Event, Register, Stage
from .claims import Claims, OfficeClaim, claims
from .filling import Filled, fill
from .floors import Overload, overloads
from .paths import Paths, paths
from .supply import Supply, supply
from .tree import Claim, way

# What a router is set to is rounded down to this, so that people can read and compare it.
_STEP = 1_000
# Shaping priorities (lower is served first): events before everybody, public services before offices.
EVENT_PRIORITY, _LOWEST, _BEHIND_PUBLIC = 0, 7, 2


@dataclass(frozen=True, slots=True)
class LocationShare:
    """``cir`` and ``mir`` in bit/s, ``reserved`` of both for events. ``limit``: the full link that stops it."""

    ref: str
    wanted: int
    floor: int
    cir: int
    mir: int
    reserved: int
    limit: str | None

    @property
    def short(self) -> int:
        """What it wanted and does not get."""
        return self.wanted - (self.cir - self.reserved)

    @property
    def at_floor(self) -> bool:
        return 0 < self.floor == self.cir - self.reserved < self.wanted


@dataclass(frozen=True, slots=True)
class OfficeShare:
    claim: OfficeClaim
    cir: int
    mir: int
    priority: int
    locations: tuple[LocationShare, ...]

    @property
    def opd(self) -> str:
        return self.claim.opd.code

    @property
    def reserved(self) -> int:
        return sum(location.reserved for location in self.locations)


@dataclass(frozen=True, slots=True)
class LinkUse:
    """``used`` bit/s are promised behind this link, ``reserved`` of them to events."""

    name: str
    label: str
    capacity: int | None
    used: int
    reserved: int


@dataclass(frozen=True)
class BandwidthPlan:
    """With ``overloads`` nothing is shared and ``offices`` is empty."""

    day: date
    supply: Supply
    paths: Paths
    claims: Claims
    offices: tuple[OfficeShare, ...]
    links: tuple[LinkUse, ...]
    overloads: tuple[Overload, ...]

    @cached_property
    def _offices(self) -> dict[str, OfficeShare]:
        return {office.opd: office for office in self.offices}

    def office(self, opd: str) -> OfficeShare | None:
        return self._offices.get(opd)

    @cached_property
    def missing_at(self) -> dict[str, int]:
        """bit/s that those held by each full link lack together."""
        found: dict[str, int] = {}
        for office in self.offices:
            for share in office.locations:
                if share.limit is not None:
                    found[share.limit] = found.get(share.limit, 0) + share.short
        return found

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(event for event, _ in self.claims.events)


def plan(
    register: Register,
    day: date,
    *,
    first_stage: Stage = "provisioned",
    out: Collection[str] = (),
    events: bool = True,
    also: Collection[str] = (),
    without: Collection[str] = (),
    floor_percent: int = 100,
) -> BandwidthPlan:
    """The plan of ``day``. ``out``: uplinks that are down. ``floor_percent`` of every floor is kept (for outages only).

    ``also`` and ``without``: codes of events that count although it is not their day, or do not although it is.

    Pure; the order of the register's records does not matter.
    """
    supplied = supply(register, day, out)
    ways = paths(register, supplied, day)
    left_out = without if events else {event.code for event in register.events}
    asked = claims(register, ways, day, first_stage, also=also, without=left_out)
    if floor_percent < 100:
        asked = _with_lower_floors(asked, floor_percent)
    short = tuple(overloads(ways.links, asked.all))
    if short:
        return BandwidthPlan(day, supplied, ways, asked, (), (), short)
    filled = fill(ways.links, asked.all)
    reserved: dict[str, int] = {}
    for event, _ in asked.events:
        reserved[event.location_ref] = reserved.get(event.location_ref, 0) + event.bandwidth
    offices = tuple(
        _office(office, ways, filled, reserved) for office in sorted(asked.offices, key=lambda office: office.opd.code)
    )
    return BandwidthPlan(day, supplied, ways, asked, offices, _links(ways, offices, asked), ())


def kept_floor_percent(short: Collection[Overload], reserved: Mapping[str, int]) -> int:
    """The largest whole percentage of all floors that fits; reservations (bit/s by link) are kept whole."""
    percents = [
        max(0, ((item.link.capacity or 0) - reserved.get(item.link.name, 0)) * 100)
        // max(1, item.floors - reserved.get(item.link.name, 0))
        for item in short
    ]
    return min([*percents, 100])


def _with_lower_floors(asked: Claims, percent: int) -> Claims:
    offices = tuple(
        replace(
            office,
            locations=tuple(replace(claim, floor=claim.floor * percent // 100) for claim in office.locations),
        )
        for office in asked.offices
    )
    return replace(asked, offices=offices)


def _office(office: OfficeClaim, ways: Paths, filled: Mapping[str, Filled], reserved: Mapping[str, int]) -> OfficeShare:
    ceiling = max(office.record.ceiling or office.granted, office.wanted)
    shares = tuple(_location(claim, ways, filled[claim.name], ceiling, reserved) for claim in office.locations)
    event = any(share.reserved for share in shares)
    ordinary = office.opd.priority + (0 if office.opd.public_service else _BEHIND_PUBLIC)
    extra = sum(share.reserved for share in shares)
    return OfficeShare(
        office,
        sum(share.cir for share in shares),
        min(ceiling + extra, sum(share.mir for share in shares)),
        EVENT_PRIORITY if event else min(_LOWEST, ordinary),
        shares,
    )


def _location(claim: Claim, ways: Paths, filled: Filled, ceiling: int, reserved: Mapping[str, int]) -> LocationShare:
    extra = reserved.get(claim.name, 0)
    limit = ways.own_limit(claim.name)
    share = _rounded(claim, filled)
    highest = ceiling + extra
    if limit is not None and limit.capacity is not None:
        highest = min(highest, limit.capacity)
    return LocationShare(
        claim.name, claim.ceiling, claim.floor, share + extra, max(highest, share + extra), extra, filled.limit
    )


def _rounded(claim: Claim, filled: Filled) -> int:
    """Down to whole kbit/s, but never below the floor, and to single bits before anybody gets nothing."""
    if filled.rate == claim.ceiling:
        return claim.ceiling
    exact = whole(filled.rate)
    return max(claim.floor, exact // _STEP * _STEP or exact)


def _links(ways: Paths, offices: tuple[OfficeShare, ...], asked: Claims) -> tuple[LinkUse, ...]:
    used = dict.fromkeys(ways.by_name, 0)
    reserved = dict.fromkeys(ways.by_name, 0)
    for office in offices:
        for share in office.locations:
            for link in way(ways.by_name, ways.first_of(share.ref)):
                used[link.name] += share.cir - share.reserved
    for event, claim in asked.events:
        for link in way(ways.by_name, claim.link):
            used[link.name] += event.bandwidth
            reserved[link.name] += event.bandwidth
    return tuple(
        LinkUse(name, ways.labels[name], link.capacity, used[name], reserved[name])
        for name, link in ways.by_name.items()
    )
