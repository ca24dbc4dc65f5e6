# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Authoritative servers of the government's zone and resolvers of the offices."""

from __future__ import annotations

from pydantic import ConfigDict

from .central import Central


class Dns(Central):
    """Authoritative servers of the government's zone and resolvers of the offices."""

    model_config = ConfigDict(
        title="DNS", json_schema_extra={"description": "Server nama: zona resmi pemerintah daerah dan resolver kantor."}
    )
