# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Register + lock file -> vendor neutral intent of each host, one module for each kind of host."""

from __future__ import annotations

from ..shapes import DeviceIntent, HostIntent
from .border_router import border_router
from .core_switch import core_switch
from .opd_router import opd_router
from .server import server

__all__ = ["DeviceIntent", "HostIntent", "border_router", "core_switch", "opd_router", "server"]
