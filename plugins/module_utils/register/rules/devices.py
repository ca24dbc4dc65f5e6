# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a network device needs before it can be in service."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, Entry, grouped, if_known
from ..models import Device
from ..problem import Problem

_USES = {
    "border_router": {"management", "uplink", "link"},
    "core_switch": {"management", "link", "server"},
    "opd_router": {"management", "link", "lan"},
}
_NEEDED = {
    "border_router": ("uplink", "link"),
    "core_switch": ("link",),
    "opd_router": ("link", "lan"),
}


def check(draft: Draft) -> Iterator[Problem]:
    for device in draft.devices:
        with if_known:
            yield from _uses(device)
        with if_known:
            yield from _needed(device)
        with if_known:
            yield from _links_meet_core(draft, device)
    yield from _one_core_switch(draft)
    yield from _one_router_per_place(draft)


def _uses(device: Entry[Device]) -> Iterator[Problem]:
    role = device.record.role
    for index, port in enumerate(device.record.ports):
        with if_known:
            if port.use not in _USES[role]:
                yield device.problem(
                    ("ports", index, "use"),
                    f"{role} tidak punya port {port.use}.",
                    f"Pilih salah satu: {', '.join(sorted(_USES[role]))}.",
                )


def _needed(device: Entry[Device]) -> Iterator[Problem]:
    record = device.record
    uses = [port.use for port in record.ports]
    if record.in_service:
        for use in ("management", *_NEEDED[record.role]):
            if use not in uses:
                yield device.problem(
                    ("ports",),
                    f"{record.name} ({record.role}) sudah in_service tetapi belum punya port {use}.",
                    f"Tambahkan port dengan 'use: {use}', atau ubah readiness-nya.",
                )
    for use, count in (("management", uses.count("management")), ("lan", uses.count("lan"))):
        if count > 1:
            yield device.problem(
                ("ports",),
                f"{record.name} punya {count} port {use}; hanya satu yang dapat diatur.",
                "Sisakan satu"
                + ("; untuk banyak komputer, pasang switch di kantor itu." if use == "lan" else " port pengelolaan."),
            )


def _links_meet_core(draft: Draft, device: Entry[Device]) -> Iterator[Problem]:
    """Addresses of a link hang on its end that is not the core switch (docs/architecture.md, Allocations)."""
    for index, port in enumerate(device.record.ports):
        with if_known:
            far = draft.devices.by_name.get(port.to.device) if port.to is not None and port.use == "link" else None
            if far is None or far is device:
                continue
            cores = (device.record.role == "core_switch") + (far.record.role == "core_switch")
            if cores != 1:
                yield device.problem(
                    ("ports", index, "to"),
                    f"sambungan {device.record.name}–{far.record.name} "
                    + ("tidak bertemu core_switch." if cores == 0 else "menghubungkan dua core_switch."),
                    "Dalam versi ini setiap sambungan menghubungkan satu core_switch dengan satu router.",
                )


def _one_core_switch(draft: Draft) -> Iterator[Problem]:
    cores = grouped(draft.devices, lambda d: (d.record.in_service and d.record.role == "core_switch") or None)
    for extra in cores.get(True, [])[1:]:
        first = cores[True][0]
        yield extra.problem(
            ("readiness",),
            f"{extra.record.name} adalah core_switch kedua yang in_service (pertama: {first.record.name}).",
            "Versi ini mengatur satu core_switch; ubah readiness yang lain menjadi racked.",
        )


def _one_router_per_place(draft: Draft) -> Iterator[Problem]:
    """A place has one LAN subnet, so one router serves it."""
    places = grouped(
        draft.devices,
        lambda d: d.record.location_ref if d.record.in_service and d.record.role == "opd_router" else None,
    )
    for place, routers in places.items():
        for extra in routers[1:]:
            yield extra.problem(
                ("location",),
                f"lokasi {place} sudah dilayani {routers[0].record.name} ({routers[0].place}).",
                "Satu lokasi dilayani satu opd_router yang in_service; buat lokasi lain atau ubah readiness-nya.",
            )
