# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading CSV as offices save it: separator, encoding and quoting differ from office to office."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable
from pathlib import Path

from .cells import Cell, Place, Sheet, UnreadableError, tidy

_SEPARATORS = (";", ",", "\t", "|")
_NAMES = {";": "titik koma", ",": "koma", "\t": "tab", "|": "garis tegak"}
_FIELD_MAX = 100_000


def read_csv(path: Path, score: Callable[[Sheet], int]) -> list[Sheet]:
    """The one sheet of a CSV. Of the separators the one is taken whose table ``score`` likes best.

    A guess by counting commas fails on ``1.250.000,50``; whether the header is understood does not.
    Raises UnreadableError, OSError.
    """
    text, note = _decoded(path.name, path.read_bytes())
    if not text.strip():
        raise UnreadableError(path.name, "berkasnya kosong.", "Minta OPD mengirim ulang, atau keluarkan dari folder.")
    first, _, rest = text.partition("\n")
    separators: tuple[str, ...]
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:  # written by Excel for itself
        separators, body, skipped = (first.strip()[4],), rest, 1
    else:
        separators, body, skipped = tuple(mark for mark in _SEPARATORS if mark in text), text, 0
    sheets = {separator: _sheet(path.name, body, separator, skipped) for separator in separators}
    readable = {separator: sheet for separator, sheet in sheets.items() if sheet is not None}
    if not readable:
        raise UnreadableError(
            path.name,
            "tidak terbaca sebagai tabel: tidak ada pemisah kolom (titik koma, koma, atau tab).",
            "Buka di Excel atau LibreOffice, lalu simpan ulang sebagai XLSX.",
        )
    # The first of equals: a semicolon is what Excel writes here.
    chosen = max(readable, key=lambda separator: score(readable[separator]))
    _refuse_odd_quotes(path.name, body, chosen, skipped)
    best = readable[chosen]
    best.notes += note
    return [best]


def _decoded(name: str, raw: bytes) -> tuple[str, list[str]]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16"), []
        except UnicodeDecodeError:
            raise UnreadableError(
                name, "terpotong di tengah sebuah huruf (UTF-16).", "Minta OPD mengirim ulang berkasnya."
            ) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Every byte but five has a meaning in cp1252; those five would be no text either.
        text = raw.decode("cp1252", errors="replace")
        return text, [f"{name} bukan UTF-8; dibaca sebagai Windows-1252. Periksa huruf yang tidak biasa pada nama."]
    if "\0" in text:
        raise UnreadableError(name, "bukan berkas teks.", "Simpan ulang dari Excel sebagai XLSX atau CSV UTF-8.")
    return text, []


def _refuse_odd_quotes(name: str, text: str, separator: str, skipped: int) -> None:
    """A quotation mark that is never closed makes one cell of all rows after it, and nobody would miss them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1 + skipped
    try:
        for _ in reader:
            begins = reader.line_num + 1 + skipped
    except csv.Error:
        raise UnreadableError(
            name,
            f"tanda kutip ganda di baris {begins} tidak berpasangan, jadi tidak pasti di mana selnya berakhir.",
            "Hapus atau pasangkan tanda kutip itu, atau simpan ulang dari Excel atau LibreOffice.",
        ) from None


def _sheet(name: str, text: str, separator: str, skipped: int) -> Sheet | None:
    sheet = Sheet(name, "")
    csv.field_size_limit(_FIELD_MAX)
    try:
        for row, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1 + skipped):
            for column, value in enumerate(values, start=1):
                if content := tidy(value):
                    sheet.put(Cell(Place(name, "", row, column), "text", content))
    except csv.Error:
        return None
    sheet.notes.append(f"{name}: kolom dipisah {_NAMES.get(separator, separator)}.")
    return sheet
