# SPDX-License-Identifier: GPL-3.0-or-later
"""A RouterOS device that is not there: menus, scripts, scheduler, safe mode, files, terminal."""
