# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where TLS of all domains ends."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from .acme import Acme
from .central import Central
from .record import Record
from .scalars import ByteSize, Code, Count, CountOrZero, YesNo


class RateLimit(Record):
    """How often one client address may ask; the excess is answered with 429."""

    model_config = ConfigDict(
        title="Batas permintaan", json_schema_extra={"description": "Batas permintaan tiap alamat klien."}
    )

    requests_per_second: Annotated[Count, Field(description="Permintaan tiap detik (bawaan 50).")] = 50
    burst: Annotated[
        CountOrZero, Field(description="Permintaan sekaligus di atas batas itu, untuk halaman bergambar (bawaan 200).")
    ] = 200


class EdgeProxy(Central):
    """Where TLS of all domains ends."""

    model_config = ConfigDict(
        title="Proksi tepi", json_schema_extra={"description": "Pintu masuk TLS untuk semua domain."}
    )

    acme: Annotated[Acme | None, Field(description="Tanpa ini semua domain memakai sertifikat CA sendiri.")] = None
    rate_limit: Annotated[RateLimit, Field(description="Batas permintaan tiap alamat klien.")] = RateLimit()
    hsts_days: Annotated[
        CountOrZero, Field(description="Selama sekian hari peramban hanya memakai HTTPS; 0 mematikan (bawaan 180).")
    ] = 180
    max_body: Annotated[ByteSize, Field(description="Unggahan paling besar (bawaan 32 MB).")] = 32_000_000
    maintenance: Annotated[
        tuple[Code, ...], Field(description="Kode aplikasi yang sedang dipelihara: pengunjung melihat halaman 503.")
    ] = ()
    internet: Annotated[
        YesNo, Field(description="true bila domain dapat dicapai dari internet (bawaan false: kantor saja).")
    ] = False
