# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles of cables (LACP, IEEE 802.1AX) and trunks: both ends agree, and the device can carry the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft, Entry, grouped, if_known
from ..models import Device, DevicePort
from ..problem import Problem

_BUNDLED = ("link", "trunk")
#: IOS numbers its aggregates; Catalysts know at least 48 of them.
_IOS = re.compile(r"Port-channel([1-9]|[1-3]\d|4[0-8])", re.ASCII)
#: The first release of IOS-XE under its own numbers. Routers before it (ISR G2) aggregate without LACP only, says
#: "Configuring EtherChannel" in Cisco's guide for the 1900, 2900 and 3900 series.
_LACP_ON_ROUTERS = 16


def check(draft: Draft) -> Iterator[Problem]:
    for device in draft.devices:
        with if_known:
            yield from _vlans(device)
        with if_known:
            yield from _bundles(draft, device)


def _vlans(device: Entry[Device]) -> Iterator[Problem]:
    for index, port in enumerate(device.record.ports):
        with if_known:
            if port.vlans and port.use != "trunk":
                yield device.problem(
                    ("ports", index, "vlans"),
                    f"port {port.use} tidak punya 'vlans'; hanya trunk yang membawa VLAN bertanda.",
                    "Hapus 'vlans', atau ubah 'use' menjadi trunk.",
                )


def _bundles(draft: Draft, device: Entry[Device]) -> Iterator[Problem]:
    numbered = list(enumerate(device.record.ports))
    for name, members in grouped(numbered, lambda item: item[1].bundle).items():
        with if_known:
            yield from _name(device, name, members[0][0])
        wrong = [(index, port) for index, port in members if port.use not in _BUNDLED]
        for index, port in wrong:
            yield device.problem(
                ("ports", index, "bundle"),
                f"port {port.use} tidak digabungkan; gabungan (bundle) hanya untuk {' dan '.join(_BUNDLED)}.",
                "Hapus 'bundle', atau betulkan 'use'.",
            )
        if not wrong:
            yield from _members(draft, device, name, members)


def _name(device: Entry[Device], name: str, index: int) -> Iterator[Problem]:
    record, keys = device.record, ("ports", index, "bundle")
    if record.port(name) is not None:
        yield device.problem(
            keys,
            f"gabungan '{name}' bernama sama dengan sebuah port {record.name}.",
            "Beri gabungan nama sendiri, misalnya bond1.",
        )
    if record.platform == "ios":
        if not _IOS.fullmatch(name):
            yield device.problem(
                keys,
                f"gabungan '{name}' tidak dapat dibuat di IOS.",
                "Tulis Port-channel dan nomornya (1 sampai 48), misalnya Port-channel1.",
            )
        release = (record.os_version or "").partition(".")[0]
        if record.role != "core_switch" and release.isdigit() and int(release) < _LACP_ON_ROUTERS:
            yield device.warning(
                keys,
                f"{record.name} (IOS {record.os_version}): router ISR G2 tidak mengenal LACP, sehingga perintahnya "
                "akan ditolak perangkat.",
                "Periksa model di panduan Cisco; bila memang begitu, pakai satu kabel saja dan hapus 'bundle'.",
            )


def _members(
    draft: Draft, device: Entry[Device], name: str, members: list[tuple[int, DevicePort]]
) -> Iterator[Problem]:
    """All of one use, to one device, whose ports are one bundle as well."""
    first = members[0][1]
    for index, port in members[1:]:
        with if_known:
            if port.use != first.use:
                yield device.problem(
                    ("ports", index, "use"),
                    f"gabungan {name} mencampur port {first.use} dan {port.use}.",
                    "Samakan 'use' semua portnya, atau pisahkan gabungannya.",
                )
                return
    if first.use != "link":
        return
    ends: dict[str | None, int] = {}
    for index, port in members:
        with if_known:
            if port.to is None or (far := draft.devices.by_name.get(port.to.device)) is None:
                continue
            far_port = far.record.port(port.to.port)
            if far_port is None:
                continue
            if far_port.use == "trunk" or far_port.bundle is None:
                yield device.problem(
                    ("ports", index, "bundle"),
                    f"{device.record.name}:{port.name} digabungkan dalam {name}, tetapi {port.to} tidak.",
                    f"Tambahkan 'bundle: …' pada port {far_port.name} di {far.place}, atau hapus di sini."
                    if far_port.use != "trunk"
                    else "Ujung sebenarnya ada di switch kedua yang tidak diatur di sini; hapus 'bundle'.",
                )
                continue
            ends.setdefault(f"{port.to.device}:{far_port.bundle}", index)
    if len(ends) > 1:
        listed = ", ".join(sorted(str(end) for end in ends))
        yield device.problem(
            ("ports", max(ends.values()), "to"),
            f"gabungan {name} menuju lebih dari satu tempat: {listed}; LACP menggabungkan kabel "
            "antara dua perangkat saja.",
            "Arahkan semua kabelnya ke satu gabungan di satu perangkat, atau pisahkan namanya.",
        )
