# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The empty survey form that is sent to the offices: a workbook with choices to pick from, and the same as CSV.

From a clone, ``PYTHONPATH=collections python -m`` with this module's full name writes ``docs/formulir/``; with a
register's folder as argument it writes into the folder named second, with that register's offices to choose from.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ...whole_files import write_whole
from ..loading import load
from .cells import column_letters
from .columns import BY_KEY

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "survei-opd"
DEFAULT_FOLDER = Path(__file__).parents[4] / "docs" / "formulir"

# Column, unit in the header, example, what to write.
COLUMNS: tuple[tuple[str, str, str, str], ...] = (
    ("opd_name", "", "Dinas Rekaan", "Nama resmi, tanpa singkatan. Satu baris untuk setiap lokasi."),
    ("users", "orang", "45", "Pengguna komputer di seluruh OPD. OPD dengan beberapa lokasi: isi di satu baris saja."),
    ("public_service", "", "ya", "ya bila OPD melayani masyarakat langsung."),
    ("location", "", "Kantor", "Nama tempat yang mendapat jalur, misalnya Kantor atau Gudang."),
    ("address", "", "Jl. Rekaan No. 1", "Alamat jalan."),
    ("location_users", "orang", "40", "Hanya bila OPD punya beberapa lokasi."),
    ("requested", "Mbps", "100", "Angka saja, untuk seluruh OPD; di satu baris saja."),
    ("existing_lans", "", "192.168.1.0/24", "Subnet yang dipakai sekarang; beberapa dipisah titik koma."),
    ("provider", "", "PT Penyedia Rekaan", "Kosongkan bila tidak punya langganan internet sendiri."),
    ("media", "", "serat optik", "Menurut kontrak."),
    ("role", "", "utama", "Bila ada dua langganan di satu tempat, tulis masing-masing di baris sendiri."),
    ("capacity", "Mbps", "50", "Menurut kontrak, angka saja. Bukan hasil speedtest."),
    ("monthly_cost", "Rp", "3500000", "Rupiah penuh per bulan, menurut tagihan."),
    ("contract_start", "tgl/bln/thn", "01/01/2026", "Hari pertama kontrak."),
    ("contract_end", "tgl/bln/thn", "31/12/2026", "Hari terakhir kontrak."),
    ("budget_line", "", "DPA 1.02.01.2.08.0002", "Rekening DPA yang membayar."),
)
CHOICES: dict[str, tuple[str, ...]] = {
    "public_service": ("ya", "tidak"),
    "media": ("serat optik", "radio", "Starlink", "VPN"),
    "role": ("utama", "cadangan"),
}
_TITLE = "FORMULIR SURVEI JARINGAN PERANGKAT DAERAH"
_HEADER_ROW = 4
_ROWS = 300
_DAY = datetime(2026, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_WIDTHS = {"opd_name": 38, "location": 22, "address": 30, "existing_lans": 24, "provider": 28, "budget_line": 26}


def header(key: str, unit: str) -> str:
    """What stands above the column; the import must understand it (a test sees to that)."""
    title = BY_KEY[key].title
    return f"{title} ({unit})" if unit else title


def csv_text() -> str:
    """The header alone, as a spreadsheet set to Indonesian opens it."""
    return ";".join(f'"{header(key, unit)}"' for key, unit, _, _ in COLUMNS) + "\r\n"


def workbook(offices: Sequence[str] = ()) -> Workbook:
    """The form; ``offices`` are the names to choose from, free text when there are none."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Survei"
    _table(sheet, offices)
    if offices:
        names = book.create_sheet("Daftar OPD")
        names.append(["Daftar OPD"])
        for office in offices:
            names.append([office])
        names.sheet_state = "hidden"
    _help(book.create_sheet("Petunjuk"))
    return book


def _table(sheet: Worksheet, offices: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet["A1"] = _TITLE
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = "Satu baris untuk setiap lokasi. Yang tidak ada dikosongkan. Jangan mengubah baris judul."
    for column, (key, unit, _, hint) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(_HEADER_ROW, column, header(key, unit))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE8F0")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        letters = column_letters(column)
        sheet.column_dimensions[letters].width = _WIDTHS.get(key, 16)
        rule = _rule(key, unit, offices)
        if rule is not None:
            rule.promptTitle, rule.prompt = BY_KEY[key].title[:32], hint[:255]
            rule.showInputMessage = rule.showErrorMessage = True
            rule.add(f"{letters}{_HEADER_ROW + 1}:{letters}{_HEADER_ROW + _ROWS}")
            sheet.add_data_validation(rule)
        # Text stays what was typed: Excel makes dates of "1.02.01" and numbers of "0001".
        shape = {"tgl/bln/thn": "dd/mm/yyyy", "Rp": "#,##0", "": "@"}.get(unit, "General")
        for row in range(_HEADER_ROW + 1, _HEADER_ROW + _ROWS + 1):
            sheet.cell(row, column).number_format = shape
    sheet.row_dimensions[_HEADER_ROW].height = 48
    sheet.freeze_panes = f"B{_HEADER_ROW + 1}"


def _rule(key: str, unit: str, offices: Sequence[str]) -> DataValidation | None:
    from openpyxl.worksheet.datavalidation import DataValidation

    if key in CHOICES:
        return DataValidation("list", formula1=f'"{",".join(CHOICES[key])}"', error="Pilih dari daftar.")
    if key == "opd_name" and offices:
        listed = f"'Daftar OPD'!$A$2:$A${len(offices) + 1}"
        return DataValidation("list", formula1=listed, error="Pilih dari daftar, atau hubungi Diskominfo.")
    if unit == "orang":
        return DataValidation("whole", operator="between", formula1="0", formula2="100000", error="Tulis jumlah orang.")
    if unit == "Mbps":
        return DataValidation(
            "decimal", operator="between", formula1="0.1", formula2="10000", error="Tulis angka dalam Mbps."
        )
    if unit == "Rp":
        return DataValidation("whole", operator="greaterThanOrEqual", formula1="0", error="Tulis rupiah penuh.")
    if unit == "tgl/bln/thn":
        return DataValidation("date", operator="between", formula1="36526", formula2="73415", error="Tulis tanggal.")
    return None


def _help(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.append(["Kolom", "Contoh isi", "Penjelasan"])
    for key, unit, example, hint in COLUMNS:
        sheet.append([header(key, unit), example, hint])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letters, width in (("A", 40), ("B", 26), ("C", 80)):
        sheet.column_dimensions[letters].width = width
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"


def write_form(folder: Path, offices: Sequence[str] = ()) -> list[Path]:
    """Write the workbook and the CSV whole. Returns their paths; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{NAME}.xlsx", folder / f"{NAME}.csv"]
    for path in paths:
        content = _packed(workbook(offices)) if path.suffix == ".xlsx" else b"\xef\xbb\xbf" + csv_text().encode()
        write_whole(path, content)
    return paths


def _packed(book: Workbook) -> bytes:
    """The workbook's bytes, the same for the same content: a file in git changes only when the form does."""
    book.properties.created = _DAY
    first, second = io.BytesIO(), io.BytesIO()
    book.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":  # openpyxl writes the time of saving
                content = _MODIFIED.sub(rb"\g<1>" + f"{_DAY:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>", content)
            new.writestr(zipfile.ZipInfo(name, _DAY.timetuple()[:6]), content)
    return second.getvalue()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Membuat formulir survei kosong untuk dikirim ke OPD.")
    parser.add_argument("register", nargs="?", type=Path, help="folder register: nama OPD menjadi pilihan di formulir")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER, help="folder tujuan (docs/formulir)")
    options = parser.parse_args(arguments)
    names: list[str] = []
    if options.register is not None:
        loaded = load(options.register)
        if loaded.register is None:
            print(loaded.text(), file=sys.stderr)
            return 1
        names = sorted(opd.name for opd in loaded.register.opds)
    for path in write_form(options.folder, names):
        print(f"{path} ditulis.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
