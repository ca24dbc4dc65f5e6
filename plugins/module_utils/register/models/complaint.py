# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A network complaint (gangguan) of an office."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .record import Record
from .scalars import Code, Day, Text

Line = Literal["central", "own"]


class Complaint(Record):
    """Open until ``closed`` has a day. An own line's trouble says nothing against the central one."""

    model_config = ConfigDict(
        title="Keluhan", json_schema_extra={"description": "Satu keluhan (gangguan) jaringan dari sebuah lokasi."}
    )

    id: Annotated[Code, Field(description="Nomor keluhan, misalnya k-2026-014.")]
    opd: Annotated[Code, Field(description="Kode OPD yang mengeluh.")]
    location: Annotated[Code, Field(description="Kode lokasi OPD itu.")]
    line: Annotated[
        Line, Field(description="Jalur yang dikeluhkan: central (jaringan pusat) atau own (langganan OPD).")
    ] = "central"
    opened: Annotated[Day, Field(description="Hari diterima, tahun-bulan-hari.")]
    closed: Annotated[Day | None, Field(description="Hari selesai menurut OPD; kosong selama masih terbuka.")] = None
    description: Annotated[Text, Field(description="Apa yang dikeluhkan.")]

    @property
    def location_ref(self) -> str:
        """``opd/location``."""
        return f"{self.opd}/{self.location}"

    def open_on(self, day: date) -> bool:
        """Whether it was received and not yet settled at the end of that day."""
        return self.opened <= day and (self.closed is None or self.closed > day)
