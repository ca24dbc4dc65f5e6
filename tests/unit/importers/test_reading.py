# SPDX-License-Identifier: GPL-3.0-or-later
"""Files as offices really send them: what is read, what is told, and where it stood."""

from __future__ import annotations

import codecs
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.answers import Answers
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.cells import (
    Sheet,
    column_letters,
    range_columns,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.csv_sheet import read_csv
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.survey import import_survey
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.table import (
    Table,
    read_table,
    score,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.xlsx_sheet import read_xlsx

from .conftest import reasons


def new_sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return book, sheet


def table_of(path: Path) -> Table:
    (sheet, *_) = read_xlsx(path)
    table = read_table(sheet, {})
    assert table is not None
    return table


def texts(table: Table, key: str) -> dict[int, str]:
    return {row.number: row.cells[key].text for row in table.rows if key in row.cells}


def test_title_rows_two_row_header_and_column_numbers(tmp_path: Path) -> None:
    book, sheet = new_sheet()
    sheet["A1"] = "REKAP KEBUTUHAN BANDWIDTH OPD"
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(["No", "Perangkat Daerah", "Bandwidth", None, "Langganan saat ini", None])
    sheet.append([None, None, "Saat ini (Mbps)", "Kebutuhan (Mbps)", "Provider", "Biaya/bln (Rp)"])
    for area in ("A3:A4", "B3:B4", "C3:D3", "E3:F3"):
        sheet.merge_cells(area)
    sheet.append(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"])
    sheet.append([1, "Dinas Kesehatan", 20, 100, "PT Dua Rekaan", 3500000])
    sheet.append([])
    sheet.append(["I.", "KECAMATAN"])
    sheet.merge_cells("B8:F8")
    sheet.append([2, "Kecamatan Utara", 10, 20, "-", "-"])
    sheet.append(["", "JUMLAH", 30, 120, None, 3500000])
    sheet.append([])
    sheet.append([None, None, None, None, "Mengetahui,"])
    sheet.append([None, None, None, None, "Kepala Dinas"])
    book.save(tmp_path / "s.xlsx")
    table = table_of(tmp_path / "s.xlsx")
    assert {key: header.unit for key, (_, header) in table.columns.items()} == {
        "opd_name": "", "capacity": "Mbps", "requested": "Mbps", "provider": "", "monthly_cost": "Rp",
    }  # fmt: skip
    assert texts(table, "opd_name") == {6: "Dinas Kesehatan", 9: "Kecamatan Utara"}
    assert texts(table, "provider") == {6: "PT Dua Rekaan"}
    assert table.flags == []
    assert any("baris 10 jumlah" in note for note in table.notes)
    assert any("sesudah tabel" in note for note in table.notes)


def test_a_group_title_that_changes_the_meaning_is_not_left_out(tmp_path: Path) -> None:
    book, sheet = new_sheet()
    sheet.append(["Nama OPD", "Jumlah pegawai", "Usulan tahun depan"])
    sheet.append([None, None, "Biaya/bln"])
    sheet.append(["Dinas Kesehatan", 45, 9000000])
    book.save(tmp_path / "s.xlsx")
    table = table_of(tmp_path / "s.xlsx")
    assert "monthly_cost" not in table.columns


def test_merged_office_over_several_rows(tmp_path: Path) -> None:
    book, sheet = new_sheet()
    sheet.append(["Nama OPD", "Lokasi", "Jumlah pegawai", "Biaya/bln"])
    sheet.append(["Dinas Kesehatan", "kantor", 45, 3500000])
    sheet.append([None, "gudang", None, None])
    for area in ("A2:A3", "C2:C3", "D2:D3"):
        sheet.merge_cells(area)
    book.save(tmp_path / "s.xlsx")
    table = table_of(tmp_path / "s.xlsx")
    assert texts(table, "opd_name") == {2: "Dinas Kesehatan", 3: "Dinas Kesehatan"}
    assert texts(table, "users") == {2: "45", 3: "45"}


def test_one_bill_for_several_rows_is_a_question(register: Path, tmp_path: Path) -> None:
    book, sheet = new_sheet()
    sheet.append(["Nama OPD", "Lokasi", "Jumlah pegawai", "Biaya/bln"])
    sheet.append(["Dinas Kesehatan", "kantor", 50, 3500000])
    sheet.append(["Dinas Kesehatan", "gudang", None, None])
    sheet.merge_cells("D2:D3")
    book.save(tmp_path / "s.xlsx")
    result = import_survey(register, [tmp_path / "s.xlsx"], Answers())
    assert {"D2", "D3"} <= reasons(result).keys()
    assert "meliputi beberapa baris" in reasons(result)["D2"]
    assert [change.text for change in result.changes] == ["dinkes users: 45 → 50"]


def test_a_cell_merged_over_several_columns(tmp_path: Path) -> None:
    book, sheet = new_sheet()
    sheet.append(["Nama OPD", "Provider", "Media", "Biaya/bln"])
    sheet.append(["Dinas Kesehatan", "menumpang kantor bupati", None, None])
    sheet.merge_cells("B2:D2")
    book.save(tmp_path / "s.xlsx")
    (row,) = table_of(tmp_path / "s.xlsx").rows
    assert set(row.cells) == {"opd_name", "provider"}
    assert row.cells["provider"].flaw is not None


def test_hidden_rows_columns_and_sheets(tmp_path: Path) -> None:
    book, sheet = new_sheet()
    sheet.append(["Nama OPD", "Jumlah pegawai", "Kebutuhan bandwidth (Mbps)"])
    for number in range(2, 7):
        sheet.append([f"Kecamatan {number}", number, 20])
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("Lama").sheet_state = "hidden"
    book.save(tmp_path / "s.xlsx")
    table = table_of(tmp_path / "s.xlsx")
    assert texts(table, "users") == {2: "2", 5: "5", 6: "6"}
    assert [(flag.place.ref, flag.what) for flag in table.flags] == [
        ("C1", "kolom C tersembunyi, jadi tidak dibaca."),
        ("A3", "baris 3 sampai 4 tersembunyi, jadi tidak dibaca."),
    ]
    assert any("Lama" in note for note in table.sheet.notes)


def cell(tmp_path: Path, value: object, number_format: str | None = None) -> tuple[str, str, str, str]:
    """kind, text, unit and flaw of a cell with this value."""
    book, sheet = new_sheet()
    sheet["A1"] = value  # type: ignore[assignment]
    if number_format:
        sheet["A1"].number_format = number_format
    book.save(tmp_path / "c.xlsx")
    (read,) = read_xlsx(tmp_path / "c.xlsx")
    found = read.cell(1, 1)
    return found.kind, found.text, found.unit, found.flaw[0] if found.flaw else ""


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (50, None, ("number", "50", "", "")),
        (1.5, None, ("number", "1,5", "", "")),
        (0.1 + 0.2, None, ("number", "0,3", "", "")),
        (1250000.5, '"Rp"#,##0.00', ("number", "1250000,5", "Rp", "")),
        (1250000, "[$Rp-421]#,##0;[Red]-[$Rp-421]#,##0", ("number", "1250000", "Rp", "")),
        (1250000, '_-"Rp"* #,##0_-;-"Rp"* #,##0_-', ("number", "1250000", "Rp", "")),
        (900, "[$$-409]#,##0.00", ("number", "900", "$", "")),
        (50, '0" Mbps"', ("number", "50", "Mbps", "")),
        (50, r"0\ \M\b\p\s", ("number", "50", "Mbps", "")),
        (" 50  Mbps ", None, ("text", "50 Mbps", "", "")),
        ("dua\nbaris", None, ("text", "dua baris", "", "")),
        (datetime(2026, 12, 31), "dd/mm/yyyy", ("day", "2026-12-31", "", "")),
        (date(2026, 12, 31), None, ("day", "2026-12-31", "", "")),
        (True, None, ("yes_no", "ya", "", "")),
        ("#REF!", None, ("text", "#REF!", "", "rumusnya galat.")),
    ],
)
def test_cells(tmp_path: Path, value: object, number_format: str | None, expected: tuple[str, str, str, str]) -> None:
    assert cell(tmp_path, value, number_format) == expected


def test_cells_that_show_something_else_than_they_hold(tmp_path: Path) -> None:
    assert "persen" in cell(tmp_path, 0.5, "0%")[3]
    assert cell(tmp_path, 0.5, "0%")[1] == "50%"
    assert "tampil lebih kecil" in cell(tmp_path, 1250000, "#,##0,")[3]
    assert "rumus" in cell(tmp_path, "=A2*2")[3]


def test_units_of_number_formats_count(register: Path, tmp_path: Path) -> None:
    book, sheet = new_sheet()
    sheet.append(["Nama OPD", "Kebutuhan bandwidth", "Biaya/bln", "Lokasi"])
    sheet.append(["Dinas Kesehatan", 150, 900, "kantor"])
    sheet["B2"].number_format = '0" Mbps"'
    sheet["C2"].number_format = "[$$-409]#,##0"
    book.save(tmp_path / "s.xlsx")
    result = import_survey(register, [tmp_path / "s.xlsx"], Answers())
    assert [change.text for change in result.changes] == ["dinkes requested: 100 Mbps → 150 Mbps"]
    assert "bukan rupiah" in reasons(result)["C2"]


def test_several_sheets_and_one_without_a_table(register: Path, tmp_path: Path) -> None:
    book, sheet = new_sheet()
    sheet.title = "Dinas"
    sheet.append(["Nama OPD", "Jumlah pegawai"])
    sheet.append(["Dinas Kesehatan", 50])
    other = book.create_sheet("Badan")
    other.append(["SKPD", "Jml. Pegawai"])
    other.append(["Disdik", 70])
    book.create_sheet("Petunjuk").append(["Isi semua kolom."])
    book.save(tmp_path / "s.xlsx")
    result = import_survey(register, [tmp_path / "s.xlsx"], Answers())
    assert [change.text for change in result.changes] == ["dinkes users: 45 → 50", "disdik users: 60 → 70"]
    assert any("[Petunjuk]" in note for note in result.notes)
    ignoring = import_survey(register, [tmp_path / "s.xlsx"], Answers(ignore_sheets=("Badan", "Petunjuk")))
    assert (len(ignoring.changes), [note for note in ignoring.notes if "Petunjuk" in note]) == (1, [])


def test_a_stray_format_far_below_costs_nothing(register: Path, tmp_path: Path) -> None:
    book, sheet = new_sheet()
    sheet.append(["Nama OPD", "Jumlah pegawai"])
    sheet.append(["Dinas Kesehatan", 50])
    sheet["C1048576"].number_format = "0.00"
    book.save(tmp_path / "s.xlsx")
    result = import_survey(register, [tmp_path / "s.xlsx"], Answers())
    assert [change.text for change in result.changes] == ["dinkes users: 45 → 50"]
    assert any("baris dan" in note for note in result.notes)


@pytest.mark.parametrize(
    ("titles", "reading"),
    [
        (["Nama OPD", "Jml Pegawai", "Bandwith"], "dapat berarti requested"),
        (["Nama OPD", "Jml Pegawai", "Kebutuhn bandwidth"], "Maksudnya 'Kebutuhan bandwidth"),
        (["Nama OPD", "Jml Pegawai", "Warna gedung"], "tidak dikenal"),
        (["Nama OPD", "Jml Pegawai", "Biaya per tahun"], "biaya setahun"),
        (["Nama OPD", "Jml Pegawai", "Kebutuhan bandwidth (MBps)"], "satuan byte"),
        (["Nama OPD", "Jml Pegawai", "Biaya/bln (juta Rp)"], "mengubah arti"),
        (["Nama OPD", "Lokasi", "Jumlah pegawai"], "berarti hal yang sama"),
    ],
)
def test_headers_that_are_not_certain_are_told(register: Path, tmp_path: Path, titles: list[str], reading: str) -> None:
    book, sheet = new_sheet()
    sheet.append([*titles, "Jumlah pegawai"] if "sama" in reading else titles)
    sheet.append(["Dinas Kesehatan", "kantor" if "Lokasi" in titles else 45, 100, 45])
    book.save(tmp_path / "s.xlsx")
    result = import_survey(register, [tmp_path / "s.xlsx"], Answers())
    assert [flag.what for flag in result.flags if reading in flag.what], result.flags
    assert result.after == {}


def test_a_person_says_what_a_header_means(register: Path, tmp_path: Path) -> None:
    book, sheet = new_sheet()
    sheet.append(["Kantor", "Bandwith (Mbps)", "Warna"])
    sheet.append(["Dinas Kesehatan", 150, "hijau"])
    book.save(tmp_path / "s.xlsx")
    answers = Answers(headers={"Kantor": "opd_name", "Bandwith (Mbps)": "requested", "Warna": "ignore"})
    result = import_survey(register, [tmp_path / "s.xlsx"], answers)
    assert [change.text for change in result.changes] == ["dinkes requested: 100 Mbps → 150 Mbps"]
    assert result.flags == ()


def test_files_that_are_no_survey(register: Path, tmp_path: Path) -> None:
    def what(path: Path) -> str:
        return import_survey(register, [path], Answers()).errors[0].what

    old = tmp_path / "lama.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0 OLE")
    assert "terkunci kata sandi" in what(old)
    broken = tmp_path / "rusak.xlsx"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("x", "y")
    assert "rusak" in what(broken)
    document = tmp_path / "surat.docx"
    document.write_bytes(b"x")
    assert "tidak dibaca" in what(document)
    empty = tmp_path / "kosong.csv"
    empty.write_bytes(b"")
    assert "kosong" in what(empty)
    one_column = tmp_path / "satu-kolom.csv"
    one_column.write_text("Nama OPD\nDinas Kesehatan\n", encoding="utf-8")
    assert "tidak terbaca sebagai tabel" in what(one_column)
    letter = tmp_path / "surat.csv"
    letter.write_text("Yth. Bapak;\nDengan hormat;\n")
    assert "tidak ada baris judul" in what(letter)


CSV = (
    "Nama OPD{0}Jml Pegawai{0}Kebutuhan BW (Mbps){0}Biaya/bln{0}Lokasi\n"
    '"Dinas\nKesehatan"{0}50{0}150{0}"Rp 3.600.000,50"{0}kantor\n'
)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv(register: Path, tmp_path: Path, separator: str, encoding: str, newline: str) -> None:
    text = (CSV.format(separator) + f"Kecamatan Café{separator}5{separator}{separator}{separator}\n").replace(
        "\n", newline
    )
    path = tmp_path / "s.csv"
    path.write_bytes(text.encode(encoding))
    result = import_survey(register, [path], Answers(cells=()))
    assert [change.text for change in result.changes] == [
        "dinkes users: 45 → 50",
        "dinkes requested: 100 Mbps → 150 Mbps",
        "dinkes-lama monthly_cost: Rp 3.500.000 → Rp 3.600.000,50",
    ]
    assert any("Windows-1252" in note for note in result.notes) is (encoding == "cp1252")
    assert any("Kecamatan Café" in flag.what for flag in result.flags)


def test_csv_with_excels_own_separator_line(register: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(codecs.BOM_UTF8 + b"sep=;\nNama OPD;Jml Pegawai\nDinas Kesehatan;lima puluh\n")
    result = import_survey(register, [path], Answers())
    assert list(reasons(result)) == ["B3"]


def test_commas_inside_amounts_do_not_decide_the_separator(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("Nama OPD;Biaya/bln;Lokasi\nA;1.250.000,50;a, b, c\nB;2.000,00;d, e\n")

    def liked(sheet: Sheet) -> int:
        return score(sheet, {})

    (sheet,) = read_csv(path, liked)
    assert sheet.cell(2, 2).text == "1.250.000,50"


def test_repeated_header_and_rows_without_office(register: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text(
        "Nama OPD;Jml Pegawai;Pelayanan publik\nDinas Kesehatan;50;ya\n;;\n;12;ya\n"
        "Nama OPD;Jml Pegawai;Pelayanan publik\nDisdik;70;tidak\nDinas Sosial;;\n"
    )
    result = import_survey(register, [path], Answers())
    assert [change.text for change in result.changes] == ["dinkes users: 45 → 50", "disdik users: 60 → 70"]
    assert list(reasons(result)) == ["B4"]
    assert any("hanya nama" in note for note in result.notes)


@pytest.mark.parametrize("number", [1, 26, 27, 52, 53, 702, 703, 16384])
def test_column_letters(number: int) -> None:
    assert column_letters(number) == get_column_letter(number)
    last = column_letters(number + 2)
    assert range_columns(f"{column_letters(number)}5:{last}9") == range(number, number + 3)
