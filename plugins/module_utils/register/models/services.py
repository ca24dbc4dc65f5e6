# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the government's network lets through on purpose, and by whom it is watched."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .addresses import Network
from .record import Record
from .scalars import NOT_EMPTY, Code, PortNumber, Text

AccessProtocol = Literal["tcp", "udp", "icmp"]


class Access(Record):
    """Offices reach each other only where one of these says so."""

    model_config = ConfigDict(
        title="Akses antar-OPD", json_schema_extra={"description": "Satu izin dari kantor ke kantor."}
    )

    name: Annotated[Code, Field(description="Nama singkat izin.")]
    source: Annotated[Text, Field(description="Yang meminta: kode OPD, atau opd/lokasi.", examples=["dinkes/kantor"])]
    target: Annotated[Text, Field(description="Yang dituju: kode OPD, atau opd/lokasi.", examples=["disdik"])]
    protocol: Annotated[AccessProtocol, Field(description="tcp, udp, atau icmp (ping).")]
    ports: Annotated[tuple[PortNumber, ...], Field(description="Port tujuan; tidak untuk icmp.")] = ()
    reason: Annotated[Text, Field(description="Dasar izin, misalnya nomor surat.")]


class Snmp(Record):
    """Monitoring by SNMPv3 with authentication and privacy (RFC 3414); the two secrets stand in the vault."""

    model_config = ConfigDict(title="SNMPv3", json_schema_extra={"description": "Pemantauan dengan SNMPv3."})

    user: Annotated[Code, Field(description="Nama pengguna SNMPv3.")]
    sources: Annotated[tuple[Network, ...], *NOT_EMPTY, Field(description="Subnet server pemantau.")]
