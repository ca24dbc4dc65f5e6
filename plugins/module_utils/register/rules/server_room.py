# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the applications of a server fit on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..draft import Draft, Entry, grouped, if_known
from ..models import Application, Server
from ..problem import Problem
from ..units import format_byte_size

#: What the system itself needs: kernel, journal, nginx, the agents; on the disk also packages and logs.
RAM_RESERVE = 512_000_000
DISK_RESERVE = 5_000_000_000

# What is added up, how it is called, how it is shown, and what is kept for the system. A vCPU may be shared in time, so
# nothing of it is kept.
_RESOURCES: tuple[tuple[str, str, Callable[[int], str], int], ...] = (
    ("vcpu", "vCPU", str, 0),
    ("ram", "RAM", format_byte_size, RAM_RESERVE),
    ("disk", "disk", format_byte_size, DISK_RESERVE),
)


def check(draft: Draft) -> Iterator[Problem]:
    for name, applications in grouped(draft.applications, lambda a: a.record.runs_at.server).items():
        server = draft.servers.by_name.get(name)
        if server is not None:
            for key, title, shown, reserve in _RESOURCES:
                with if_known:
                    yield from _fits(server, applications, key, title, shown, reserve)


def _fits(
    server: Entry[Server],
    applications: list[Entry[Application]],
    key: str,
    title: str,
    shown: Callable[[int], str],
    reserve: int,
) -> Iterator[Problem]:
    room: int = getattr(server.record.specs, key)
    needs: list[tuple[int, Entry[Application]]] = []
    for entry in applications:
        with if_known:
            needs.append((getattr(entry.record.needs, key), entry))
    total = sum(need for need, _ in needs)
    if total + reserve <= room:
        return
    needs.sort(key=lambda pair: -pair[0])
    listed = ", ".join(f"{entry.record.code} {shown(need)}" for need, entry in needs)
    kept = f", {shown(reserve)} di antaranya untuk sistem" if reserve else ""
    yield needs[0][1].problem(
        ("needs", key),
        f"{title} {server.record.name} tidak cukup: dibutuhkan {shown(total)}, tersedia "
        f"{shown(room)}{kept} ({listed}).",
        "Pindahkan satu aplikasi ke server lain, kurangi 'needs', atau tambah kapasitas server.",
    )
