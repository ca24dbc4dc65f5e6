# SPDX-License-Identifier: GPL-3.0-or-later
"""Measuring an office's line from inside the office: from a computer in its LAN, or from its router."""
