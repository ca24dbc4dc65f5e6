# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in texts that people read: shown as fingerprints, so that a changed one is seen and none is told."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

_DIGITS = 8


class Fingerprints:
    """Fingerprints (HMAC-SHA256, RFC 2104) under a key: equal secrets look equal wherever the key is the same.

    Without a key they are made under one that nobody keeps, so they compare within one run and nowhere else
    (``lasting`` is false).
    """

    def __init__(self, key: bytes | None = None) -> None:
        self.lasting = bool(key)
        self._key = key or secrets.token_bytes(32)

    def of(self, secret: str) -> str:
        """Return what stands for a secret: ``<rahasia 1a2b3c4d>``."""
        digest = hmac.new(self._key, secret.encode(), hashlib.sha256).hexdigest()[:_DIGITS]
        return f"<rahasia {digest}>"

    def mask(self, text: str, pattern: re.Pattern[str] | None) -> str:
        """Replace the last group of every match of ``pattern``; without a pattern the text stays as it is."""
        return text if pattern is None else pattern.sub(self._replace, text)

    def _replace(self, match: re.Match[str]) -> str:
        group = match.re.groups
        start, end = match.start(group) - match.start(), match.end(group) - match.start()
        return f"{match[0][:start]}{self.of(match[group])}{match[0][end:]}"
