# SPDX-License-Identifier: GPL-3.0-or-later
"""Cisco IOS 15.2 and IOS XE 17 over SSH, written from Cisco's command references."""
