# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collectors of all messages, over TLS."""

from __future__ import annotations

from pydantic import ConfigDict

from .central import Central


class Logging(Central):
    """Collectors of all messages, over TLS."""

    model_config = ConfigDict(title="Log terpusat", json_schema_extra={"description": "Pengumpul log lewat TLS."})
