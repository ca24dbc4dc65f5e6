# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers: what they need in service, in what condition and on what basis they stand here."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, Entry, if_known
from ..models import Server
from ..problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    for server in draft.servers:
        with if_known:
            yield from _basis(server)
        with if_known:
            yield from _state(server)
        with if_known:
            yield from _condition(server)
        with if_known:
            yield from _ports(server)


def _basis(server: Entry[Server]) -> Iterator[Problem]:
    """Lending between OPDs of one government is penggunaan sementara (facts/domain.md, section 1)."""
    if server.record.basis == "pinjam_pakai":
        yield server.warning(
            ("basis",),
            f"server milik OPD {server.record.owner} dari pemerintah daerah yang sama; pinjam pakai hanya "
            "antarpemerintah.",
            "Antar-OPD namanya penggunaan sementara: tulis 'basis: penggunaan_sementara' dan sesuaikan suratnya.",
        )


def _state(server: Entry[Server]) -> Iterator[Problem]:
    record = server.record
    if record.state == "serving" and not record.in_service:
        yield server.problem(
            ("state",),
            f"server disebut serving padahal kesiapannya masih {record.readiness}.",
            "Tulis 'state: idle', atau ubah readiness menjadi in_service bila sudah dipakai.",
        )


def _condition(server: Entry[Server]) -> Iterator[Problem]:
    if server.record.condition == "Rusak Berat" and server.record.in_service:
        yield server.warning(
            ("condition",),
            f"{server.record.name} Rusak Berat tetapi masih in_service.",
            "Pindahkan aplikasinya, lalu usulkan penghapusan barang; atau betulkan keadaannya.",
        )


def _ports(server: Entry[Server]) -> Iterator[Problem]:
    record = server.record
    uses = [port.use for port in record.ports]
    for use in ("management", "data_centre"):
        if record.in_service and use not in uses:
            yield server.problem(
                ("ports",),
                f"{record.name} sudah in_service tetapi belum punya port {use}.",
                f"Tambahkan port dengan 'use: {use}', atau ubah readiness-nya.",
            )
        if uses.count(use) > 1:
            yield server.problem(
                ("ports",),
                f"{record.name} punya {uses.count(use)} port {use}; hanya satu yang dapat diatur.",
                "Sisakan satu.",
            )
