# SPDX-License-Identifier: GPL-3.0-or-later
"""Public SSH keys as people paste them into a list, judged before they reach a device."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

_LINE = re.compile(r"(?P<kind>[a-z0-9-]+) (?P<blob>[A-Za-z0-9+/]+={0,2})(?: (?P<comment>.*))?")
_KINDS = ("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")
#: bits; NIST SP 800-131A lets no shorter RSA key sign
_SHORTEST_RSA = 2048


@dataclass(frozen=True)
class PublicKey:
    """One key (RFC 4253, section 6.6): its type, the encoded key, a comment of letters that every device takes."""

    kind: str
    blob: str
    comment: str

    @classmethod
    def parse(cls, line: str) -> PublicKey:
        """Read the line of a ``.pub`` file. Raises `ValueError` that says, in Indonesian, what is wrong with it."""
        text = line.strip()
        if "PRIVATE KEY" in text:
            raise ValueError("itu kunci privat; cabut dari berkas ini, ganti kuncinya, dan isi berkas .pub")
        found = _LINE.fullmatch(text)
        if found is None:
            raise ValueError(f"{text[:40]!r} bukan satu baris berkas .pub (jenis, kunci, nama)")
        if found["kind"] not in _KINDS:
            raise ValueError(f"jenis {found['kind']!r} tidak dikenal semua perangkat; pakai ssh-ed25519 atau ssh-rsa")
        try:
            raw = base64.b64decode(found["blob"], validate=True)
            parts = list(_parts(raw))
        except (binascii.Error, ValueError):
            parts = []
        # The key names its own type once more.
        if not parts or parts[0] != found["kind"].encode() or len(parts) != _PARTS.get(found["kind"], 3):
            raise ValueError("kuncinya terpotong atau rusak; salin lagi seluruh baris berkas .pub")
        if found["kind"] == "ssh-rsa" and int.from_bytes(parts[2], "big").bit_length() < _SHORTEST_RSA:
            raise ValueError(f"kunci RSA kurang dari {_SHORTEST_RSA} bit; buat yang baru: ssh-keygen -t ed25519")
        return cls(found["kind"], found["blob"], re.sub(r"[^\w@.-]", "-", found["comment"] or "", flags=re.ASCII))

    @property
    def line(self) -> str:
        """As in ``authorized_keys``."""
        return f"{self.kind} {self.blob} {self.comment}".rstrip()

    @property
    def md5(self) -> str:
        """MD5 of the key as 32 capital hexadecimal digits, by which IOS keeps it."""
        return hashlib.md5(base64.b64decode(self.blob), usedforsecurity=False).hexdigest().upper()


#: strings in an encoded key; the others have three
_PARTS = {"ssh-ed25519": 2}


def _parts(raw: bytes) -> list[bytes]:
    """The strings of an encoded key (RFC 4251, section 5). Raises `ValueError` when the last one is cut off."""
    found: list[bytes] = []
    while raw:
        length = int.from_bytes(raw[:4], "big")
        if len(raw) < 4 + length:
            raise ValueError
        found.append(raw[4 : 4 + length])
        raw = raw[4 + length :]
    return found
