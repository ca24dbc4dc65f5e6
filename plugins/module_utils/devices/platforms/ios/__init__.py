# SPDX-License-Identifier: GPL-3.0-or-later
"""Cisco IOS and IOS-XE: configurations as trees of hier_config, changes sent as a file or as lines, the device's own
guard.
"""
