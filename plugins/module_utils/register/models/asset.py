# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Identity of an asset in the government's inventory (Barang Milik Daerah)."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from ..refused import RefusedError
from .record import Record
from .scalars import scalar

_GOODS_CODE = re.compile(r"\d\.\d\.\d\.\d{2}\.\d{2}\.\d{2}\.\d{3}", re.ASCII)
_REGISTER = re.compile(r"\d{1,6}", re.ASCII)


def _goods_code(value: Any) -> str:
    text = scalar(value, "kode barang", "1.3.2.10.02.04.001")
    if _GOODS_CODE.fullmatch(text):
        return text
    digits = re.sub(r"[.\s]", "", text)
    hint = ""
    if digits.isascii() and digits.isdigit() and len(digits) == 12:
        d = digits
        hint = f"Maksud Anda {d[0]}.{d[1]}.{d[2]}.{d[3:5]}.{d[5:7]}.{d[7:9]}.{d[9:]}? "
    raise RefusedError(
        f"'{text}' bukan kode barang.",
        f"{hint}Salin dari Kartu Inventaris Barang dengan bentuk 1.3.2.10.02.04.001 (Permendagri 108/2016).",
    )


def _register_number(value: Any) -> str:
    text = scalar(value, "nomor register", '"0001"')
    if _REGISTER.fullmatch(text) and text.strip("0"):
        return text
    raise RefusedError(
        f"'{text}' bukan nomor register.", 'Salin angkanya dari Kartu Inventaris Barang, misalnya "0001".'
    )


class Asset(Record):
    """Kode barang and nomor register; unique only together with the OPD that owns it (design, section 3)."""

    model_config = ConfigDict(
        title="Identitas barang",
        json_schema_extra={"description": "Kode barang dan nomor register dari Kartu Inventaris Barang."},
    )

    code: Annotated[
        str,
        BeforeValidator(_goods_code),
        WithJsonSchema({"type": "string", "pattern": f"^{_GOODS_CODE.pattern}$"}),
        Field(description="Kode barang menurut Permendagri 108/2016.", examples=["1.3.2.10.02.04.001"]),
    ]
    register_number: Annotated[
        str,
        BeforeValidator(_register_number),
        WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,6}$"}),
        Field(alias="register", description="Nomor register; 0001 dan 1 dianggap sama.", examples=["0001"]),
    ]

    @property
    def identity(self) -> tuple[str, int]:
        """Kode barang and register as a number, so that `1` and `0001` are the same thing."""
        return self.code, int(self.register_number)
