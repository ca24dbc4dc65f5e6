# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an application opens towards others."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from .addresses import network_text
from .record import Record
from .scalars import PortNumber, Text, scalar

INTERNET = "internet"


def _destination(value: Any) -> str:
    text = scalar(value, "subnet atau 'internet'", "203.0.113.7/32")
    return text if text == INTERNET else network_text(text)


class Outgoing(Record):
    """One permission; everything else that its server would open is refused."""

    model_config = ConfigDict(
        title="Tujuan keluar", json_schema_extra={"description": "Yang boleh dihubungi aplikasi di luar servernya."}
    )

    to: Annotated[
        str,
        BeforeValidator(_destination),
        WithJsonSchema({"type": "string"}),
        Field(description="Subnet tujuan (satu alamat: /32), atau internet bila alamatnya berubah-ubah."),
    ]
    port: Annotated[PortNumber, Field(description="Port tujuan.")]
    protocol: Annotated[Literal["tcp", "udp"], Field(description="tcp (bawaan) atau udp.")] = "tcp"
    reason: Annotated[Text, Field(description="Untuk apa, misalnya 'data kepesertaan BPJS'.")]
