# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What went wrong, told to the operator in Bahasa Indonesia."""

from __future__ import annotations


class BackupError(Exception):
    """The text says what, where and what to do."""
