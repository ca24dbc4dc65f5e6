# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A network device."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import ConfigDict, Field

from .addresses import Address, CableEnd, PortName
from .asset import Asset
from .record import Record
from .scalars import BitRate, Code, Text

# The folders below devices/platforms, so that a new one is known here too. Their names only: nothing is imported.
_PLATFORMS = sorted(
    entry.parent.name for entry in (Path(__file__).parents[2] / "devices" / "platforms").glob("*/platform.py")
)
if TYPE_CHECKING:
    Platform = str
else:
    Platform = Literal[tuple(_PLATFORMS)]
DeviceRole = Literal["border_router", "core_switch", "opd_router"]
DevicePortUse = Literal["management", "uplink", "link", "server", "lan", "trunk"]
#: VLANs that a trunk may be asked to carry by name; those of links behind it come by themselves.
TrunkVlan = Literal["data_centre"]
Readiness = Literal["planned", "ordered", "arrived", "racked", "in_service"]

READINESS: tuple[Readiness, ...] = ("planned", "ordered", "arrived", "racked", "in_service")
READINESS_DESCRIPTION = (
    "Kesiapan: planned (direncanakan), ordered (dipesan), arrived (tiba), racked (terpasang), in_service (dipakai)."
)


class DevicePort(Record):
    """A port of a network device."""

    model_config = ConfigDict(title="Port perangkat", json_schema_extra={"description": "Satu port perangkat."})

    name: Annotated[PortName, Field(description="Nama port persis seperti di perangkat.")]
    use: Annotated[
        DevicePortUse,
        Field(
            description="management (pengelolaan), uplink (ke penyedia), link (ke perangkat lain), server (ke server), "
            "lan (ke kantor), trunk (switch inti ke switch kedua di ruang yang sama; perangkat dan server di "
            "belakangnya menyebut port ini sebagai ujung kabelnya)."
        ),
    ]
    to: Annotated[CableEnd | None, Field(description='Ujung lain kabel: "perangkat:port".')] = None
    circuit: Annotated[Code | None, Field(description="Jalur yang masuk di port ini (circuits.yml).")] = None
    speed: Annotated[BitRate | None, Field(description="Kecepatan port, bila lebih kecil daripada jalurnya.")] = None
    bundle: Annotated[
        PortName | None,
        Field(
            description="Nama gabungan port (LACP, IEEE 802.1AX) persis seperti di perangkat, misalnya bond1 atau "
            "Port-channel1; port dengan nama yang sama menjadi satu sambungan. Kedua ujung menyebutnya.",
            examples=["bond1", "Port-channel1"],
        ),
    ] = None
    vlans: Annotated[
        tuple[TrunkVlan, ...],
        Field(
            description="Hanya untuk trunk: VLAN yang dibawa walau belum ada server tercatat di belakangnya. VLAN "
            "server dan router yang menyebut port ini dibawa dengan sendirinya."
        ),
    ] = ()

    @property
    def interface(self) -> str:
        """The interface that carries this port's traffic: its aggregate, else the port itself."""
        return self.bundle or self.name


class Device(Record):
    """One network device."""

    model_config = ConfigDict(title="Perangkat jaringan", json_schema_extra={"description": "Satu perangkat jaringan."})

    name: Annotated[Code, Field(description="Nama perangkat, juga nama host.")]
    platform: Annotated[Platform, Field(description="Sistem operasi perangkat.")]
    model: Annotated[Text, Field(description="Merek dan tipe.")]
    os_version: Annotated[
        Text | None,
        Field(
            description="Versi sistem operasinya, misalnya 7.16.2 atau 15.2(7)E4; bila diisi, konfigurasi yang tidak "
            "dikenal versi itu ditolak sebelum login."
        ),
    ] = None
    role: Annotated[DeviceRole, Field(description="border_router, core_switch, atau opd_router.")]
    opd: Annotated[Code, Field(description="OPD pengguna barang.")]
    location: Annotated[Code, Field(description="Kode lokasi di OPD itu.")]
    management_address: Annotated[Address, Field(description="Alamat pengelolaan, di dalam kolam management.")]
    asset: Asset
    readiness: Annotated[Readiness, Field(description=READINESS_DESCRIPTION)]
    ports: Annotated[tuple[DevicePort, ...], Field(description="Port yang dipakai.")]

    @property
    def location_ref(self) -> str:
        """``opd/location``."""
        return f"{self.opd}/{self.location}"

    @property
    def in_service(self) -> bool:
        return self.readiness == "in_service"

    def port(self, name: str) -> DevicePort | None:
        """The port with this name, or None."""
        return next((port for port in self.ports if port.name == name), None)
