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
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:  # written by Excel for itself
        sheets = [_sheet(path.name, rest, first.strip()[4], skipped=1)]
    else:
        sheets = [_sheet(path.name, text, separator) for separator in _SEPARATORS if separator in text]
    readable = [sheet for sheet in sheets if sheet is not None]
    if not readable:
        raise UnreadableError(
            path.name,
            "tidak terbaca sebagai tabel: tidak ada pemisah kolom (titik koma, koma, atau tab).",
            "Buka di Excel atau LibreOffice, lalu simpan ulang sebagai XLSX.",
        )
    best = max(readable, key=score)  # the first of equals: a semicolon is what Excel writes here
    best.notes += note
    return [best]


def _decoded(name: str, raw: bytes) -> tuple[str, list[str]]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace"), []
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Every byte but five has a meaning in cp1252; those five would be no text either.
        text = raw.decode("cp1252", errors="replace")
        return text, [f"{name} bukan UTF-8; dibaca sebagai Windows-1252. Periksa huruf yang tidak biasa pada nama."]
    if "\0" in text:
        raise UnreadableError(name, "bukan berkas teks.", "Simpan ulang dari Excel sebagai XLSX atau CSV UTF-8.")
    return text, []


def _sheet(name: str, text: str, separator: str, skipped: int = 0) -> Sheet | None:
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
