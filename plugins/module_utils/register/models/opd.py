# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An office of the government (organisasi perangkat daerah) and its places."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .addresses import OfficeNetwork
from .addressing import Segment
from .places import LocationRef
from .probe import Probe
from .record import Record
from .scalars import Code, CountOrZero, Day, Priority, Text, YesNo

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
    """A place that gets a line (titik layanan).

    ``formerly``: the places, as ``opd/location``, whose numbers this one takes over after a reorganisation.
    """

    model_config = ConfigDict(
        title="Lokasi", json_schema_extra={"description": "Titik layanan: tempat yang mendapat jalur."}
    )

    code: Annotated[Code, Field(description="Kode lokasi, unik di dalam OPD.")]
    name: Annotated[Text, Field(description="Nama lokasi.")]
    kind: Annotated[LocationKind, Field(description="office, data_centre, school, atau clinic.")]
    address: Annotated[Text | None, Field(description="Alamat jalan.")] = None
    users: Annotated[
        CountOrZero | None,
        Field(description="Pengguna komputer di lokasi ini; tanpa ini dibagi rata dari jumlah pengguna OPD."),
    ] = None
    segments: Annotated[
        tuple[Segment, ...], Field(description="Jaringan terpisah di samping LAN pegawai: cctv, public_wifi.")
    ] = ()
    existing_lans: Annotated[
        tuple[OfficeNetwork, ...],
        Field(description="Subnet yang sekarang dipakai di lokasi ini; tetap hidup selama masa transisi."),
    ] = ()
    formerly: Annotated[
        tuple[LocationRef, ...],
        Field(description="Nama lama (opd/lokasi) sesudah reorganisasi; nomornya ikut pindah ke lokasi ini."),
    ] = ()
    probe: Annotated[
        Probe | None,
        Field(description="Komputer Linux di LAN kantor ini tempat accept.yml mengukur; tanpa ini router mengukur."),
    ] = None


class PastStage(Record):
    """A stage that an OPD has left. ``until`` is the day on which the next one began, so it belongs to that one."""

    model_config = ConfigDict(
        title="Tahap lalu", json_schema_extra={"description": "Satu tahap yang sudah dilalui OPD, maju atau mundur."}
    )

    stage: Annotated[Stage, Field(description="Tahap itu.")]
    since: Annotated[Day, Field(description="Hari tahap itu dicapai.")]
    until: Annotated[Day, Field(description="Hari tahap berikutnya dicapai (sama dengan 'since' berikutnya).")]


class Opd(Record):
    """One OPD."""

    model_config = ConfigDict(
        title="OPD",
        json_schema_extra={
            "description": "Satu perangkat daerah.",
            "dependentRequired": {"stage_history": ["stage_since"]},
        },
    )

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
    stage_since: Annotated[
        Day | None, Field(description="Hari tahap ini dicapai; ditulis oleh rollout.yml dan dihitung untuk cutover.")
    ] = None
    stage_history: Annotated[
        tuple[PastStage, ...],
        Field(
            description="Tahap-tahap sebelumnya, dari yang terlama; ditambah oleh rollout.yml. Isi sendiri untuk masa "
            "sebelum Terpusat, agar belanja ganda masa itu terhitung."
        ),
    ] = ()
    coverage: Coverage
    locations: Annotated[tuple[Location, ...], Field(description="Titik layanan OPD ini; boleh kosong: [].")]

    def location(self, code: str) -> Location | None:
        """The location with this code (without the OPD), or None."""
        return next((location for location in self.locations if location.code == code), None)

    def users_at(self, location: Location) -> int:
        """Users there: as counted, else an even share of those of the OPD who are not counted elsewhere, rounded up."""
        if location.users is not None:
            return location.users
        counted = sum(other.users or 0 for other in self.locations)
        # Nobody works in a machine room; the only place of an OPD may be one all the same.
        offices = [other for other in self.locations if other.users is None and other.kind != "data_centre"]
        if location.kind == "data_centre" and offices:
            return 0
        return -(-max(0, self.users - counted) // max(1, len(offices)))
