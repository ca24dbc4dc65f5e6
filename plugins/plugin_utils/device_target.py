# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the register says of a device, out of its host variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target


def target_of(variable: Callable[[str], Any], login: Login, version: str | None) -> Target:
    """What the register says of a device. ``variable`` returns the value of one of its variables, None without one."""
    host = variable("terpusat_host") or {}
    management = (variable("terpusat_intent") or {}).get("management") or {}
    return Target(
        host=login.host,
        version=version or host.get("os_version"),
        user=login.user,
        address=management.get("address"),
        sources=tuple(management.get("sources") or ()),
        port=login.port,
    )
