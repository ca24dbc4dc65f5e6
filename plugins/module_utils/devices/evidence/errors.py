# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong while evidence is kept."""

from __future__ import annotations


class EvidenceError(Exception):
    """Evidence cannot be written or read; the message says what, where and what to do (Bahasa Indonesia)."""
