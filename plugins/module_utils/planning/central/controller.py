# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The management server: runs the playbooks and the scheduled drift check."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from ..network import Network, PlannedServer
from ..shapes import Service


def part(planned: PlannedServer, network: Network, folder: PurePath) -> dict[str, Any] | None:
    """None where this server has no such role."""
    government = network.register.government
    if government.controller is None or planned.server.name not in government.controller.servers:
        return None
    return {"government": government.code, "drift_hours": government.controller.drift_hours}


def services(planned: PlannedServer, network: Network) -> list[Service]:
    """It is reached by ssh only, as every server is."""
    return []
