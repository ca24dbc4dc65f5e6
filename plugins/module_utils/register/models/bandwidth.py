# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Four numbers per OPD, never one; what nobody has decided yet is None."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from .record import Record
from .scalars import BitRate, Code, Weight


class Bandwidth(Record):
    """Bandwidth of an OPD in bit/s, from what it asked for to what its router is set to.

    The survey tells ``requested``; people decide the others, one after the other. None: not decided yet.
    """

    model_config = ConfigDict(title="Bandwidth", json_schema_extra={"description": "Bandwidth satu OPD."})

    opd: Annotated[Code, Field(description="Kode OPD.")]
    requested: Annotated[BitRate, Field(description="Yang diminta OPD.")]
    proposed: Annotated[BitRate | None, Field(description="Yang diusulkan Diskominfo; kosong: belum diusulkan.")] = None
    granted: Annotated[BitRate | None, Field(description="Yang disetujui anggaran; kosong: belum diputuskan.")] = None
    allocated: Annotated[
        BitRate | None,
        Field(description="Yang dipasang di perangkat; paling besar granted; wajib sejak router OPD in_service."),
    ] = None
    floor: Annotated[
        BitRate | None, Field(description="Jaminan (CIR): didapat lebih dahulu daripada bagian OPD lain.")
    ] = None
    ceiling: Annotated[
        BitRate | None,
        Field(description="Batas atas (MIR) saat jalur sedang longgar; bila kosong sama dengan granted."),
    ] = None
    weight: Annotated[
        Weight, Field(description="Bobot: OPD berbobot 2 mendapat bagian dua kali lipat dari granted-nya (bawaan 1).")
    ] = 1
