# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices: sessions and the guarded transaction. Knows netmiko; the platforms live in ``platforms/<name>/``."""

from . import deferred

# paramiko's OpenSSH configuration imports it for `Match exec` alone; with it come asyncio and unittest.mock, 40 % of
# what importing paramiko costs.
deferred.module("invoke")
