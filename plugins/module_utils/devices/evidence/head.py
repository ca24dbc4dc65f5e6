# SPDX-License-Identifier: GPL-3.0-or-later
"""The anchor beside the ledger: number and hash of its last entry, so that a missing tail is found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ...whole_files import write_whole
from .canonical import canonical
from .errors import EvidenceError


@dataclass(frozen=True)
class Head:
    """Where a ledger ends."""

    seq: int
    hash: str

    def __str__(self) -> str:
        """``123:9f86d081…`` in full: what people note down, and give to the verification as an anchor."""
        return f"{self.seq}:{self.hash}"

    @classmethod
    def of_text(cls, text: str) -> Head:
        """Read ``123:9f86d081…``.

        Raises:
            EvidenceError: not of that form.
        """
        number, _, hashed = text.strip().partition(":")
        if not number.isdecimal() or len(hashed) != 64 or set(hashed) - set("0123456789abcdef"):
            raise EvidenceError(f"jangkar {text!r} bukan <nomor>:<64 angka heksadesimal>; salin dari ringkasan bukti")
        return cls(int(number), hashed)

    @classmethod
    def load(cls, path: Path) -> Head | None:
        """Read the anchor; None when there is no such file.

        Raises:
            EvidenceError: the file is not what `save` writes. OSError: it cannot be read.
        """
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            value = json.loads(content)
            head = cls(value["seq"], value["hash"])
            if head._content() == content:
                return head
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
        raise EvidenceError(f"jangkar {path} rusak atau diubah")

    def save(self, path: Path) -> None:
        """Write it whole. Raises OSError."""
        write_whole(path, self._content(), 0o600)

    def _content(self) -> bytes:
        return canonical({"hash": self.hash, "seq": self.seq}) + b"\n"
