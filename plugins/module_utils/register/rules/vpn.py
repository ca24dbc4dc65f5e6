# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tunnels through internet lines: they start at an OPD router, end at a border router, and both speak one language."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, Entry, if_known
from ..models import Circuit, Device, Vpn
from ..problem import Problem
from ..tunnel_methods import FOLLOW_DHCP, common_method, is_fixed
from .references import missing


def check(draft: Draft) -> Iterator[Problem]:
    ends: dict[str, str] = {}
    for entry in draft.circuits:
        with if_known:
            vpn = entry.record.vpn
            if vpn is None:
                continue
            yield from _line(entry)
            yield from _ends(draft, entry, vpn, ends)


def has_tunnel(draft: Draft, device: Device) -> bool:
    """Whether one of the lines that enter ``device`` carries a tunnel."""
    lines = (draft.circuits.by_name.get(port.circuit or "") for port in device.ports if port.use == "uplink")
    return any(line is not None and line.record.vpn is not None for line in lines)


def _line(entry: Entry[Circuit]) -> Iterator[Problem]:
    record = entry.record
    with if_known:
        if record.kind == "uplink":
            yield entry.problem(
                ("vpn",),
                "uplink bersama masuk di border router, jadi tidak membawa terowongan ke sana.",
                "Hapus 'vpn'; tulis pada jalur internet milik lokasi OPD.",
            )
        elif record.handoff is None and not record.track:
            yield entry.problem(
                ("vpn",),
                "jalur ini memakai alamat dari DHCP dan tidak punya 'track', jadi gatewaynya untuk terowongan tidak "
                "dapat dijaga.",
                "Tambahkan 'track: [alamat yang menjawab ping]', misalnya DNS penyedia.",
            )


def _ends(draft: Draft, entry: Entry[Circuit], vpn: Vpn, ends: dict[str, str]) -> Iterator[Problem]:
    with if_known:
        border = draft.devices.by_name.get(vpn.to)
        if border is None:
            if draft.devices.complete:
                yield missing(entry, ("vpn", "to"), "perangkat", vpn.to, _borders(draft), "devices.yml")
            return
        if border.record.role != "border_router":
            known = ", ".join(_borders(draft)) or "belum ada"
            yield entry.problem(
                ("vpn", "to"),
                f"{vpn.to} adalah {border.record.role}; terowongan berakhir di border router, satu-satunya yang punya "
                "alamat internet.",
                f"Pilih border router (yang tercatat: {known}).",
            )
            return
        router = _router(draft, entry.record.id)
        if router is None:
            if draft.devices.complete and entry.record.kind != "uplink":
                yield entry.warning(
                    ("vpn",),
                    f"jalur {entry.record.id} belum masuk di router OPD mana pun, jadi terowongannya belum dibuat.",
                    f"Tambahkan port {{use: uplink, circuit: {entry.record.id}}} pada router OPD-nya di devices.yml.",
                )
            return
        first = ends.setdefault(router.record.name, entry.record.id)
        if first != entry.record.id:
            yield entry.problem(
                ("vpn",),
                f"router {router.record.name} sudah punya terowongan lewat jalur {first}; satu router satu terowongan.",
                "Hapus 'vpn' dari salah satu jalur.",
            )
        yield from _method(entry, router, border)


def _method(entry: Entry[Circuit], router: Entry[Device], border: Entry[Device]) -> Iterator[Problem]:
    ends = [(end.record.platform, end.record.os_version) for end in (router, border)]
    pair = " dan ".join(
        f"{end.record.name} ({' '.join(filter(None, (end.record.platform, end.record.os_version)))})"
        for end in (router, border)
    )
    handoff = entry.record.handoff
    if handoff is None and router.record.platform not in FOLLOW_DHCP:
        yield entry.problem(
            ("vpn",),
            f"{router.record.name} ({router.record.platform}) tidak dapat menjaga jalan ke {border.record.name} lewat "
            "jalur yang alamatnya dari DHCP.",
            "Minta alamat tetap kepada penyedia lalu tulis 'handoff', atau pakai router Linux.",
        )
        return
    if common_method(*ends, fixed=is_fixed(handoff.address.ip if handoff else None)) is not None:
        return
    if common_method(*ends, fixed=True) is None:
        yield entry.problem(
            ("vpn",),
            f"{pair} tidak punya jenis terowongan yang sama.",
            "Ganti salah satu routernya, atau hapus 'vpn'.",
        )
    else:
        yield entry.problem(
            ("vpn",),
            f"{pair} hanya sama-sama mengenal GRE di dalam IPsec, yang memerlukan alamat internet tetap di kedua "
            "ujung; alamat jalur ini dari DHCP atau bukan alamat internet.",
            "Minta alamat internet tetap kepada penyedia lalu tulis 'handoff', atau pakai router Linux atau RouterOS 7 "
            "di kedua ujung (WireGuard).",
        )


def _router(draft: Draft, circuit: str) -> Entry[Device] | None:
    """The OPD router that the line enters."""
    for device in draft.devices:
        with if_known:
            if device.record.role == "opd_router" and any(
                port.use == "uplink" and port.circuit == circuit for port in device.record.ports
            ):
                return device
    return None


def _borders(draft: Draft) -> list[str]:
    found = []
    for device in draft.devices:
        with if_known:
            if device.record.role == "border_router":
                found.append(device.record.name)
    return found
