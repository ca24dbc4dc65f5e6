# SPDX-License-Identifier: GPL-3.0-or-later
"""The empty form: the import understands every header of it, and what is committed is what the code makes."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl import Workbook

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers import form
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.answers import Answers
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.cells import Cell, Place
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.columns import BY_KEY
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.headers import recognise
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.survey import import_survey
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.values import parse

FOLDER = Path(__file__).parents[3] / "docs" / "formulir"


def content(book: Workbook) -> list[object]:
    """Cells, formats and rules: all that a person meets in the workbook."""
    found: list[object] = []
    for sheet in book.worksheets:
        found.append((sheet.title, sheet.sheet_state, sheet.freeze_panes))
        found += [
            (c.coordinate, c.value, c.number_format) for row in sheet.iter_rows() for c in row if c.value is not None
        ]
        found += sorted((str(rule.sqref), rule.type, rule.formula1) for rule in sheet.data_validations.dataValidation)
    return found


def test_committed_form_is_what_the_code_makes() -> None:
    assert content(openpyxl.load_workbook(FOLDER / f"{form.NAME}.xlsx")) == content(form.workbook())
    assert (FOLDER / f"{form.NAME}.csv").read_bytes().decode("utf-8-sig") == form.csv_text()


def test_the_same_form_is_the_same_file(tmp_path: Path) -> None:
    first, second = (form.write_form(tmp_path / name, ["A"])[0].read_bytes() for name in ("a", "b"))
    assert first == second
    assert b"2026-01-01T00:00:00Z" in zipfile.ZipFile(tmp_path / "a" / f"{form.NAME}.xlsx").read("docProps/core.xml")


def test_every_header_and_example_is_understood() -> None:
    for key, unit, example, _ in form.COLUMNS:
        header = recognise(form.header(key, unit), {})
        assert (header.reading, header.column) == ("known", BY_KEY[key]), key
        parse(Cell(Place("", "", 1, 1), "text", example), BY_KEY[key], header.unit)
        for choice in form.CHOICES.get(key, ()):
            parse(Cell(Place("", "", 1, 1), "text", choice), BY_KEY[key], header.unit)


def test_filled_in_and_sent_back(register: Path, tmp_path: Path) -> None:
    book = form.workbook(["Dinas Kesehatan", "Dinas Pendidikan dan Kebudayaan"])
    sheet = book["Survei"]
    values = [
        "Dinas Kesehatan", 50, "ya", "Kantor Dinkes", None, None, 120, "192.168.1.0/24", "PT Dua Rekaan", "serat optik",
        "utama", 30, 4000000, date(2026, 1, 1), date(2026, 12, 31), "DPA 3",
    ]  # fmt: skip
    for column, value in enumerate(values, start=1):
        if value is not None:
            sheet.cell(5, column, value)
    book.save(tmp_path / "dinkes.xlsx")
    result = import_survey(register, [tmp_path / "dinkes.xlsx"], Answers())
    assert result.flags == ()
    assert [change.text for change in result.changes] == [
        "dinkes users: 45 → 50",
        "dinkes/kantor existing_lans: tambah 192.168.1.0/24",
        "dinkes requested: 100 Mbps → 120 Mbps",
        "dinkes-lama capacity.domestic: 20 Mbps → 30 Mbps",
        "dinkes-lama capacity.international: 20 Mbps → 30 Mbps",
        "dinkes-lama monthly_cost: Rp 3.500.000 → Rp 4.000.000",
    ]


def test_an_empty_form_changes_nothing(register: Path, tmp_path: Path) -> None:
    for path in form.write_form(tmp_path / "formulir", ["Dinas Kesehatan"]):
        result = import_survey(register, [path], Answers())
        assert (result.flags, result.changes, result.errors) == ((), (), ())


def test_form_with_the_offices_of_a_register(register: Path, tmp_path: Path) -> None:
    assert form.main([str(register), str(tmp_path / "keluar")]) == 0
    book = openpyxl.load_workbook(tmp_path / "keluar" / f"{form.NAME}.xlsx")
    assert [row[0].value for row in book["Daftar OPD"].iter_rows(min_row=2)] == [
        "Dinas Kesehatan",
        "Dinas Pendidikan dan Kebudayaan",
    ]
    assert any(rule.formula1 == "'Daftar OPD'!$A$2:$A$3" for rule in book["Survei"].data_validations.dataValidation)
    assert form.main([str(tmp_path / "tidak-ada"), str(tmp_path)]) == 1
