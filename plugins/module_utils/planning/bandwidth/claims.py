# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each OPD claims, spread over its locations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ...register.models import STAGES, Bandwidth, Event, Opd, Register, Stage
from .paths import Paths
from .tree import Claim


@dataclass(frozen=True, slots=True)
class OfficeClaim:
    """``granted``, ``wanted`` and ``floor`` of the OPD in bit/s; ``floor_from`` tells where the floor comes from."""

    opd: Opd
    record: Bandwidth
    granted: int
    wanted: int
    floor: int
    floor_from: str
    locations: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """``waiting`` are OPDs that take no part, with the reason in Bahasa Indonesia."""

    offices: tuple[OfficeClaim, ...]
    events: tuple[tuple[Event, Claim], ...]
    waiting: tuple[tuple[str, str], ...]

    @property
    def all(self) -> list[Claim]:
        return [*(claim for office in self.offices for claim in office.locations), *(claim for _, claim in self.events)]


ASKED, PUBLIC, NONE = "asked", "public", "none"
_STEP = 1_000  # bit/s


def claims(
    register: Register,
    paths: Paths,
    day: date,
    first_stage: Stage = "provisioned",
    *,
    also: Collection[str] = (),
    without: Collection[str] = (),
) -> Claims:
    """Who takes part: reachable OPDs with a location that were granted something, from ``first_stage`` on.

    And the events of the day, those of ``also`` whatever the day, those of ``without`` not.

    An OPD wants what it was granted, up to its ceiling, and its weight is that times ``weight``: not what it asked
    for, so asking for more gains nothing. Its floor is what is written, else for public services a percentage of
    granted, bounded by what the way of each location carries (what a person wrote is not bounded: it is named when it
    does not fit). Want, weight and floor are spread over the locations in the same ratio, by their users.
    """
    records = {record.opd: record for record in register.bandwidth}
    rules = register.government.rules.bandwidth
    offices: list[OfficeClaim] = []
    waiting: list[tuple[str, str]] = []
    for opd in register.opds:
        record = records.get(opd.code)
        granted = None if record is None else record.granted
        reason = _waits(opd, record, first_stage)
        if reason is not None or record is None or granted is None:
            if reason is not None:
                waiting.append((opd.code, reason))
            continue
        wanted = min(granted, record.ceiling or granted)
        source = ASKED if record.floor else PUBLIC if opd.public_service else NONE
        floor = record.floor or (granted * rules.public_service_floor_percent // 100 if source == PUBLIC else 0)
        floor = min(floor, wanted)
        refs = sorted(f"{opd.code}/{location.code}" for location in opd.locations)
        users = {f"{opd.code}/{location.code}": max(1, opd.users_at(location)) for location in opd.locations}
        branches = {ref: limit.capacity if (limit := paths.branch_limit(ref)) else None for ref in refs}
        limits = {ref: limit.capacity if (limit := paths.own_limit(ref)) else None for ref in refs}
        wants = spread(wanted, users, branches)
        floors = spread(floor, wants, dict.fromkeys(refs))
        offices.append(
            OfficeClaim(
                opd,
                record,
                granted,
                wanted,
                floor,
                source,
                tuple(
                    Claim(
                        ref,
                        paths.first_of(ref),
                        wants[ref] * record.weight,
                        _floor(floors[ref], wants[ref], limits[ref], rules.minimum, asked=source == ASKED),
                        wants[ref],
                    )
                    for ref in refs
                    if wants[ref]
                ),
            )
        )
    known = {f"{opd.code}/{location.code}" for opd in register.opds for location in opd.locations}
    counted = {event.code for event in register.events if event.on(day)}.union(also).difference(without)
    events = [event for event in register.events if event.code in counted and event.location_ref in known]
    reserved = [
        (event, Claim(f"event:{event.code}", paths.first_of(event.location_ref), 1, event.bandwidth, event.bandwidth))
        for event in sorted(events, key=lambda event: event.code)
    ]
    return Claims(tuple(offices), tuple(reserved), tuple(waiting))


def spread(total: int, weights: Mapping[str, int], limits: Mapping[str, int | None]) -> dict[str, int]:
    """``total`` shared out by weight; what does not fit through a location's own way goes to the others.

    When it does not fit anywhere, the rest is shared out by weight all the same, so that the sum is ``total`` and the
    plan names the link. Whole kbit/s as far as possible: largest remainder, then the alphabet.
    """
    parts = dict.fromkeys(sorted(weights), 0)
    open_, rest = list(parts), total
    while open_ and rest:
        shares = _proportional(rest, [(name, weights[name]) for name in open_])
        narrow = [n for n in open_ if (limit := limits[n]) is not None and parts[n] + shares[n] > limit]
        if not narrow:
            for name in open_:
                parts[name] += shares[name]
            return parts
        for name in narrow:
            rest -= (limits[name] or 0) - parts[name]
            parts[name] = limits[name] or 0
        open_ = [name for name in open_ if name not in narrow]
    for name, extra in _proportional(rest, list(weights.items())).items():
        parts[name] += extra
    return parts


def _proportional(total: int, weights: Sequence[tuple[str, int]]) -> dict[str, int]:
    whole = sum(weight for _, weight in weights)
    steps, odd = divmod(total, _STEP)
    parts = {name: steps * weight // whole * _STEP for name, weight in sorted(weights)}
    left = steps - sum(parts.values()) // _STEP
    order = sorted(weights, key=lambda item: (-(steps * item[1] % whole), item[0]))
    for name, _ in order[:left]:
        parts[name] += _STEP
    parts[order[0][0]] += odd
    return parts


def _floor(floor: int, wanted: int, limit: int | None, minimum: int, *, asked: bool) -> int:
    if not asked and limit is not None:
        floor = min(floor, limit)
    return max(floor, min(minimum, wanted))


def _waits(opd: Opd, record: Bandwidth | None, first_stage: Stage) -> str | None:
    if record is None:
        return "belum ada di bandwidth.yml" if STAGES.index(opd.stage) >= STAGES.index(first_stage) else None
    if not opd.coverage.reachable:
        return "di luar jangkauan jaringan"
    if not opd.locations:
        return "belum punya lokasi"
    if STAGES.index(opd.stage) < STAGES.index(first_stage):
        return f"masih tahap {opd.stage}"
    if record.granted is None:
        return "granted belum diputuskan di bandwidth.yml"
    return None
