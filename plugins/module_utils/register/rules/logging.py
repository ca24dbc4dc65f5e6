# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Central logs: offices that exist, and sizes that fit the disks they are written to."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, if_known
from ..models import Logging
from ..problem import Problem
from ..units import format_byte_size
from .references import missing

#: Of a disk. What else stands on a collector needs room too; what waits must never fill a server that serves.
_MOST_OF_COLLECTOR, _MOST_OF_CLIENT = 0.8, 0.25


def check(draft: Draft) -> Iterator[Problem]:
    if draft.government is None:
        return
    with if_known:
        wanted = draft.government.record.logging
        if wanted is not None:
            yield from _offices(draft, wanted)
            yield from _sizes(draft, wanted)


def _offices(draft: Draft, wanted: Logging) -> Iterator[Problem]:
    assert draft.government is not None
    codes = [office.opd for office in wanted.offices]
    for index, code in enumerate(codes):
        keys = ("logging", "offices", index, "opd")
        if draft.opds.complete and code not in draft.opds.by_name:
            yield missing(draft.government, keys, "OPD", code, draft.opds.by_name, "opds.yml")
        elif code in codes[:index]:
            yield draft.government.problem(
                keys, f"OPD '{code}' disebut dua kali.", "Hapus salah satunya; tiap OPD punya satu masa simpan."
            )


def _sizes(draft: Draft, wanted: Logging) -> Iterator[Problem]:
    assert draft.government is not None
    for entry in draft.servers:
        with if_known:
            server, disk = entry.record, entry.record.specs.disk
            if server.name in wanted.servers and wanted.max_size > disk * _MOST_OF_COLLECTOR:
                yield draft.government.problem(
                    ("logging", "max_size"),
                    f"{format_byte_size(wanted.max_size)} log tidak muat di {server.name}, yang berdisk "
                    f"{format_byte_size(disk)}.",
                    f"Tulis paling banyak {format_byte_size(int(disk * _MOST_OF_COLLECTOR))}, atau pilih server lain.",
                )
            if server.in_service and wanted.spool > disk * _MOST_OF_CLIENT:
                yield draft.government.problem(
                    ("logging", "spool"),
                    f"{format_byte_size(wanted.spool)} pesan yang menunggu terlalu banyak untuk {server.name}, yang "
                    f"berdisk {format_byte_size(disk)}.",
                    f"Tulis paling banyak {format_byte_size(int(disk * _MOST_OF_CLIENT))}.",
                )
