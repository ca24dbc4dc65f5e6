# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Databases of applications: a server that keeps them, with room for them, under names that are free there."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, Entry, if_known
from ..models import Application, DatabaseService, Government, Server
from ..problem import Problem
from ..units.byte_size import format_byte_size

#: Long names are no matter: both take 32 characters at least, and rules/applications.py allows 28.
_RESERVED = {
    "mariadb": {"mysql", "sys", "root", "mariadb", "public", "information-schema", "performance-schema"},
    "postgresql": {"postgres", "template0", "template1", "replication", "all", "none", "public"},
}
#: Below this an engine starts, but swaps or refuses work as soon as an application is busy.
_LEAST_RAM = 192_000_000


def check(draft: Draft) -> Iterator[Problem]:
    if draft.government is None:
        return
    with if_known:
        users = [entry for entry in draft.applications if _is_kept(entry)]
        service = draft.government.record.database
        for entry in users:
            yield from _keeper(entry, service)
            yield from _name(entry)
        if service is not None:
            yield from _server(draft, draft.government, service, users)


def _is_kept(entry: Entry[Application]) -> bool:
    """Whether its database is ours to keep; not, when that cannot be understood.

    Static pages use none, whatever the register says (rules/applications.py tells that).
    """
    with if_known:
        record = entry.record
        return record.database != "none" and record.runtime != "static" and record.runs_at.server is not None
    return False


def _keeper(entry: Entry[Application], service: DatabaseService | None) -> Iterator[Problem]:
    if service is None:
        yield entry.problem(
            ("database",),
            f"aplikasi ini memerlukan {entry.record.database}, tetapi belum ada server basis data.",
            "Tambahkan 'database: {servers: [nama-server]}' di government.yml, atau tulis 'database: none'.",
        )


def _name(entry: Entry[Application]) -> Iterator[Problem]:
    with if_known:
        code, engine = entry.record.code, entry.record.database
        if code in _RESERVED[engine] or (engine == "postgresql" and code.startswith("pg-")):
            yield entry.problem(
                ("code",),
                f"kode '{code}' menjadi nama basis data, dan nama itu milik {engine} sendiri.",
                "Beri aplikasi ini kode lain.",
            )


def _server(
    draft: Draft, government: Entry[Government], service: DatabaseService, users: list[Entry[Application]]
) -> Iterator[Problem]:
    name = service.servers[0]
    server = draft.servers.by_name.get(name)
    if server is None or not users:  # an unknown name is told by rules/central.py
        return
    with if_known:
        if not server.record.in_service:
            yield government.problem(
                ("database", "servers", 0),
                f"server {name} belum dapat menyimpan basis data: kesiapannya {server.record.readiness}.",
                f"Sebut server yang in_service lebih dulu dalam daftar ini ({server.place}).",
            )
        yield from _room(draft, government, service, server, users)


def _room(
    draft: Draft,
    government: Entry[Government],
    service: DatabaseService,
    server: Entry[Server],
    users: list[Entry[Application]],
) -> Iterator[Problem]:
    record = server.record
    engines = {entry.record.database for entry in users}
    share = record.specs.ram * service.memory_percent // 100
    least = _LEAST_RAM * len(engines)
    if share < least:
        yield government.problem(
            ("database", "memory_percent"),
            f"{record.name} hanya memberi {format_byte_size(share)} kepada {' dan '.join(sorted(engines))}; "
            f"paling sedikit {format_byte_size(least)}.",
            f"Naikkan memory_percent, atau pilih server yang RAM-nya lebih besar ({server.place}).",
        )
    here = [entry.record for entry in draft.applications if entry.record.runs_at.server == record.name]
    wanted = share + sum(application.needs.ram for application in here)
    if here and wanted > record.specs.ram:
        yield government.problem(
            ("database", "memory_percent"),
            f"{record.name} punya RAM {format_byte_size(record.specs.ram)}, tetapi basis data dan "
            f"{len(here)} aplikasinya meminta {format_byte_size(wanted)}.",
            "Turunkan memory_percent, pindahkan aplikasi ke server lain, atau pilih server basis data lain.",
        )
    disk = sum(entry.record.needs.disk for entry in users)
    if disk > record.specs.disk:
        yield government.problem(
            ("database", "servers", 0),
            f"disk {record.name} {format_byte_size(record.specs.disk)}, tetapi aplikasi yang basis datanya di sana "
            f"meminta {format_byte_size(disk)}.",
            f"Pilih server yang disk-nya cukup ({server.place}).",
        )
