# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A line that is paid for: uplink, leased line, or an OPD's own subscription."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .addresses import Address, InterfaceAddress
from .bgp import BgpSession
from .ipv6 import Address6, InterfaceAddress6
from .record import Record
from .scalars import NOT_EMPTY, BitRate, Code, Day, Rupiah, Text, YesNo
from .vpn import Vpn

CircuitKind = Literal["uplink", "leased_line", "own_subscription"]
Media = Literal["own_fiber", "leased_fiber", "radio", "starlink", "vpn"]
CircuitRole = Literal["main", "backup"]


class Capacity(Record):
    """What the line carries, in bit/s."""

    model_config = ConfigDict(title="Kapasitas", json_schema_extra={"description": "Kapasitas jalur menurut kontrak."})

    domestic: Annotated[BitRate, Field(description="Kapasitas domestik (IIX).")]
    international: Annotated[BitRate, Field(description="Kapasitas internasional.")]

    @property
    def usable(self) -> int:
        """bit/s that the line carries at most: the larger of the two."""
        return max(self.domestic, self.international)


class Handoff(Record):
    """How the provider hands the line over at our port."""

    model_config = ConfigDict(title="Serah terima jalur", json_schema_extra={"description": "Alamat dari penyedia."})

    address: Annotated[InterfaceAddress, Field(description="Alamat kita, dengan panjang subnet.")]
    gateway: Annotated[Address, Field(description="Alamat penyedia di subnet yang sama.")]
    dns: Annotated[tuple[Address, ...], *NOT_EMPTY, Field(description="Alamat DNS penyedia.")]


class Handoff6(Record):
    """IPv6 of the same line: the provider routes the government's prefix to ``address``; there is no translation."""

    model_config = ConfigDict(
        title="Serah terima IPv6", json_schema_extra={"description": "Alamat IPv6 dari penyedia di jalur yang sama."}
    )

    address: Annotated[InterfaceAddress6, Field(description="Alamat IPv6 kita di jalur ini, dengan panjang subnet.")]
    gateway: Annotated[
        Address6, Field(description="Alamat IPv6 penyedia: di subnet yang sama, atau link-local (fe80::…).")
    ]


class Contract(Record):
    """First and last day of the contract."""

    model_config = ConfigDict(title="Kontrak", json_schema_extra={"description": "Masa kontrak."})

    start: Annotated[Day, Field(description="Hari pertama, tahun-bulan-hari.")]
    end: Annotated[Day, Field(description="Hari terakhir, tahun-bulan-hari.")]


class Circuit(Record):
    """One line."""

    model_config = ConfigDict(
        title="Jalur",
        json_schema_extra={
            "description": "Satu jalur yang dibayar.",
            "if": {"properties": {"kind": {"const": "uplink"}}},
            "then": {"required": ["handoff"]},
            "else": {"required": ["opd", "location"]},
        },
    )

    id: Annotated[Code, Field(description="Nama singkat jalur.")]
    kind: Annotated[
        CircuitKind,
        Field(description="uplink (internet bersama), leased_line (ke lokasi), own_subscription (langganan OPD)."),
    ]
    opd: Annotated[Code | None, Field(description="Kode OPD; tidak untuk uplink.")] = None
    location: Annotated[Code | None, Field(description="Kode lokasi OPD itu; tidak untuk uplink.")] = None
    provider: Annotated[Text, Field(description="Nama penyedia.")]
    media: Annotated[Media, Field(description="Media jalur.")]
    role: Annotated[
        CircuitRole,
        Field(
            description="main (utama) atau backup (cadangan). Satu border router memakai satu jalur pada satu waktu."
        ),
    ]
    capacity: Capacity
    handoff: Annotated[
        Handoff | None,
        Field(
            description="Wajib untuk uplink. Jalur OPD sendiri (port uplink di router OPD) tanpa handoff memakai "
            "alamat dari DHCP penyedia."
        ),
    ] = None
    handoff6: Annotated[
        Handoff6 | None,
        Field(
            description="Hanya untuk uplink: IPv6 dari penyedia yang meneruskan prefiks address_pools.ipv6 ke router "
            "kita. Tanpa ini IPv6 hanya ada di dalam jaringan."
        ),
    ] = None
    track: Annotated[
        tuple[Address, ...],
        Field(
            description="Alamat di internet yang di-ping lewat jalur ini untuk menilai apakah jalur hidup; cukup satu "
            "yang menjawab. Bila kosong: gateway penyedia."
        ),
    ] = ()
    preferred: Annotated[
        YesNo | None,
        Field(
            description="Hanya untuk jalur milik OPD sendiri: true bila internet kantor itu lewat jalur ini selama "
            "hidup, false bila jalur ini cadangan. Bila kosong menurut tahap OPD: true sebelum cutover."
        ),
    ] = None
    vpn: Annotated[
        Vpn | None,
        Field(
            description="Hanya untuk jalur internet di lokasi OPD yang belum terjangkau serat: lewat jalur ini router "
            "OPD membuka terowongan ke border router."
        ),
    ] = None
    bgp: Annotated[
        BgpSession | None,
        Field(description="Hanya untuk uplink: rute default datang dari sesi BGP dengan penyedia, bukan statis."),
    ] = None
    contract: Contract
    budget_line: Annotated[
        Text | None, Field(description="Rekening DPA yang membayar; boleh kosong untuk langganan OPD sendiri.")
    ] = None
    monthly_cost: Annotated[Rupiah, Field(description="Biaya per bulan.")]
