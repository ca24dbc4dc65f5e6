# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verifiers of SCRAM-SHA-256 (RFC 5803) as PostgreSQL keeps them, so that the server never sees a password."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

#: PostgreSQL's own default; the passwords are 256 random bits, so more would cost and protect nothing.
ITERATIONS = 4096


def verifier(password: str, salt: bytes | None = None, iterations: int = ITERATIONS) -> str:
    """What ``rolpassword`` holds."""
    salt = os.urandom(16) if salt is None else salt
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, iterations)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    return f"SCRAM-SHA-256${iterations}:{_text(salt)}${_text(stored)}:{_text(server)}"


def matches(kept: str | None, password: str) -> bool:
    """Whether this verifier is of that password."""
    try:
        scheme, cost, _keys = (kept or "").split("$")
        iterations, salt = cost.split(":")
        again = verifier(password, base64.b64decode(salt, validate=True), int(iterations))
    except ValueError:
        return False
    return scheme == "SCRAM-SHA-256" and hmac.compare_digest(again, kept or "")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
