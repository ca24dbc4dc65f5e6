# SPDX-License-Identifier: GPL-3.0-or-later
"""A report as an XLSX file, one sheet a table; amounts and days are numbers and dates, so they can be reckoned with."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .table import Column, Report, Table, Value, long_day

_HEAD = PatternFill("solid", fgColor="E8EEF4")
_WRAP = Alignment(vertical="top", wrap_text=True)
_FORMATS = {"money": '"Rp" #,##0', "rate": "#,##0.###", "number": "#,##0", "day": "yyyy-mm-dd"}
_MEGABIT = 1_000_000
_WIDEST, _NARROWEST = 60, 8
# The earliest moment that a ZIP archive can tell; nothing in the file says when it was made.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def xlsx(report: Report) -> bytes:
    """The same report gives the same bytes. Rates stand in Mbps."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _summary(first, report)
    for table in report.tables:
        _table(book.create_sheet(table.name), table)
    moment = datetime.combine(report.day, time())
    book.properties.creator = "Terpusat"
    book.properties.created = moment
    raw = io.BytesIO()
    book.save(raw)
    return _without_clock(raw.getvalue(), moment)


def _summary(sheet: Worksheet, report: Report) -> None:
    sheet.title = "Ringkasan"
    lines = [report.title, f"{report.government}, keadaan {long_day(report.day)}", "", "Yang perlu diperhatikan:"]
    for number, line in enumerate([*lines, *(report.findings or ("Tidak ada.",))], 1):
        sheet.append([_plain(line)])
        sheet.cell(number, 1).alignment = _WRAP
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 110


def _table(sheet: Worksheet, table: Table) -> None:
    sheet.append([_heading(column) for column in table.columns])
    for cell in sheet[1]:
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, _WRAP
    for row in table.rows or [(table.empty,)]:
        sheet.append([_plain(value) for value in row])
    if totals := table.totals():
        sheet.append([_plain(value) for value in totals])
        for cell in sheet[sheet.max_row]:
            cell.font = Font(bold=True)
    for index, column in enumerate(table.columns, 1):
        longest = len(_heading(column))
        for row_number in range(2, sheet.max_row + 1):
            cell = sheet.cell(row_number, index)
            longest = max(longest, len(str(cell.value)))
            _dress(cell, column)
        sheet.column_dimensions[get_column_letter(index)].width = min(_WIDEST, max(_NARROWEST, longest + 2))
    sheet.freeze_panes = "A2"
    if table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"


def _heading(column: Column) -> str:
    return f"{column.title} (Mbps)" if column.kind == "rate" else column.title


def _dress(cell: Cell | MergedCell, column: Column) -> None:
    cell.alignment = _WRAP
    if column.kind in _FORMATS and not isinstance(cell.value, str):
        cell.number_format = _FORMATS[column.kind]
        if column.kind == "rate" and isinstance(cell.value, int):
            cell.value = cell.value / _MEGABIT


def _plain(value: Value) -> Value:
    """A text that begins like a formula would be reckoned by the program that opens it."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@"):
        return "'" + value
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def _without_clock(raw: bytes, moment: datetime) -> bytes:
    """openpyxl writes the present moment into the archive and its properties."""
    told = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                head, mark, rest = content.partition(b"<dcterms:modified")
                tag, close, tail = rest.partition(b">")
                content = head + mark + tag + close + told + tail[tail.index(b"<") :]
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content)
    return out.getvalue()
