# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of tunnels, from what the vault holds. Nothing that can be derived is stored."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_LENGTH = 32


class KeyPair(NamedTuple):
    """Both in base64, as wg(8) writes them."""

    private: str
    public: str


def wireguard_keys(private: str) -> KeyPair:
    """The key pair of a private X25519 key in base64.

    The private key comes back clamped (RFC 7748 section 5): so devices show it, and so it can be compared.

    Raises ValueError for anything that is not 32 bytes in base64.
    """
    try:
        raw = base64.b64decode(private, validate=True)
    except binascii.Error as error:
        raise ValueError("bukan base64") from error
    if len(raw) != _LENGTH:
        raise ValueError(f"panjangnya {len(raw)} bita, seharusnya {_LENGTH}")
    clamped = bytes([raw[0] & 248, *raw[1:31], (raw[31] & 127) | 64])
    public = X25519PrivateKey.from_private_bytes(clamped).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return KeyPair(base64.b64encode(clamped).decode(), base64.b64encode(public).decode())


def pair_secret(shared: str, one: str, other: str) -> str:
    """A secret of its own for each pair of devices, in base64: 32 bytes, HMAC-SHA256 of their names under ``shared``.

    Whoever takes the key out of one office's router learns nothing about the other tunnels. The order of the two names
    does not matter.
    """
    names = "\0".join(sorted((one, other)))
    return base64.b64encode(hmac.digest(shared.encode(), f"terpusat-vpn\0{names}".encode(), hashlib.sha256)).decode()
