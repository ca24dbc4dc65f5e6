# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The name of a place anywhere in the register: ``opd/location``."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ..refused import RefusedError
from .scalars import CODE_PATTERN, code, scalar


def _location_ref(value: Any) -> str:
    text = scalar(value, "nama lokasi", "dinkes/kantor")
    opd, slash, location = text.partition("/")
    if not slash:
        raise RefusedError(f"'{text}' bukan nama lokasi.", "Tulis kode OPD, garis miring, kode lokasi: dinkes/kantor.")
    return f"{code(opd)}/{code(location)}"


LocationRef = Annotated[
    str,
    BeforeValidator(_location_ref),
    WithJsonSchema({"type": "string", "pattern": f"^{CODE_PATTERN}/{CODE_PATTERN}$"}),
]
