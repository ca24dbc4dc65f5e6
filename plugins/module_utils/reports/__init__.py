# SPDX-License-Identifier: GPL-3.0-or-later
"""Results in words and tables that people read."""
