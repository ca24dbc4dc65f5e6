# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collectors of all messages, over TLS."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from .central import Central
from .record import Record
from .scalars import ByteSize, Code, Count


class OfficeLogs(Record):
    """An office whose messages are kept for another time than everybody's."""

    model_config = ConfigDict(
        title="Masa simpan log OPD", json_schema_extra={"description": "OPD dengan masa simpan log sendiri."}
    )

    opd: Annotated[Code, Field(description="Kode OPD.")]
    retention_days: Annotated[Count, Field(description="Berapa hari log OPD ini disimpan.")]


class Logging(Central):
    """Every server sends to all of ``servers``; network devices send to them by UDP. Sizes are of each server."""

    model_config = ConfigDict(title="Log terpusat", json_schema_extra={"description": "Pengumpul log lewat TLS."})

    retention_days: Annotated[Count, Field(description="Berapa hari log disimpan.")] = 365
    offices: Annotated[tuple[OfficeLogs, ...], Field(description="OPD dengan masa simpan sendiri.")] = ()
    max_size: Annotated[
        ByteSize, Field(description="Ruang disk untuk semua log di tiap pengumpul; lebih dari ini yang tertua dihapus.")
    ] = 10_000_000_000
    spool: Annotated[
        ByteSize, Field(description="Ruang disk di tiap server untuk pesan yang menunggu pengumpul yang mati.")
    ] = 1_000_000_000
