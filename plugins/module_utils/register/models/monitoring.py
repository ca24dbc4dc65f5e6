# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who watches, and who is told."""

from __future__ import annotations

from pydantic import ConfigDict

from .central import Central


class Monitoring(Central):
    """Who watches, and who is told."""

    model_config = ConfigDict(
        title="Pemantauan", json_schema_extra={"description": "Prometheus, Alertmanager, dan penerima peringatan."}
    )
