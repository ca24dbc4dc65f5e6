# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices: sessions and the guarded transaction. Knows netmiko; the platforms live in ``platforms/<name>/``."""
