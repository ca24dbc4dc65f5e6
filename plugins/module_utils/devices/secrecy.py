# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in texts that people read: shown as fingerprints, so that a changed one is seen and none is told."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

_DIGITS = 8


class Fingerprints:
    """Fingerprints under a key that nobody keeps: equal secrets look equal within one diff, and nowhere else."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def mask(self, text: str, pattern: re.Pattern[str] | None) -> str:
        """Replace the last group of every match of ``pattern``; without a pattern the text stays as it is."""
        return text if pattern is None else pattern.sub(self._replace, text)

    def _replace(self, match: re.Match[str]) -> str:
        group = match.re.groups
        start, end = match.start(group) - match.start(), match.end(group) - match.start()
        digest = hmac.new(self._key, match[group].encode(), hashlib.sha256).hexdigest()[:_DIGITS]
        return f"{match[0][:start]}<rahasia {digest}>{match[0][end:]}"
