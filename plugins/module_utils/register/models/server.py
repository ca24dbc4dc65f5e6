# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that stands (or will stand) in the data centre."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .addresses import Address, CableEnd, PortName
from .asset import Asset
from .device import READINESS_DESCRIPTION, Readiness
from .record import Record
from .scalars import ByteSize, Code, Count, Text

Condition = Literal["Baik", "Rusak Ringan", "Rusak Berat"]
Basis = Literal["own", "pinjam_pakai", "penggunaan_sementara", "alih_status"]
ServerState = Literal["serving", "idle"]
ServerPortUse = Literal["management", "data_centre"]
ServerSystem = Literal["debian12", "debian13"]


class Specs(Record):
    """What a server has, or an application needs; sizes in bytes."""

    model_config = ConfigDict(title="Sumber daya", json_schema_extra={"description": "vCPU, RAM, dan disk."})

    vcpu: Annotated[Count, Field(description="Jumlah vCPU.")]
    ram: Annotated[ByteSize, Field(description="RAM, misalnya 8 GB.")]
    disk: Annotated[ByteSize, Field(description="Disk, misalnya 500 GB.")]


class Place(Record):
    """Where the server stands."""

    model_config = ConfigDict(title="Tempat", json_schema_extra={"description": "Tempat server berdiri."})

    room: Annotated[Text, Field(description="Ruang; kode lokasi jenis data_centre.")]
    rack: Annotated[Text, Field(description="Rak.")]
    power_feed: Annotated[Text, Field(description="Jalur listrik.")]


class ServerPort(Record):
    """A port of a server."""

    model_config = ConfigDict(title="Port server", json_schema_extra={"description": "Satu port server."})

    name: Annotated[PortName, Field(description="Nama port di sistem operasi.")]
    use: Annotated[ServerPortUse, Field(description="management (pengelolaan) atau data_centre (pusat data).")]
    to: Annotated[CableEnd | None, Field(description='Ujung lain kabel: "perangkat:port".')] = None


class Server(Record):
    """One server."""

    model_config = ConfigDict(title="Server", json_schema_extra={"description": "Satu server."})

    name: Annotated[Code, Field(description="Nama server, juga nama host.")]
    owner: Annotated[Code, Field(description="OPD pengguna barang.")]
    asset: Asset
    model: Annotated[Text, Field(description="Merek dan tipe.")]
    system: Annotated[ServerSystem, Field(description="Sistem operasi: debian12 atau debian13 (bawaan).")] = "debian13"
    specs: Specs
    condition: Annotated[Condition, Field(description="Keadaan barang.")]
    place: Place
    basis: Annotated[
        Basis,
        Field(
            description="Dasar pemakaian: own (milik sendiri), penggunaan_sementara (antar-OPD satu pemerintah "
            "daerah), pinjam_pakai (antarpemerintah), alih_status (sudah dialihkan)."
        ),
    ]
    readiness: Annotated[Readiness, Field(description=READINESS_DESCRIPTION)]
    state: Annotated[ServerState, Field(description="serving (melayani) atau idle (belum dimanfaatkan).")]
    management_address: Annotated[Address, Field(description="Alamat pengelolaan, di dalam kolam management.")]
    ports: Annotated[tuple[ServerPort, ...], Field(description="Port yang dipakai.")]

    @property
    def in_service(self) -> bool:
        return self.readiness == "in_service"

    def port(self, name: str) -> ServerPort | None:
        """The port with this name, or None."""
        return next((port for port in self.ports if port.name == name), None)
