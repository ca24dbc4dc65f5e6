# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the government asks for before an office goes one stage further."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from .addresses import Address, DomainName
from .record import Record
from .scalars import NOT_EMPTY, Count, CountOrZero, Percent, PortNumber


class AcceptanceRules(Record):
    """Thresholds that a measured line has to keep.

    Latency, jitter and loss: the classes of ETSI TS 101 329 (TIPHON) that Indonesian network papers judge by; "good"
    is at most 150 ms, 75 ms and 3 percent.
    """

    model_config = ConfigDict(title="Syarat uji terima", json_schema_extra={"description": "Batas hasil pengukuran."})

    latency_ms: Annotated[Count, Field(description="Latensi rata-rata paling besar (bawaan 150).")] = 150
    jitter_ms: Annotated[Count, Field(description="Jitter paling besar (bawaan 75).")] = 75
    loss_percent: Annotated[Percent, Field(description="Paket hilang paling banyak, dalam persen (bawaan 3).")] = 3
    dns_ms: Annotated[Count, Field(description="Waktu jawab DNS paling lama (bawaan 200).")] = 200
    throughput_percent: Annotated[
        Percent, Field(description="Kecepatan terukur paling sedikit, dalam persen dari CIR (bawaan 90).")
    ] = 90
    failover_seconds: Annotated[Count, Field(description="Waktu pindah ke jalur cadangan paling lama (bawaan 30).")] = (
        30
    )
    ping_targets: Annotated[
        tuple[Address, ...],
        Field(description="Alamat di internet yang di-ping; bila kosong: alamat 'track' uplink utama, atau DNS-nya."),
    ] = ()
    dns_names: Annotated[
        tuple[DomainName, ...],
        Field(description="Nama yang ditanyakan ke DNS kantor; bila kosong: domain pemerintah daerah."),
    ] = ()
    throughput_server: Annotated[
        Address | None,
        Field(description="Server iperf3 di internet atau di pusat data; tanpa ini kecepatan tidak terukur."),
    ] = None
    throughput_ports: Annotated[
        tuple[PortNumber, ...],
        *NOT_EMPTY,
        Field(description="Port server iperf3, dicoba bergiliran bila sibuk (bawaan 5201)."),
    ] = (5201,)


class RolloutRules(Record):
    """Waves, and how old evidence may be."""

    model_config = ConfigDict(
        title="Aturan tahapan",
        json_schema_extra={"description": "Ketentuan naik tahap dari survei sampai langganan berakhir."},
    )

    quiet_days: Annotated[
        Count, Field(description="Hari tanpa keluhan sesudah pindah sebelum langganan lama diakhiri (bawaan 14).")
    ] = 14
    measurement_days: Annotated[Count, Field(description="Hasil uji terima berlaku sekian hari (bawaan 30).")] = 30
    first_wave: Annotated[Count, Field(description="OPD dalam gelombang pertama (bawaan 1).")] = 1
    largest_wave: Annotated[Count, Field(description="OPD dalam satu gelombang paling banyak (bawaan 8).")] = 8
    failures_allowed: Annotated[
        CountOrZero, Field(description="Berhenti sesudah lebih dari sekian OPD gagal (bawaan 0).")
    ] = 0
