# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the government decides about sharing bandwidth, about events, and about ending subscriptions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .record import Record
from .scalars import BitRate, Count, CountOrZero, Percent, Rupiah, Text

Billing = Literal["calendar_month", "contract_month", "daily"]


class BandwidthRules(Record):
    """How the internet lines are shared; the figures of single OPDs are in bandwidth.yml."""

    model_config = ConfigDict(
        title="Aturan bandwidth", json_schema_extra={"description": "Ketentuan pembagian bandwidth."}
    )

    public_service_floor_percent: Annotated[
        Percent,
        Field(description="Jaminan OPD layanan publik tanpa 'floor', dalam persen dari granted (bawaan 30)."),
    ] = 30
    minimum: Annotated[
        BitRate, Field(description="Jaminan setiap lokasi, supaya tidak ada yang nol (bawaan 256 kbps).")
    ] = 256_000
    international_percent: Annotated[
        Percent | None,
        Field(
            description="Bagian lalu lintas yang ke luar negeri menurut pengukuran, dalam persen; bila diisi, "
            "kapasitas domestik dan internasional masing-masing ikut membatasi."
        ),
    ] = None
    shaped_percent: Annotated[
        Percent,
        Field(
            description="Bagian kapasitas uplink yang dibagikan dan dipakai membatasi, dalam persen (bawaan 100). "
            "Dengan 95 antrean terjadi di router sendiri, bukan di perangkat penyedia, sehingga jaminan dan "
            "prioritas berlaku saat jalur penuh."
        ),
    ] = 100


class EventRules(Record):
    """What an examination room needs. Defaults: the CAT inspection of Nunukan, 2024 (100 Mbps for 50 computers)."""

    model_config = ConfigDict(
        title="Aturan acara", json_schema_extra={"description": "Syarat ruang ujian dan acara lain."}
    )

    rate_per_computer: Annotated[BitRate, Field(description="Kebutuhan tiap komputer (bawaan 2 Mbps).")] = 2_000_000
    spare_percent: Annotated[
        Percent, Field(description="Komputer cadangan paling sedikit, dalam persen (bawaan 10).")
    ] = 10
    max_latency_ms: Annotated[Count, Field(description="Latensi paling besar, dalam milidetik (bawaan 100).")] = 100


class StatedSpending(Record):
    """A year's internet spending as somebody else states it."""

    model_config = ConfigDict(
        title="Belanja menurut sumber lain", json_schema_extra={"description": "Jumlah setahun menurut satu sumber."}
    )

    source: Annotated[Text, Field(description="Sumbernya, misalnya DPA, LHP BPK, atau berita.")]
    amount: Annotated[Rupiah, Field(description="Jumlah setahun.")]


class SubscriptionRules(Record):
    """How subscriptions of OPDs are billed and ended."""

    model_config = ConfigDict(
        title="Aturan langganan", json_schema_extra={"description": "Ketentuan penghentian langganan internet OPD."}
    )

    notice_days: Annotated[
        CountOrZero, Field(description="Surat penghentian masuk paling lambat sekian hari sebelumnya (bawaan 30).")
    ] = 30
    billing: Annotated[
        Billing,
        Field(
            description="calendar_month (bulan kalender yang sudah berjalan dibayar penuh; bawaan), contract_month "
            "(dihitung penuh sejak tanggal mulai kontrak), atau daily (per hari)."
        ),
    ] = "calendar_month"
    warning_days: Annotated[
        Count, Field(description="Kontrak yang berakhir dalam sekian hari disebut dalam laporan (bawaan 90).")
    ] = 90
    stated_spending: Annotated[
        tuple[StatedSpending, ...],
        Field(description="Belanja internet tahun anggaran ini menurut sumber lain, untuk dibandingkan."),
    ] = ()
