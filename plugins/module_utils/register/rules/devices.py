# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a network device needs before it can be in service.

Topologies that this version does not configure yet (two core switches, cables past the core switch) are no mistakes of
the register; planning remarks on them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, Entry, if_known
from ..models import Device
from ..problem import Problem
from .vpn import has_tunnel

_USES = {
    "border_router": {"management", "uplink", "link"},
    "core_switch": {"management", "link", "server", "trunk"},
    "opd_router": {"management", "uplink", "link", "lan"},
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
            yield from _needed(draft, device)


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


def _needed(draft: Draft, device: Entry[Device]) -> Iterator[Problem]:
    record = device.record
    uses = [port.use for port in record.ports]
    if record.in_service:
        for use in ("management", *_NEEDED[record.role]):
            if use in uses or (use == "link" and has_tunnel(draft, record)):
                continue
            instead = ", pasang 'vpn' pada jalur internetnya" if (record.role, use) == ("opd_router", "link") else ""
            yield device.problem(
                ("ports",),
                f"{record.name} ({record.role}) sudah in_service tetapi belum punya port {use}.",
                f"Tambahkan port dengan 'use: {use}'{instead}, atau ubah readiness-nya.",
            )
    if (count := uses.count("management")) > 1:
        yield device.problem(
            ("ports",), f"{record.name} punya {count} port management; hanya satu yang dapat diatur.", "Sisakan satu."
        )
