# SPDX-License-Identifier: GPL-3.0-or-later
"""The acceptance test of an office's line: what was measured, against what the government asks for."""
