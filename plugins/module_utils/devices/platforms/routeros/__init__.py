# SPDX-License-Identifier: GPL-3.0-or-later
"""The routeros platform: MikroTik RouterOS 6 and 7."""
