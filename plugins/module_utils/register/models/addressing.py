# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the government wants its numbers shared out; everything has a default, so none of it need be written."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from .record import Record
from .scalars import Between, VlanId

#: A separate network beside the office LAN, in a VLAN of its own on the office router's LAN port.
Segment = Literal["cctv", "public_wifi"]
SEGMENTS: tuple[Segment, ...] = ("cctv", "public_wifi")


def _prefix(first: int, last: int) -> tuple[BeforeValidator, WithJsonSchema]:
    return BeforeValidator(Between(first, last)), WithJsonSchema({"type": "integer", "minimum": first, "maximum": last})


LanPrefix = Annotated[int, *_prefix(20, 28)]
Percent = Annotated[int, *_prefix(0, 400)]
RouterCount = Annotated[int, *_prefix(2, 1000)]


class SegmentVlans(Record):
    """VLAN ids inside an office; the same in every office, because they never leave it."""

    model_config = ConfigDict(
        title="VLAN di dalam kantor",
        json_schema_extra={"description": "Nomor VLAN di dalam kantor; sama di semua kantor."},
    )

    office: Annotated[VlanId, Field(description="LAN pegawai (tanpa tanda VLAN di port LAN).")] = 10
    cctv: Annotated[VlanId, Field(description="Kamera CCTV.")] = 30
    public_wifi: Annotated[VlanId, Field(description="Wi-Fi untuk tamu dan masyarakat.")] = 40


class AddressingRules(Record):
    """Sizes of networks. Prefix lengths: 24 is 254 hosts, 26 is 62."""

    model_config = ConfigDict(
        title="Aturan alamat", json_schema_extra={"description": "Ukuran jaringan yang dibagikan playbooks/plan.yml."}
    )

    smallest_lan: Annotated[
        LanPrefix,
        Field(description="LAN kantor terkecil, sebagai panjang subnet; 26 menghemat alamat bila banyak kantor kecil."),
    ] = 24
    lan_growth_percent: Annotated[
        Percent, Field(description="Ruang tumbuh LAN: 100 berarti disiapkan untuk dua kali jumlah pengguna.")
    ] = 100
    cctv: Annotated[LanPrefix, Field(description="Ukuran jaringan CCTV sebuah kantor, sebagai panjang subnet.")] = 26
    public_wifi: Annotated[
        LanPrefix, Field(description="Ukuran jaringan Wi-Fi umum sebuah kantor, sebagai panjang subnet.")
    ] = 24
    routers_per_area: Annotated[
        RouterCount, Field(description="Paling banyak router OPD dalam satu area OSPF sebelum area baru dibuka.")
    ] = 100
