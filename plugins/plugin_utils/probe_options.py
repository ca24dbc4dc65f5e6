# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a task writes down a probe: the argument spec of one, for every action that takes some."""

from __future__ import annotations

from typing import Any

PROBE: dict[str, Any] = {
    "name": {"type": "str", "required": True},
    "kind": {"type": "str", "choices": ["command", "ping", "tcp", "dns"], "default": "command"},
    "command": {"type": "str", "default": ""},
    "expect": {"type": "str"},
    "host": {"type": "str", "default": ""},
    "port": {"type": "int", "default": 0},
    "query": {"type": "str", "default": ""},
    "server": {"type": "str", "default": ""},
    "where": {"type": "str", "choices": ["device", "controller"], "default": "device"},
    "timeout": {"type": "float", "default": 10.0},
    "retries": {"type": "int", "default": 0},
    "delay": {"type": "float", "default": 2.0},
}
