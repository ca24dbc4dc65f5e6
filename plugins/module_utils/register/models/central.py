# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every central service of the data centre has: the servers on which it runs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .record import Record
from .scalars import NOT_EMPTY, Code


class Central(Record):
    """``servers`` in the order of their importance: the first one is the primary where there is such a thing."""

    servers: Annotated[
        tuple[Code, ...], *NOT_EMPTY, Field(description="Nama server (servers.yml); yang pertama adalah yang utama.")
    ]
