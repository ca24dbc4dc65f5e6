# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers on which the applications' databases live."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import ConfigDict, Field

from .central import Central
from .scalars import Clock, Count, Weight, YesNo


class DatabaseService(Central):
    """Databases live on the first server; the others are ready to take over."""

    model_config = ConfigDict(
        title="Basis data",
        json_schema_extra={
            "description": "Server basis data: MariaDB dan PostgreSQL. Semua basis data ada di server pertama."
        },
    )

    memory_percent: Annotated[
        Weight,
        Field(description="Bagian RAM server untuk basis data, dalam persen; dibagi rata bila dua mesin (bawaan 50)."),
    ] = 50
    slow_query_seconds: Annotated[
        Count, Field(description="Kueri yang lebih lama dari ini dicatat, dalam detik (bawaan 2).")
    ] = 2
    dump_at: Annotated[Clock, Field(description="Jam salinan harian untuk cadangan (bawaan 01:30).")] = time(1, 30)
    dump_keep_days: Annotated[
        Count, Field(description="Berapa hari salinan basis data yang sudah dihapus masih disimpan (bawaan 30).")
    ] = 30
    pitr: Annotated[
        YesNo, Field(description="PostgreSQL dapat dipulihkan ke suatu saat, bukan hanya ke salinan terakhir.")
    ] = True
    pitr_days: Annotated[
        Count, Field(description="Berapa hari ke belakang PostgreSQL dapat dipulihkan (bawaan 7).")
    ] = 7
