# SPDX-License-Identifier: GPL-3.0-or-later
"""Cisco's password forms: 5 (MD5 crypt), 7 (reversible), 8 (PBKDF2-SHA256), 9 (scrypt)."""

import base64
import functools
import hashlib
import random
import secrets

_KEY7 = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"
_ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_STANDARD64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_TO_CISCO = str.maketrans(_STANDARD64, _ITOA64)


def encrypt7(text: str, salt: int | None = None) -> str:
    """Type 7; a device picks one of 16 salts, so the same text comes back in different forms."""
    start = random.randrange(16) if salt is None else salt
    data = text.encode()
    return f"{start:02}" + "".join(f"{byte ^ _KEY7[(start + i) % len(_KEY7)]:02X}" for i, byte in enumerate(data))


def decrypt7(text: str) -> str:
    """ValueError when it is no type 7 string."""
    start, data = int(text[:2]), bytes.fromhex(text[2:])
    return bytes(byte ^ _KEY7[(start + i) % len(_KEY7)] for i, byte in enumerate(data)).decode("utf-8", "replace")


def hash_secret(text: str, kind: int) -> str:
    """`$1$…`, `$8$…` or `$9$…` with a new salt."""
    length = 4 if kind == 5 else 14
    salt = "".join(secrets.choice(_ITOA64) for _ in range(length))
    return _derive(text, kind, salt)


@functools.lru_cache(maxsize=4096)
def matches(text: str, stored: str) -> bool:
    """Whether `text` is the secret behind a stored hash. Cached: scrypt is slow by design and fleets share seeds."""
    kinds = {"1": 5, "8": 8, "9": 9}
    parts = stored.split("$")
    if len(parts) != 4 or parts[1] not in kinds:
        return False
    return secrets.compare_digest(_derive(text, kinds[parts[1]], parts[2]), stored)


@functools.lru_cache(maxsize=4096)
def _derive(text: str, kind: int, salt: str) -> str:
    if kind == 5:
        return f"$1${salt}${_md5_crypt(text.encode(), salt.encode())}"
    if kind == 8:
        raw = hashlib.pbkdf2_hmac("sha256", text.encode(), salt.encode(), 20000, 32)
    else:
        raw = hashlib.scrypt(text.encode(), salt=salt.encode(), n=16384, r=1, p=1, dklen=32)
    return f"${kind}${salt}${base64.b64encode(raw).decode().rstrip('=').translate(_TO_CISCO)}"


def _md5_crypt(password: bytes, salt: bytes) -> str:
    """The FreeBSD MD5 crypt that type 5 is."""
    inner = hashlib.md5(password + salt + password, usedforsecurity=False).digest()
    outer = hashlib.md5(password + b"$1$" + salt, usedforsecurity=False)
    outer.update((inner * (len(password) // 16 + 1))[: len(password)])
    bits = len(password)
    while bits:
        outer.update(b"\0" if bits & 1 else password[:1])
        bits >>= 1
    digest = outer.digest()
    for turn in range(1000):
        step = hashlib.md5(password if turn & 1 else digest, usedforsecurity=False)
        if turn % 3:
            step.update(salt)
        if turn % 7:
            step.update(password)
        step.update(digest if turn & 1 else password)
        digest = step.digest()
    text = ""
    for a, b, c in ((0, 6, 12), (1, 7, 13), (2, 8, 14), (3, 9, 15), (4, 10, 5)):
        text += _base64(digest[a] << 16 | digest[b] << 8 | digest[c], 4)
    return text + _base64(digest[11], 2)


def _base64(value: int, length: int) -> str:
    return "".join(_ITOA64[value >> 6 * i & 63] for i in range(length))
