# SPDX-License-Identifier: GPL-3.0-or-later
"""Stateful SSH emulators of network devices: test doubles, see README.md beside this file."""
