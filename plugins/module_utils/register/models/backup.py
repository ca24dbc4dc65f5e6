# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Repositories, schedules and restore tests."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from ..refused import RefusedError
from .central import Central
from .record import Record
from .scalars import Clock, Code, Count, CountOrZero, scalar

Weekday = Literal["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"]

_HTTPS = re.compile(r"https://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d{1,5})?(?:/[A-Za-z0-9._~-]+)*/?", re.ASCII)


def _https(value: Any) -> str:
    text = scalar(value, "alamat penyimpanan", "https://cadangan.provinsi.go.id:8000")
    if not _HTTPS.fullmatch(text):
        raise RefusedError(
            f"'{text}' bukan alamat penyimpanan cadangan.",
            "Tulis alamat server REST restic dengan https dan tanpa kata sandi: https://cadangan.provinsi.go.id:8000",
        )
    return text.rstrip("/")


class Keep(Record):
    """How long snapshots are kept: the last one of each of the last so many days, weeks and months."""

    model_config = ConfigDict(title="Masa simpan", json_schema_extra={"description": "Berapa lama cadangan disimpan."})

    daily: Annotated[Count, Field(description="Selama berapa hari satu cadangan per hari disimpan.")] = 14
    weekly: Annotated[CountOrZero, Field(description="Selama berapa minggu satu cadangan per minggu disimpan.")] = 8
    monthly: Annotated[CountOrZero, Field(description="Selama berapa bulan satu cadangan per bulan disimpan.")] = 12


class Outside(Record):
    """A place that is not ours: an append-only REST server of restic, whose keeper never learns a password of ours."""

    model_config = ConfigDict(
        title="Tempat kedua", json_schema_extra={"description": "Penyimpanan cadangan di luar server kita."}
    )

    name: Annotated[Code, Field(description="Nama singkat tempat itu.")]
    url: Annotated[
        str,
        BeforeValidator(_https),
        WithJsonSchema({"type": "string", "pattern": f"^{_HTTPS.pattern}$"}),
        Field(description="Alamat server REST restic (append-only) dengan https."),
    ]


class Backup(Central):
    """``servers`` keep repositories; every server with something to keep writes to all of them but itself."""

    model_config = ConfigDict(
        title="Cadangan", json_schema_extra={"description": "Tempat cadangan, jadwal, dan uji pemulihan."}
    )

    second: Annotated[Outside | None, Field(description="Tempat lain di luar server kita.")] = None
    hour: Annotated[Clock, Field(description="Jam cadangan harian, misalnya 01:30.")] = time(1, 30)
    keep: Keep = Keep()
    restore_test: Annotated[Weekday, Field(description="Hari uji pemulihan mingguan.")] = "minggu"
