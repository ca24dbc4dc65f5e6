# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is an event ready? One item a requirement, each with what stands and what is to be done (Bahasa Indonesia)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ...register.models import STAGES, Circuit, Device, Event, Register
from ..acceptance.measurement import Measurement
from .explain import floors_problem, rate
from .lock import PlanLock
from .plan import plan

# What a person checks in the room: field of Readiness -> what it is about, what to do.
_CHECKED = {
    "computers": ("komputer dan cadangannya", "Nyalakan semua, lalu tulis computers: true."),
    "cabling": ("kabel Cat5e atau lebih baik", "Periksa kabel ke setiap komputer, lalu tulis cabling: true."),
    "switches": ("antarswitch 1 Gbps dengan Cat6", "Periksa switch ruang acara, lalu tulis switches: true."),
    "ups": ("UPS sampai genset menyala", "Uji dengan memutus listrik, lalu tulis ups: true."),
    "genset": ("genset", "Panaskan dan isi bahan bakar, lalu tulis genset: true."),
    "line_tested": ("jalur utama diukur dari ruang acara", "Ukur dari ruang acara, lalu tulis line_tested: true."),
    "second_line_tested": ("pindah ke jalur kedua dicoba", "Cabut jalur utama, lalu tulis second_line_tested: true."),
}


@dataclass(frozen=True, slots=True)
class Item:
    """``action`` is empty when ``ready``."""

    name: str
    ready: bool
    state: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What measurements at the event's place have shown, besides what people wrote down.

    ``latency``: milliseconds, and how they were measured. ``line``: the last acceptance test of the place.
    """

    latency: tuple[float, str] | None = None
    line: Measurement | None = None


def readiness(register: Register, event: Event, lock: PlanLock, today: date, shown: Shown | None = None) -> list[Item]:
    """Everything that must be true before ``event``. ``lock`` is what devices are set to; it matters on the days
    themselves and on the last ones before them, when the event has been reserved already.

    What was measured counts before what was written.
    """
    shown = shown or Shown()
    return [
        *_bandwidth(register, event, lock, today),
        *_computers(register, event, shown),
        *_router(register, event),
        *_line(register, event),
        *_room(event, shown.line, register.government.rules.acceptance.failover_seconds),
    ]


def ready(items: list[Item]) -> bool:
    return all(item.ready for item in items)


def _bandwidth(register: Register, event: Event, lock: PlanLock, today: date) -> Iterator[Item]:
    span = (event.days.end - event.days.start).days + 1
    for day in (event.days.start + timedelta(days=number) for number in range(span)):
        short = plan(register, day).overloads
        if short:
            what, action = floors_problem(plan(register, day), short[0])
            yield Item(f"bandwidth pada {day}", False, what, action)
            break
    else:
        yield Item("bandwidth muat", True, f"{rate(event.bandwidth)} pada setiap hari acara")
    held = lock.reservations.get(event.code)
    if event.on(today):
        right = held is not None and held.rate == event.bandwidth and held.location == event.location_ref
        yield Item(
            "bandwidth dipasang",
            right,
            "ada di bandwidth_plan.yml" if right else "belum ada di bandwidth_plan.yml",
            "" if right else _step(event, "reserve"),
        )
    elif held is not None and event.days.end < today:
        yield Item(
            "bandwidth dilepas",
            False,
            f"{rate(held.rate)} masih dipesan di luar hari acara",
            _step(event, "release"),
        )


def _step(event: Event, step: str) -> str:
    return f"Jalankan playbooks/event.yml -e terpusat_event={event.code} -e terpusat_event_step={step}."


def _computers(register: Register, event: Event, shown: Shown) -> Iterator[Item]:
    rules = register.government.rules.events
    if event.kind != "cat":
        return
    need, spare = event.computers * rules.rate_per_computer, -(-event.computers * rules.spare_percent // 100)
    enough = event.bandwidth >= need
    yield Item(
        "bandwidth per komputer",
        enough,
        f"{rate(event.bandwidth)} untuk {event.computers} komputer, perlu {rate(need)}",
        "" if enough else f"Pesan {rate(need)} di events.yml.",
    )
    yield Item(
        "komputer cadangan",
        event.spare >= spare,
        f"{event.spare}, perlu {spare}",
        "" if event.spare >= spare else f"Tambah {spare - event.spare} komputer.",
    )
    most = rules.max_latency_ms
    latency: float | None
    latency, how = shown.latency or (event.latency_ms, "menurut events.yml")
    good = latency is not None and latency <= most
    told = "" if latency is None else f"{latency:.1f}".removesuffix(".0").replace(".", ",")
    yield Item(
        "latensi",
        good,
        "belum diukur" if latency is None else f"{told} ms ({how}), paling besar {most} ms",
        ""
        if good
        else "Tulis exam_server (events.yml) supaya diukur di sini, atau ukur sendiri lalu tulis latency_ms; bila "
        "terlalu besar hubungi penyedia.",
    )


def _router(register: Register, event: Event) -> Iterator[Item]:
    """What is reserved is set at the place's own router, and carries nothing while the office prefers its own line."""
    here = [d for d in register.devices if d.role == "opd_router" and d.location_ref == event.location_ref]
    place = register.opd(event.opd).location(event.location)
    if place is not None and place.kind == "data_centre":
        return
    serving = [device for device in here if device.in_service]
    if not serving:
        state = ", ".join(f"{device.name} masih {device.readiness}" for device in here) or "tidak ada"
        action = "Pasang routernya, tulis readiness: in_service di devices.yml, lalu jalankan playbooks/network.yml."
        yield Item("router di lokasi", False, state, action)
        return
    yield Item("router di lokasi", True, ", ".join(device.name for device in serving))
    first = [line.id for line in _own_first(register, event, serving)]
    yield Item(
        "internet lewat jalur pusat",
        not first,
        f"masih lewat {', '.join(first)}" if first else "ya",
        f"Majukan {event.opd} sampai tahap cutover (playbooks/rollout.yml), atau tulis preferred: false pada "
        f"{', '.join(first)} selama acara."
        if first
        else "",
    )


def _own_first(register: Register, event: Event, routers: list[Device]) -> Iterator[Circuit]:
    """The office's own lines at these routers by which its internet goes as long as they live."""
    held = {port.circuit for router in routers for port in router.ports if port.use == "uplink"}
    before_cutover = STAGES.index(register.opd(event.opd).stage) < STAGES.index("cutover")
    for line in register.circuits:
        if line.kind == "own_subscription" and line.id in held and line.vpn is None:
            preferred = before_cutover if line.preferred is None else line.preferred
            if preferred and line.contract.end >= event.days.start:
                yield line


def _line(register: Register, event: Event) -> Iterator[Item]:
    line = next((c for c in register.circuits if c.id == event.second_line), None)
    if line is None:
        yield Item(
            "jalur kedua",
            False,
            "tidak ada",
            f"Sediakan jalur dari penyedia lain di {event.location_ref}, catat di circuits.yml, tulis second_line.",
        )
        return
    valid = line.contract.start <= event.days.start and event.days.end <= line.contract.end
    mains = {
        c.provider.casefold()
        for c in register.circuits
        if c.role == "main"
        and c.id != line.id
        and (c.kind == "uplink" or (c.kind == "leased_line" and f"{c.opd}/{c.location}" == event.location_ref))
    }
    other = line.provider.casefold() not in mains
    yield Item(
        "jalur kedua",
        valid and other,
        f"{line.id} dari {line.provider}"
        + ("" if valid else f", kontraknya {line.contract.start} sampai {line.contract.end}")
        + ("" if other else ", penyedia yang sama dengan jalur utama"),
        "" if valid and other else "Sebut jalur dari penyedia lain yang kontraknya menutup hari acara.",
    )


def _room(event: Event, line: Measurement | None, slowest: int) -> Iterator[Item]:
    """``slowest``: seconds within which the second line must have taken over."""
    tested = {
        "line_tested": line is not None and line.down_bps is not None,
        "second_line_tested": line is not None and line.failover_seconds is not None,
    }
    for field, (name, action) in _CHECKED.items():
        if field == "second_line_tested" and event.second_line is None:
            continue
        measured = tested.get(field, False) and line is not None
        if field == "second_line_tested" and line is not None and (line.failover_seconds or 0) > slowest:
            told = f"{line.failover_seconds:.0f} detik (uji terima {line.taken:%Y-%m-%d}), paling besar {slowest} detik"
            yield Item(name, False, told, "Perbaiki perpindahan jalurnya, lalu ukur lagi dengan playbooks/accept.yml.")
            continue
        done = bool(getattr(event.readiness, field)) or measured
        state = f"uji terima {line.taken:%Y-%m-%d}" if measured and line else "sudah" if done else "belum"
        yield Item(name, done, state, "" if done else action)


def lines(event: Event, items: list[Item]) -> list[str]:
    """The list as people read it, what is missing first."""
    done = sum(item.ready for item in items)
    head = f"Acara {event.code} di {event.location_ref}, {event.days.start} sampai {event.days.end}: {done} dari "
    missing = [f"BELUM  {item.name}: {item.state}. {item.action}" for item in items if not item.ready]
    return [
        f"{head}{len(items)} syarat terpenuhi.",
        *missing,
        *(f"ada    {i.name}: {i.state}" for i in items if i.ready),
    ]
