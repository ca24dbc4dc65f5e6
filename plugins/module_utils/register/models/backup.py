# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Repositories, schedules and restore tests."""

from __future__ import annotations

from pydantic import ConfigDict

from .central import Central


class Backup(Central):
    """Repositories, schedules and restore tests."""

    model_config = ConfigDict(
        title="Cadangan", json_schema_extra={"description": "Tempat cadangan, jadwal, dan uji pemulihan."}
    )
