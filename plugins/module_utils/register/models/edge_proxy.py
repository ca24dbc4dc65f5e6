# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where TLS of all domains ends."""

from __future__ import annotations

from pydantic import ConfigDict

from .central import Central


class EdgeProxy(Central):
    """Where TLS of all domains ends."""

    model_config = ConfigDict(
        title="Proksi tepi", json_schema_extra={"description": "Pintu masuk TLS untuk semua domain."}
    )
