# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The management server: runs the playbooks and the scheduled drift check."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from .central import Central
from .scalars import Count


class Controller(Central):
    """The management server: runs the playbooks and the scheduled drift check."""

    model_config = ConfigDict(
        title="Server pengelola",
        json_schema_extra={"description": "Server tempat playbook dan pemeriksaan berkala berjalan."},
    )

    drift_hours: Annotated[Count, Field(description="Setiap berapa jam penyimpangan diperiksa (bawaan 6).")] = 6
