# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An office of the government (organisasi perangkat daerah) and its places."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .record import Record
from .scalars import Code, CountOrZero, Priority, Text, YesNo

OpdKind = Literal["dinas", "badan", "kecamatan", "kelurahan", "puskesmas", "sekolah", "sekretariat", "lainnya"]
Stage = Literal["surveyed", "planned", "provisioned", "parallel", "accepted", "cutover", "terminated"]
LocationKind = Literal["office", "data_centre", "school", "clinic"]

STAGES: tuple[Stage, ...] = (
    "surveyed",
    "planned",
    "provisioned",
    "parallel",
    "accepted",
    "cutover",
    "terminated",
)


class Coverage(Record):
    """Whether the government's network reaches the OPD, and why not."""

    model_config = ConfigDict(
        title="Jangkauan",
        json_schema_extra={
            "description": "Terjangkau jaringan pemerintah daerah atau tidak.",
            "if": {"properties": {"reachable": {"const": False}}},
            "then": {"required": ["reason"]},
        },
    )

    reachable: Annotated[YesNo, Field(description="true bila terjangkau jaringan.")]
    reason: Annotated[Text | None, Field(description="Alasan bila tidak terjangkau (wajib bila reachable: false).")] = (
        None
    )


class Location(Record):
    """A place that gets a line (titik layanan)."""

    model_config = ConfigDict(
        title="Lokasi", json_schema_extra={"description": "Titik layanan: tempat yang mendapat jalur."}
    )

    code: Annotated[Code, Field(description="Kode lokasi, unik di dalam OPD.")]
    name: Annotated[Text, Field(description="Nama lokasi.")]
    kind: Annotated[LocationKind, Field(description="office, data_centre, school, atau clinic.")]
    address: Annotated[Text | None, Field(description="Alamat jalan.")] = None


class Opd(Record):
    """One OPD."""

    model_config = ConfigDict(title="OPD", json_schema_extra={"description": "Satu perangkat daerah."})

    code: Annotated[Code, Field(description="Kode singkat, misalnya dinkes.")]
    name: Annotated[Text, Field(description="Nama resmi.")]
    kind: Annotated[OpdKind, Field(description="Jenis perangkat daerah.")]
    users: Annotated[CountOrZero, Field(description="Jumlah pengguna komputer.")]
    public_service: Annotated[YesNo, Field(description="true bila melayani masyarakat langsung.")]
    priority: Annotated[Priority, Field(description="1 paling penting, 5 paling akhir.")]
    stage: Annotated[
        Stage,
        Field(
            description="Tahap: surveyed (disurvei), planned (direncanakan), provisioned (perangkat siap), parallel "
            "(masa transisi), accepted (lulus uji), cutover (pindah), terminated (langganan lama diakhiri)."
        ),
    ]
    coverage: Coverage
    locations: Annotated[tuple[Location, ...], Field(description="Titik layanan OPD ini; boleh kosong: [].")]

    def location(self, code: str) -> Location | None:
        """The location with this code (without the OPD), or None."""
        return next((location for location in self.locations if location.code == code), None)
