# SPDX-License-Identifier: GPL-3.0-or-later
"""What is missing before an OPD may go one stage further. Everything is evidence; nobody's word is.

That its routers run what is written is not asked here: the run that advances an OPD configures them first, and an OPD
whose router did not end as intended stays where it is. What is asked is that this overwrites nobody's hand-made change,
and that no router was left in an unknown state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ...register.models import Circuit, Complaint, Device, Opd, Register, Stage
from ..allocations import Allocations
from .facts import Facts
from .stages import following

type Gate = Callable[[Opd, Register, Allocations, Facts], Iterator[str]]


def gaps(opd: Opd, to: Stage, register: Register, allocations: Allocations, facts: Facts) -> tuple[str, ...]:
    """Sentences that say what is missing; empty when the OPD may advance to ``to``.

    Raises ValueError when ``to`` is not the stage after the OPD's own: none is skipped.
    """
    if following(opd.stage) != to:
        raise ValueError(f"{opd.code}: {opd.stage} -> {to}")
    if not opd.coverage.reachable:
        return (f"OPD tidak terjangkau jaringan ({opd.coverage.reason}); langganan sendirinya tetap berjalan",)
    if opd.locations and not _routers(opd, register):
        return ("hanya berisi ruang server; tidak ada kantor yang mendapat jalur",)
    return tuple(_GATES[to](opd, register, allocations, facts))


def own_lines(opd: Opd, register: Register) -> tuple[Circuit, ...]:
    """The subscriptions that the OPD pays for itself."""
    return tuple(c for c in register.circuits if c.kind == "own_subscription" and c.opd == opd.code)


def open_complaints(opd: Opd, register: Register, facts: Facts) -> tuple[Complaint, ...]:
    """Those about the central line that are open today."""
    return tuple(c for c in register.complaints if c.opd == opd.code and c.line == "central" and c.open_on(facts.today))


def _planned(opd: Opd, register: Register, allocations: Allocations, _facts: Facts) -> Iterator[str]:
    if not opd.locations:
        yield "belum punya lokasi di opds.yml"
    granted = next((b.granted for b in register.bandwidth if b.opd == opd.code), None)
    if granted is None:
        yield "bandwidth yang disetujui (granted) belum ada di bandwidth.yml"
    for ref, routers in _routers(opd, register).items():
        if not routers:
            yield f"{ref} belum punya router di devices.yml"
        elif ref not in allocations.locations:
            yield f"{ref} belum punya alamat di allocations.yml; jalankan playbooks/plan.yml"


def _provisioned(opd: Opd, register: Register, _allocations: Allocations, _facts: Facts) -> Iterator[str]:
    yield from _in_service(opd, register)
    if not any(b.opd == opd.code and b.allocated for b in register.bandwidth):
        yield "bandwidth yang dipasang (allocated) belum ada di bandwidth.yml"


def _parallel(opd: Opd, register: Register, _allocations: Allocations, facts: Facts) -> Iterator[str]:
    yield from _in_service(opd, register)
    yield from _standing(opd, register, facts)
    for line in own_lines(opd, register):
        if line.contract.end < facts.today:
            yield f"kontrak {line.id} sudah berakhir {line.contract.end}; masa transisi memerlukan kedua jalur"


def _accepted(opd: Opd, register: Register, _allocations: Allocations, facts: Facts) -> Iterator[str]:
    yield from _in_service(opd, register)
    yield from _standing(opd, register, facts)
    yield from _measured(opd, register, facts, since=opd.stage_since)
    yield from _complaints(opd, register, facts)


def _cutover(opd: Opd, register: Register, _allocations: Allocations, facts: Facts) -> Iterator[str]:
    yield from _in_service(opd, register)
    yield from _standing(opd, register, facts)
    yield from _measured(opd, register, facts)
    yield from _complaints(opd, register, facts)


def _terminated(opd: Opd, register: Register, _allocations: Allocations, facts: Facts) -> Iterator[str]:
    days = register.government.rules.rollout.quiet_days
    if opd.stage_since is None:
        yield "hari pindah (stage_since) tidak tercatat di opds.yml; rollout.yml yang menulisnya"
        return
    ready = quiet_since(opd, register, facts) + timedelta(days=days)
    if facts.today < ready:
        yield f"belum {days} hari tanpa keluhan; paling cepat {ready}"
    yield from _complaints(opd, register, facts)


def quiet_since(opd: Opd, register: Register, facts: Facts) -> date:
    """The day since which nobody complains about the central line: the cutover, or when the last one was settled."""
    settled = [
        min(c.closed or facts.today, facts.today)
        for c in register.complaints
        if c.opd == opd.code and c.line == "central" and c.opened <= facts.today
    ]
    return max([day for day in (opd.stage_since, *settled) if day is not None], default=facts.today)


def _measured(opd: Opd, register: Register, facts: Facts, since: date | None = None) -> Iterator[str]:
    """``since``: what was measured before that day was measured on another network, or before somebody went back."""
    days = register.government.rules.rollout.measurement_days
    for ref in _routers(opd, register):
        found = facts.measured.get(ref)
        if ref in facts.doubted:
            yield f"{ref}: {facts.doubted[ref]}"
        elif found is None or found.line != "central":
            yield f"{ref} belum diuji terima; jalankan playbooks/accept.yml"
        elif not found.passed:
            yield f"{ref} tidak lulus uji terima {found.day}: {', '.join(found.failed)}"
        elif since is not None and found.day < since:
            yield f"{ref} diuji terima {found.day}, sebelum tahap {opd.stage} dicapai ({since}); ukur lagi"
        elif (facts.today - found.day).days > days:
            yield f"{ref} diuji terima {found.day}, lebih dari {days} hari yang lalu; ukur lagi"


def _complaints(opd: Opd, register: Register, facts: Facts) -> Iterator[str]:
    for complaint in open_complaints(opd, register, facts):
        yield f"keluhan {complaint.id} ({complaint.location_ref}, {complaint.opened}) masih terbuka"


def _in_service(opd: Opd, register: Register) -> Iterator[str]:
    """Asked again at every stage with two lines: a router may have been taken out since, or the stage typed by hand."""
    for ref, routers in _routers(opd, register).items():
        if not any(router.in_service for router in routers):
            known = ", ".join(f"{router.name} ({router.readiness})" for router in routers) or "tidak ada router"
            yield f"{ref}: router belum in_service ({known})"


def _standing(opd: Opd, register: Register, facts: Facts) -> Iterator[str]:
    for router in routers_in_service(opd, register):
        known = facts.devices.get(router.name)
        if known is not None and known.found == "deviates":
            yield (
                f"{router.name} menyimpang menurut pemeriksaan {known.day}; benahi atau terapkan playbooks/network.yml "
                f"--limit {router.name}, lalu playbooks/drift.yml"
            )
        elif known is not None and known.found == "unknown":
            told = "perubahan" if known.source == "change" else "pemeriksaan"
            yield (
                f"{told} terakhir pada {router.name} ({known.day}) tidak selesai; jalankan playbooks/network.yml "
                f"--limit {router.name}, lalu playbooks/drift.yml"
            )


def routers_in_service(opd: Opd, register: Register) -> tuple[Device, ...]:
    """The routers that a change of the OPD's stage concerns, in the order of the register."""
    return tuple(router for routers in _routers(opd, register).values() for router in routers if router.in_service)


def _routers(opd: Opd, register: Register) -> dict[str, list[Device]]:
    """By ``opd/location``, every place of the OPD that is to have a line; a machine room is part of the centre."""
    places = {f"{opd.code}/{place.code}": place for place in opd.locations if place.kind != "data_centre"}
    routers: dict[str, list[Device]] = {ref: [] for ref in places}
    for device in register.devices:
        if device.role == "opd_router" and device.location_ref in routers:
            routers[device.location_ref].append(device)
    return routers


_GATES: dict[Stage, Gate] = {
    "planned": _planned,
    "provisioned": _provisioned,
    "parallel": _parallel,
    "accepted": _accepted,
    "cutover": _cutover,
    "terminated": _terminated,
}
