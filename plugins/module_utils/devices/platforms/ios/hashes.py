# SPDX-License-Identifier: GPL-3.0-or-later
"""IOS's stored forms of passwords: reading type 7, checking types 4, 5, 8 and 9 against a plain text.

Type 5 is the MD5 crypt of FreeBSD (Kamp 1994); types 8 and 9 are PBKDF2-SHA256 (RFC 8018, 20000 rounds) and scrypt
(RFC 7914, N=16384, r=1, p=1); type 4 is one unsalted SHA-256 (Cisco response 2013-03-18 calls it a mistake). All but 5
are written in crypt's alphabet with the bit order of ordinary base64.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

_ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_TO_CISCO = str.maketrans(_BASE64, _ITOA64)
#: the key of type 7, published 1995
_XLAT = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"


def decode_type7(value: str) -> str | None:
    """The plain text of a type 7 password; None when it is not one."""
    try:
        seed, data = int(value[:2]), bytes.fromhex(value[2:])
    except ValueError:
        return None
    if seed > 52:
        return None
    plain = bytes(byte ^ _XLAT[(seed + index) % len(_XLAT)] for index, byte in enumerate(data))
    return plain.decode(errors="replace")


@lru_cache(maxsize=4096)
def verify(kind: str, stored: str, plain: str) -> bool:
    """Whether ``stored``, of type 4, 5, 8 or 9, is the form of ``plain``. Remembered: some of them cost 30 ms."""
    if kind == "4":
        return hmac.compare_digest(_encode(hashlib.sha256(plain.encode()).digest()), stored)
    parts = stored.split("$")
    if len(parts) != 4 or parts[1] not in ("1", "8", "9"):
        return False
    _, _, salt, digest = parts
    if kind == "5":
        return hmac.compare_digest(md5_crypt(plain.encode(), salt.encode()), digest)
    if kind == "8":
        made = hashlib.pbkdf2_hmac("sha256", plain.encode(), salt.encode(), 20000, 32)
    elif kind == "9":
        made = hashlib.scrypt(plain.encode(), salt=salt.encode(), n=16384, r=1, p=1, dklen=32)
    else:
        return False
    return hmac.compare_digest(_encode(made), digest)


def md5_crypt(password: bytes, salt: bytes) -> str:
    """The digest part (22 characters) of ``$1$salt$digest``."""
    other = hashlib.md5(password + salt + password, usedforsecurity=False).digest()
    context = password + b"$1$" + salt
    context += (other * (len(password) // 16 + 1))[: len(password)]
    length = len(password)
    while length:
        context += b"\0" if length & 1 else password[:1]
        length >>= 1
    final = hashlib.md5(context, usedforsecurity=False).digest()
    for turn in range(1000):
        step = password if turn & 1 else final
        if turn % 3:
            step += salt
        if turn % 7:
            step += password
        step += final if turn & 1 else password
        final = hashlib.md5(step, usedforsecurity=False).digest()
    order = ((0, 6, 12), (1, 7, 13), (2, 8, 14), (3, 9, 15), (4, 10, 5))
    text = "".join(_to64(final[a] << 16 | final[b] << 8 | final[c], 4) for a, b, c in order)
    return text + _to64(final[11], 2)


def _to64(value: int, length: int) -> str:
    return "".join(_ITOA64[value >> 6 * place & 0x3F] for place in range(length))


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=").translate(_TO_CISCO)
