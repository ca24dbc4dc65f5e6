# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A computer in an office from which its line is measured."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .addresses import Address
from .record import Record
from .scalars import Text

Through = Literal["router", "direct"]


class Probe(Record):
    """A small Linux computer in the LAN, with ping, dig and iperf3, that we log in to by SSH.

    ``through``: office LANs are not reached from the management network, so the way leads through the office's router,
    as with ``ssh -J``; ``direct`` where the controller reaches the address itself.
    """

    model_config = ConfigDict(
        title="Komputer pengukur", json_schema_extra={"description": "Komputer Linux di LAN kantor untuk mengukur."}
    )

    address: Annotated[Address, Field(description="Alamatnya di LAN kantor; buat tetap.")]
    user: Annotated[
        Text | None, Field(description="Pengguna untuk masuk dengan SSH; bila kosong sama dengan ansible_user.")
    ] = None
    through: Annotated[
        Through, Field(description="router (lewat router kantor, bawaan) atau direct (langsung dari pengendali).")
    ] = "router"
