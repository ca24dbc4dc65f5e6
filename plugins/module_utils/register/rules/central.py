# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Central services: the servers they name are there, once each."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, if_known
from ..models import Central
from ..problem import Problem
from .references import missing

#: Keys of government.yml that name servers of ours.
CENTRAL_ROLES = ("dns", "database", "edge_proxy", "backup", "monitoring", "logging", "controller")


def check(draft: Draft) -> Iterator[Problem]:
    if draft.government is None:
        return
    for role in CENTRAL_ROLES:
        with if_known:
            record: Central | None = getattr(draft.government.record, role)
            if record is not None:
                yield from _servers(draft, (role, "servers"), record.servers)
    with if_known:
        yield from _servers(draft, ("own_time_servers",), draft.government.record.own_time_servers)
        yield from two_of_them(draft, ("own_time_servers",), draft.government.record.own_time_servers, "server waktu")


def _servers(draft: Draft, keys: tuple[str, ...], names: tuple[str, ...]) -> Iterator[Problem]:
    assert draft.government is not None
    for index, name in enumerate(names):
        if draft.servers.complete and name not in draft.servers.by_name:
            known = draft.servers.by_name
            yield missing(draft.government, (*keys, index), "server", name, known, "servers.yml")
        elif name in names[:index]:
            yield draft.government.problem((*keys, index), f"server '{name}' disebut dua kali.", "Hapus salah satunya.")


def two_of_them(draft: Draft, keys: tuple[str, ...], names: tuple[str, ...], what: str) -> Iterator[Problem]:
    """A service on which everything else leans stands twice, not in one rack."""
    assert draft.government is not None
    if len(names) == 1:
        yield draft.government.warning(
            keys,
            f"{what} sendiri hanya satu ({names[0]}); bila ia mati, tidak ada penggantinya.",
            "Sebut dua server di rak yang berbeda.",
        )
    racks: dict[tuple[str, str], str] = {}
    for index, name in enumerate(names):
        server = draft.servers.by_name.get(name)
        if server is None or name in names[:index]:
            continue
        with if_known:
            place = server.record.place
            other = racks.setdefault((place.room, place.rack), name)
            if other != name:
                yield draft.government.warning(
                    (*keys, index),
                    f"{what} '{name}' dan '{other}' berdiri di rak yang sama ({place.rack}).",
                    "Pilih server di rak lain, agar gangguan satu rak tidak mematikan keduanya.",
                )
