# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dated reservations of bandwidth: a room in which civil servants are examined by computer (CAT), and the like."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .addresses import Address
from .record import Record
from .scalars import BitRate, Clock, Code, Count, CountOrZero, Day, Text, YesNo

EventKind = Literal["cat", "other"]


class EventDays(Record):
    """First and last day, both included."""

    model_config = ConfigDict(title="Hari acara", json_schema_extra={"description": "Hari pertama dan terakhir."})

    start: Annotated[Day, Field(description="Hari pertama, tahun-bulan-hari.")]
    end: Annotated[Day, Field(description="Hari terakhir, tahun-bulan-hari.")]


class EventHours(Record):
    """From when to when on each of the days, local time; capacity is reserved for the whole days all the same."""

    model_config = ConfigDict(title="Jam acara", json_schema_extra={"description": "Jam mulai dan selesai tiap hari."})

    start: Annotated[Clock, Field(description="Jam mulai, misalnya 07:00.")]
    end: Annotated[Clock, Field(description="Jam selesai, misalnya 17:30.")]


class Readiness(Record):
    """What a person has checked in the room; false until then."""

    model_config = ConfigDict(
        title="Kesiapan acara", json_schema_extra={"description": "Yang sudah diperiksa petugas di tempat."}
    )

    computers: Annotated[YesNo, Field(description="Semua komputer dan cadangannya menyala dan terpasang.")] = False
    cabling: Annotated[YesNo, Field(description="Kabel Cat5e atau lebih baik ke setiap komputer.")] = False
    switches: Annotated[YesNo, Field(description="Antarswitch 1 Gbps dengan kabel Cat6.")] = False
    ups: Annotated[YesNo, Field(description="UPS menahan beban sampai genset menyala, sudah diuji.")] = False
    genset: Annotated[YesNo, Field(description="Genset siap dengan bahan bakar.")] = False
    line_tested: Annotated[YesNo, Field(description="Jalur utama diukur dari ruang acara.")] = False
    second_line_tested: Annotated[YesNo, Field(description="Pindah ke jalur kedua sudah dicoba.")] = False


class Event(Record):
    """One event at one location."""

    model_config = ConfigDict(
        title="Acara", json_schema_extra={"description": "Satu acara yang memesan bandwidth pada hari tertentu."}
    )

    code: Annotated[Code, Field(description="Kode singkat acara.")]
    name: Annotated[Text, Field(description="Nama acara.")]
    kind: Annotated[EventKind, Field(description="cat (ujian CAT) atau other (lainnya).")] = "cat"
    opd: Annotated[Code, Field(description="Kode OPD tempat acara.")]
    location: Annotated[Code, Field(description="Kode lokasi OPD itu.")]
    days: EventDays
    hours: EventHours | None = None
    computers: Annotated[Count, Field(description="Jumlah komputer yang dipakai bersamaan.")]
    spare: Annotated[CountOrZero, Field(description="Jumlah komputer cadangan.")]
    bandwidth: Annotated[BitRate, Field(description="Bandwidth yang dipesan di luar jatah OPD.")]
    latency_ms: Annotated[Count | None, Field(description="Latensi terukur ke server ujian, dalam milidetik.")] = None
    exam_server: Annotated[
        Address | None, Field(description="Alamat server ujian; latensinya diukur oleh event.yml langkah verify.")
    ] = None
    second_line: Annotated[
        Code | None, Field(description="Jalur kedua di lokasi itu (circuits.yml), dari penyedia lain.")
    ] = None
    readiness: Readiness = Readiness()

    @property
    def location_ref(self) -> str:
        """``opd/location``."""
        return f"{self.opd}/{self.location}"

    def on(self, day: date) -> bool:
        return self.days.start <= day <= self.days.end

    def overlaps(self, other: Event) -> bool:
        """Whether both want their bandwidth at the same time of the same day."""
        if self.days.end < other.days.start or other.days.end < self.days.start:
            return False
        if self.hours is None or other.hours is None:
            return True
        return self.hours.start < other.hours.end and other.hours.start < self.hours.end
