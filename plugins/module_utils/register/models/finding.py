# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hardening rule that somebody answers for not having on some servers, until a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field

from .record import Record
from .scalars import NOT_EMPTY, Code, Day, Text


class Finding(Record):
    """In force up to and including ``expires``; after that the rule applies again by itself."""

    model_config = ConfigDict(
        title="Temuan",
        json_schema_extra={"description": "Satu pengecualian dari aturan pengerasan, dengan alasan dan batas waktu."},
    )

    id: Annotated[Code, Field(description="Nomor temuan, misalnya t-2026-003.")]
    servers: Annotated[tuple[Code, ...], *NOT_EMPTY, Field(description="Nama server yang dikecualikan.")]
    rule: Annotated[Text, Field(description="Nomor aturan pengerasan, misalnya TP-SSH-05.")]
    reason: Annotated[Text, Field(description="Mengapa aturan itu belum dapat berlaku di sana.")]
    owner: Annotated[Code, Field(description="Kode OPD yang bertanggung jawab atas pengecualian ini.")]
    expires: Annotated[Day, Field(description="Hari terakhir pengecualian berlaku, tahun-bulan-hari.")]

    def in_force(self, day: date) -> bool:
        return self.expires >= day
