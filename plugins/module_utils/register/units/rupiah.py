# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Money: text to Decimal rupiah and back."""

from __future__ import annotations

import re
from decimal import Decimal

from ..refused import RefusedError

_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<cents>\d{2}|-))?", re.ASCII)
_PREFIX = re.compile(r"(?i:rp\.?|idr)\s*")
_WORDS = {"ribu": 1_000, "rb": 1_000, "juta": 1_000_000, "jt": 1_000_000, "miliar": 10**9, "milyar": 10**9, "m": 10**9}
_WORDED = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<word>[A-Za-z]+)", re.ASCII)
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,2}", re.ASCII)
_MAX_LENGTH = 30


def parse_rupiah(text: str) -> Decimal:
    """``Rp 1.250.000``, ``Rp1.250.000,-``, ``1.250.000,50``, ``1250000`` → Decimal rupiah (zero or more).

    Raises RefusedError for negative amounts, English notation (``1,250,000.50``), points that do not part thousands,
    words (``1,5 juta``) and other currencies.
    """
    cleaned = text.replace("\u00a0", " ").strip()
    if "-" in cleaned.removesuffix(",-") or "−" in cleaned:
        raise RefusedError(f"'{text}' bernilai negatif.", "Tulis jumlah nol atau lebih, misalnya 'Rp 1.250.000'.")
    amount = _PREFIX.sub("", cleaned, count=1) if _PREFIX.match(cleaned) else cleaned
    parts = _AMOUNT.fullmatch(amount)
    if parts is None or len(amount) > _MAX_LENGTH:
        raise _refused(text, amount)
    cents = parts["cents"] or "00"
    return Decimal(parts["whole"].replace(".", "") + "." + ("00" if cents == "-" else cents))


def format_rupiah(amount: Decimal) -> str:
    """Decimal rupiah with at most two decimals → ``Rp 1.250.000`` or ``Rp 1.250.000,50``."""
    rounded = amount.quantize(Decimal("0.01"))
    if rounded != amount or amount < 0:
        raise ValueError(f"not an amount of rupiah: {amount}")
    grouped = format(int(rounded), ",d").replace(",", ".")
    cents = int(rounded % 1 * 100)
    return f"Rp {grouped}" + (f",{cents:02d}" if cents else "")


def _refused(text: str, amount: str) -> RefusedError:
    if (words := _WORDED.fullmatch(amount)) and words["word"].lower() in _WORDS:
        number = Decimal(words["number"].replace(",", "."))
        suggestion = format_rupiah((number * _WORDS[words["word"].lower()]).quantize(Decimal(1)))
        return RefusedError(f"'{text}' memakai kata.", f"Tulis jumlahnya dengan angka, misalnya '{suggestion}'.")
    if _ENGLISH.fullmatch(amount):
        number = Decimal(amount.replace(",", "")).quantize(Decimal("0.01"))
        return RefusedError(
            f"'{text}' tidak memakai penulisan rupiah: titik memisahkan ribuan, koma memisahkan sen.",
            f"Maksud Anda '{format_rupiah(number)}'? Tulis begitu.",
        )
    return RefusedError(
        f"'{text}' bukan jumlah rupiah.",
        "Tulis misalnya 'Rp 1.250.000' atau 'Rp 1.250.000,50' (titik tiap tiga angka, koma untuk sen).",
    )
