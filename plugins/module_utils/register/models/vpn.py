# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tunnel through somebody's internet line into the government's network."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from .record import Record
from .scalars import Code, LineMtu

#: What a packet may measure on an ordinary line (RFC 894).
ETHERNET_MTU = 1500


class Vpn(Record):
    """The line carries a tunnel from the OPD router it enters to the border router ``to``."""

    model_config = ConfigDict(
        title="Terowongan VPN",
        json_schema_extra={"description": "Terowongan dari router OPD lewat jalur internet ini ke border router."},
    )

    to: Annotated[Code, Field(description="Nama border router di ujung sana (devices.yml).")]
    mtu: Annotated[
        LineMtu, Field(description="MTU jalur internetnya, bila kurang dari 1500 (PPPoE: 1492). Bukan MTU terowongan.")
    ] = ETHERNET_MTU
