# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading XLSX: what a person sees in each cell, and what Excel holds behind it."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .cells import Cell, Place, Sheet, UnreadableError, tidy

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# A workbook is a compressed archive: a few kilobytes may unpack to gigabytes. No survey is that large.
_UNPACKED_MAX = 300_000_000
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_SCALED = re.compile(r"[0#](?:\.[0#]+)?,+(?![0#])")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_CURRENCY = re.compile(r"\[\$([^-\]]*)[^\]]*\]")
# `_x` leaves the width of x, `*x` fills with x: neither is content.
_SPACING = re.compile(r"[_*].")
_SUFFIX_MAX = 40
# One stray format at the end of a sheet makes a million empty rows of it.
_ROWS, _COLUMNS = 10_000, 100


def read_xlsx(path: Path) -> list[Sheet]:
    """Every visible worksheet; hidden ones only as a note on the first. Raises UnreadableError, OSError."""
    _refuse_what_is_no_workbook(path)
    import openpyxl  # takes a quarter of a second: not before a workbook is read

    try:
        values = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path, data_only=False)
    except Exception as error:  # openpyxl raises whatever its parsers raise on a damaged file
        raise UnreadableError(
            path.name,
            f"rusak atau bukan XLSX ({type(error).__name__}).",
            "Buka di Excel atau LibreOffice, simpan ulang sebagai XLSX, lalu ulangi.",
        ) from error
    sheets, hidden = [], []
    for worksheet in values.worksheets:
        if worksheet.sheet_state != "visible":
            hidden.append(worksheet.title)
        else:
            sheets.append(_sheet(path.name, worksheet, formulas[worksheet.title]))
    if sheets and hidden:
        sheets[0].notes.append(f"{path.name}: lembar tersembunyi tidak dibaca: {', '.join(hidden)}.")
    return sheets


def _refuse_what_is_no_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise UnreadableError(
            path.name,
            "bukan XLSX: format .xls lama, terkunci kata sandi, atau unduhannya tidak lengkap.",
            "Buka di Excel atau LibreOffice, hapus kata sandinya, lalu simpan ulang sebagai XLSX.",
        ) from None
    if size > _UNPACKED_MAX:
        raise UnreadableError(
            path.name,
            f"terlalu besar ({size // 1_000_000} MB sesudah dibuka).",
            "Hapus gambar dan lembar lain, lalu simpan ulang.",
        )


def _sheet(file: str, worksheet: Worksheet, formulas: Worksheet) -> Sheet:
    sheet = Sheet(
        file,
        worksheet.title,
        hidden_rows=frozenset(n for n, d in worksheet.row_dimensions.items() if d.hidden),
        hidden_columns=frozenset(_hidden_columns(worksheet)),
    )
    for row in worksheet.iter_rows(max_row=min(worksheet.max_row, _ROWS), max_col=min(worksheet.max_column, _COLUMNS)):
        for seen in row:
            if seen.row is None or seen.column is None:
                continue
            place = Place(file, worksheet.title, seen.row, seen.column)
            formula = formulas.cell(seen.row, seen.column).value
            cell = _cell(place, seen.value, str(seen.number_format or ""), str(seen.data_type), formula)
            if cell is not None:
                sheet.put(cell)
    if worksheet.max_row > _ROWS or worksheet.max_column > _COLUMNS:
        sheet.notes.append(f"{sheet.title}: hanya {_ROWS} baris dan {_COLUMNS} kolom pertama yang dibaca.")
    for area in worksheet.merged_cells.ranges:
        _spread(sheet, area.min_row, area.max_row, area.min_col, area.max_col, area.coord)
    return sheet


def _hidden_columns(worksheet: Worksheet) -> list[int]:
    # openpyxl keeps a run of equal columns under its first letter.
    found: list[int] = []
    for dimension in worksheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            found += range(dimension.min, min(dimension.max, 1000) + 1)
    return found


def _spread(sheet: Sheet, top: int, bottom: int, left: int, right: int, name: str) -> None:
    """A merged range holds its value in the first cell; a person reads it in all of them."""
    first = sheet.rows.get(top, {}).get(left)
    if first is None:
        return
    several_rows = bottom > top
    for row in range(top, min(bottom, top + 5000) + 1):
        for column in range(left, min(right, left + 200) + 1):
            sheet.put(
                Cell(
                    Place(sheet.file, sheet.name, row, column),
                    first.kind,
                    first.text,
                    first.number,
                    first.day,
                    first.unit,
                    name if several_rows else "",
                    name if right > left else "",
                    first.flaw,
                )
            )


def _cell(place: Place, value: Any, number_format: str, data_type: str, formula: Any) -> Cell | None:
    if value is None:
        if isinstance(formula, str) and formula.startswith("="):
            return Cell(
                place,
                "blank",
                formula[:_SUFFIX_MAX],
                flaw=(
                    "rumus yang hasilnya belum tersimpan.",
                    "Buka di Excel atau LibreOffice, simpan ulang, atau ganti dengan nilainya.",
                ),
            )
        return None
    if data_type == "e":
        return Cell(place, "text", str(value), flaw=("rumusnya galat.", "Betulkan rumusnya atau tulis nilainya."))
    if isinstance(value, bool):
        return Cell(place, "yes_no", "ya" if value else "tidak")
    if isinstance(value, datetime | date):
        return _day(place, value)
    if isinstance(value, time | timedelta):
        return Cell(
            place,
            "text",
            str(value),
            flaw=("Excel menyimpannya sebagai jam.", "Format selnya sebagai teks, tulis ulang."),
        )
    if isinstance(value, int | float):
        return _number(place, value, number_format)
    text = tidy(str(value))
    return Cell(place, "text", text) if text else None


def _day(place: Place, value: datetime | date) -> Cell:
    day = value.date() if isinstance(value, datetime) else value
    return Cell(place, "day", day.isoformat(), day=day)


def _number(place: Place, value: int | float, number_format: str) -> Cell:
    number = Decimal(repr(value))
    # Floating point of the spreadsheet, not something that anybody typed: 0.1 + 0.2
    number = number.quantize(Decimal("1e-9")).normalize() if isinstance(value, float) else number
    text = format(number, "f").replace(".", ",")
    shape = number_format.split(";")[0]
    bare = _SPACING.sub("", _BRACKETS.sub("", _LITERAL.sub("", shape)))
    literal = tidy("".join([*_CURRENCY.findall(shape), *(a or b for a, b in _LITERAL.findall(shape))]))
    if "%" in bare:
        shown = format((number * 100).normalize(), "f").replace(".", ",") + "%"
        return Cell(
            place, "number", shown, number, flaw=("berupa persen.", "Tulis angkanya sendiri beserta satuannya.")
        )
    if _SCALED.search(bare) and "General" not in bare:
        return Cell(
            place,
            "number",
            text,
            number,
            flaw=(
                f"tampil lebih kecil daripada isinya (format '{number_format}'): isinya {text}.",
                "Ubah format selnya menjadi angka biasa, lalu pastikan angkanya benar.",
            ),
        )
    return Cell(place, "number", text, number, unit=literal[:_SUFFIX_MAX])
