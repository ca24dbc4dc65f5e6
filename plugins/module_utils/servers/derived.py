# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords of many things from one secret of the vault. Nothing that can be derived is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac

#: A root secret that can be guessed gives every password away; 16 characters is what `openssl rand -hex 8` gives.
SHORTEST = 16


def derived_secret(root: str, purpose: str, name: str) -> str:
    """43 characters of base64url: HMAC-SHA256 of purpose and name under ``root``.

    Whoever has the password of one application learns nothing about the others. Neither quotes nor backslashes are in
    it, so configuration files and SQL take it as it is.

    Raises ValueError for a root secret that is too short.
    """
    if len(root) < SHORTEST:
        raise ValueError(f"rahasia induk hanya {len(root)} karakter; paling sedikit {SHORTEST}")
    digest = hmac.digest(root.encode(), f"terpusat\0{purpose}\0{name}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
