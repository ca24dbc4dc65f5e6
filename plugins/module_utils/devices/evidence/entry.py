# SPDX-License-Identifier: GPL-3.0-or-later
"""One line of the ledger: a record, its number, the hash of the line before, and its own.

The line is the canonical JSON (RFC 8785) of ``{"hash", "previous", "record", "seal", "seq"}``. ``hash`` is that of the
same mapping without ``hash``: SHA-256, or with a key HMAC-SHA256 (RFC 2104), as ``seal`` says.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .canonical import Value, canonical

PLAIN, KEYED = "sha256", "hmac-sha256"
_KEYS = {"hash", "previous", "record", "seal", "seq"}


class BadLineError(ValueError):
    """A line that is not what `Entry.seal` writes; the message says why (Bahasa Indonesia)."""


@dataclass(frozen=True)
class Entry:
    """A sealed record. ``seq`` counts from 1; ``previous`` is the hash of the entry before."""

    seq: int
    previous: str
    record: Mapping[str, Any]
    seal: str
    hash: str

    @classmethod
    def make(cls, seq: int, previous: str, record: Mapping[str, Value], key: bytes | None) -> Entry:
        """Seal a record. Raises TypeError or ValueError when it has no canonical form."""
        seal = KEYED if key else PLAIN
        return cls(seq, previous, record, seal, _hash(seq, previous, record, seal, key))

    @classmethod
    def parse(cls, line: bytes) -> Entry:
        """Read one line, without its line end. Any other spelling of the same content is refused.

        Raises:
            BadLineError: not one of our lines.
        """
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            raise BadLineError("bukan JSON yang utuh") from None
        if not isinstance(value, dict) or set(value) != _KEYS:
            raise BadLineError("bukan catatan buku bukti")
        seq, seal = value["seq"], value["seal"]
        texts = (value["previous"], value["hash"])
        if type(seq) is not int or not all(isinstance(text, str) for text in texts):
            raise BadLineError("nomor atau sidiknya bukan nomor dan sidik")
        if seal not in (PLAIN, KEYED) or not isinstance(value["record"], dict):
            raise BadLineError("bukan catatan buku bukti")
        entry = cls(seq, value["previous"], value["record"], seal, value["hash"])
        try:
            same = entry.line() == line
        except (TypeError, ValueError):
            same = False
        if not same:
            raise BadLineError("penulisannya diubah")
        return entry

    def line(self) -> bytes:
        """The line, without its line end."""
        return canonical(
            {
                "hash": self.hash,
                "previous": self.previous,
                "record": self.record,
                "seal": self.seal,
                "seq": self.seq,
            }
        )

    def intact(self, key: bytes | None) -> bool | None:
        """Whether the hash is that of the content; None when only somebody with the key can tell."""
        if self.seal == KEYED and not key:
            return None
        used = key if self.seal == KEYED else None
        return hmac.compare_digest(self.hash, _hash(self.seq, self.previous, self.record, self.seal, used))


def first_previous(government: str) -> str:
    """What the first entry follows: bound to the government, so that ledgers cannot be exchanged."""
    return hashlib.sha256(f"terpusat ledger 1 {government}".encode()).hexdigest()


def _hash(seq: int, previous: str, record: Mapping[str, Value], seal: str, key: bytes | None) -> str:
    content = canonical({"previous": previous, "record": record, "seal": seal, "seq": seq})
    if key:
        return hmac.new(key, content, hashlib.sha256).hexdigest()
    return hashlib.sha256(content).hexdigest()
