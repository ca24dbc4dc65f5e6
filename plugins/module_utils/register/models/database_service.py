# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers on which the applications' databases live."""

from __future__ import annotations

from pydantic import ConfigDict

from .central import Central


class DatabaseService(Central):
    """Servers on which the applications' databases live."""

    model_config = ConfigDict(
        title="Basis data", json_schema_extra={"description": "Server basis data: MariaDB dan PostgreSQL."}
    )
