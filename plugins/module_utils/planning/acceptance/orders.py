# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to be measured at a location, and against what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ...register.models import AcceptanceRules, Probe, Register
from ..bandwidth.lock import PlanLock
from .promises import Promise, promised
from .standing import has_second_line

#: groups of values that are measured together
PARTS = ("latency", "dns", "throughput", "failover")


@dataclass(frozen=True)
class Order:
    """``location`` is ``opd/location``; addresses and names as text. ``promise`` is None where nothing was promised.

    ``second_line``: there is one, so that failing over is asked for.
    """

    location: str
    rules: AcceptanceRules
    promise: Promise | None
    second_line: bool
    probe: Probe | None
    ping_targets: tuple[str, ...]
    dns_names: tuple[str, ...]
    throughput_server: str | None
    throughput_ports: tuple[int, ...]
    parts: frozenset[str]


def order(
    register: Register, plan: PlanLock, ref: str, day: date, parts: Collection[str], target: str | None = None
) -> Order:
    """``target`` is pinged instead of the register's. Raises KeyError for a location that the register lacks."""
    opd_code, _, code = ref.partition("/")
    opd = next((opd for opd in register.opds if opd.code == opd_code), None)
    place = None if opd is None else opd.location(code)
    if place is None:
        raise KeyError(ref)
    rules = register.government.rules.acceptance
    return Order(
        location=ref,
        rules=rules,
        promise=promised(register, plan).get(ref),
        second_line=has_second_line(register, ref, day),
        probe=place.probe,
        ping_targets=(target,) if target else _targets(register, rules),
        dns_names=tuple(rules.dns_names) or (register.government.domain,),
        throughput_server=None if rules.throughput_server is None else str(rules.throughput_server),
        throughput_ports=tuple(rules.throughput_ports),
        parts=frozenset(parts),
    )


def _targets(register: Register, rules: AcceptanceRules) -> tuple[str, ...]:
    """The rules' own, else what the main uplinks are judged by, else their resolvers."""
    uplinks = [line for line in register.circuits if line.kind == "uplink" and line.role == "main"]
    tracked = [address for line in uplinks for address in line.track]
    resolvers = [address for line in uplinks if line.handoff for address in line.handoff.dns]
    return tuple(dict.fromkeys(str(address) for address in rules.ping_targets or tracked or resolvers))
