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

# What is added up, how it is called, and how it is shown.
_RESOURCES: tuple[tuple[str, str, Callable[[int], str]], ...] = (
    ("vcpu", "vCPU", str),
    ("ram", "RAM", format_byte_size),
    ("disk", "disk", format_byte_size),
)


def check(draft: Draft) -> Iterator[Problem]:
    for name, applications in grouped(draft.applications, lambda a: a.record.runs_at.server).items():
        server = draft.servers.by_name.get(name)
        if server is not None:
            for key, title, shown in _RESOURCES:
                with if_known:
                    yield from _fits(server, applications, key, title, shown)


def _fits(
    server: Entry[Server], applications: list[Entry[Application]], key: str, title: str, shown: Callable[[int], str]
) -> Iterator[Problem]:
    room: int = getattr(server.record.specs, key)
    needs: list[tuple[int, Entry[Application]]] = []
    for entry in applications:
        with if_known:
            needs.append((getattr(entry.record.needs, key), entry))
    total = sum(need for need, _ in needs)
    if total <= room:
        return
    needs.sort(key=lambda pair: -pair[0])
    listed = ", ".join(f"{entry.record.code} {shown(need)}" for need, entry in needs)
    yield needs[0][1].problem(
        ("needs", key),
        f"{title} {server.record.name} tidak cukup: dibutuhkan {shown(total)}, tersedia {shown(room)} ({listed}).",
        "Pindahkan satu aplikasi ke server lain, kurangi 'needs', atau tambah kapasitas server.",
    )
