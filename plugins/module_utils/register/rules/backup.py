# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups: what lies in the rack of what it keeps, or in one place only, is told."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, grouped, if_known
from ..models import Backup, Server
from ..problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    if draft.government is None:
        return
    with if_known:
        backup = draft.government.record.backup
        if backup is not None:
            yield from _repositories(draft, backup)
            yield from _places(draft, backup)


def _repositories(draft: Draft, backup: Backup) -> Iterator[Problem]:
    """A server that is not in service keeps nothing."""
    assert draft.government is not None
    for index, name in enumerate(backup.servers):
        with if_known:
            server = draft.servers.by_name.get(name)
            if server is not None and not server.record.in_service:
                yield draft.government.warning(
                    ("backup", "servers", index),
                    f"server {name} belum in_service ({server.record.readiness}), jadi belum menyimpan apa pun.",
                    "Pakai server yang sudah in_service, atau tunggu dan jangan anggap cadangannya ada.",
                )
    if backup.second is not None and backup.second.name in draft.servers.by_name:
        yield draft.government.problem(
            ("backup", "second", "name"),
            f"'{backup.second.name}' nama server kita; tempat kedua di luar harus bernama lain.",
            "Beri nama lain. Server kita sendiri ditulis di backup.servers.",
        )


def _places(draft: Draft, backup: Backup) -> Iterator[Problem]:
    """Servers with applications or databases, and how many places would survive the loss of their rack."""
    assert draft.government is not None
    database = draft.government.record.database
    named = set(grouped(draft.applications, lambda entry: entry.record.runs_at.server))
    named |= set(database.servers) if database is not None else set()
    for entry in draft.servers:
        with if_known:
            server = entry.record
            if server.name not in named or not server.in_service:
                continue
            far = [backup.second.name] if backup.second is not None else []
            near: list[str] = []
            for name in backup.servers:
                place = draft.servers.by_name.get(name)
                if place is not None and place.record.in_service:
                    (near if _together(place.record, server) else far).append(name)
            if not far:
                where = ", ".join(near) or "tidak ada tempat"
                yield draft.government.warning(
                    ("backup", "servers"),
                    f"{server.name} hanya dicadangkan ke rak yang sama ({where}): bukan cadangan.",
                    f"Tambahkan server di rak selain {server.place.rack}, atau backup.second di luar gedung.",
                )
            elif len(far) + len(near) == 1:
                yield draft.government.warning(
                    ("backup", "servers"),
                    f"{server.name} dicadangkan ke satu tempat saja ({far[0]}).",
                    "Tambahkan tempat kedua: server lain di backup.servers, atau backup.second di luar gedung.",
                )


def _together(one: Server, other: Server) -> bool:
    """Whether one fire or one leak takes both."""
    return one.name == other.name or (one.place.room, one.place.rack) == (other.place.room, other.place.rack)
