# SPDX-License-Identifier: GPL-3.0-or-later
"""Surveys that once were read as something else than they say: each is flagged or refused, the rest is imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.answers import Answers
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.survey import Import, import_survey

from .conftest import HEADER, Survey, reasons

KNOWN = "Dinas Kesehatan"
OTHER = "Dinas Pendidikan dan Kebudayaan"


def _csv(register: Path, content: str | bytes) -> Import:
    path = register.parent / "kiriman.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_survey(register, [path], Answers())


def _row(**values: object) -> list[object]:
    """A row of HEADER; ``users`` and so on by the column's place."""
    places = {"name": 0, "users": 1, "public": 2, "place": 3, "asks": 4, "cost": 8, "start": 9, "end": 10, "lan": 12}
    row: list[object] = [None] * len(HEADER)
    for key, value in values.items():
        row[places[key]] = value
    return row


def _changed(result: Import) -> list[str]:
    return [change.text for change in result.changes]


@pytest.mark.parametrize(
    "rows",
    [
        f'"{KNOWN};50;80\n{OTHER};70;90\n',
        f'{KNOWN};50;"80\n{OTHER};70;90\n',
        f'{KNOWN};50;80\n"Dinas" {OTHER};70;90\n',
    ],
)
def test_a_quotation_mark_that_is_not_closed_swallows_no_rows(register: Path, rows: str) -> None:
    result = _csv(register, "Nama OPD;Jml Pegawai;Kebutuhan BW (Mbps)\n" + rows)
    assert "tanda kutip" in result.errors[0].what
    assert f"baris {3 if rows.startswith(KNOWN + ';50;80') else 2} " in result.errors[0].what
    assert not result.after


def test_a_quotation_mark_inside_a_cell_and_lines_in_quotes_are_fine(register: Path) -> None:
    result = _csv(register, f'Nama OPD;Jml Pegawai;Catatan\n{KNOWN};50;gedung "lama"\n"{OTHER}";70;"dua\nbaris"\n')
    assert _changed(result) == ["dinkes users: 45 → 50", "disdik users: 60 → 70"]


def test_utf_16_cut_off_inside_a_letter(register: Path) -> None:
    whole = f"\ufeffNama OPD;Jml Pegawai\n{KNOWN};50\n".encode("utf-16-le")
    assert _changed(_csv(register, whole)) == ["dinkes users: 45 → 50"]
    assert "terpotong" in _csv(register, whole + b"a").errors[0].what


@pytest.mark.parametrize("title", ["", "Tabel 2;;\n"])
def test_a_second_table_with_its_columns_in_another_order(register: Path, title: str) -> None:
    first = f"Nama OPD;Jml Pegawai;Kebutuhan BW (Mbps)\n{KNOWN};50;80\n\n"
    result = _csv(register, first + title + f"Nama OPD;Kebutuhan BW (Mbps);Jml Pegawai\n{OTHER};70;55\n")
    assert _changed(result) == ["dinkes users: 45 → 50", "dinkes requested: 100 Mbps → 80 Mbps"]
    assert any("judul tabel lain" in flag.what for flag in result.flags)


def test_letters_that_only_look_like_ours(survey: Survey) -> None:
    result = survey([_row(name="Dinas K\u0435sehatan", users=50, public="ya")])  # a Cyrillic letter
    assert "bukan huruf Latin" in reasons(result)["A2"]
    assert not result.changes


@pytest.mark.parametrize(
    "name", ["Dinas Kes\u00e9hatan", "\uff24inas Kesehatan", "Dinkes Kab. Uji", "DINKES KABUPATEN UJI"]
)
def test_spellings_that_are_certain(survey: Survey, name: str) -> None:
    result = survey([_row(name=name, users=50, public=None)])
    assert _changed(result) == ["dinkes users: 45 → 50"]


@pytest.mark.parametrize("network", ["0.0.0.0/0", "127.0.0.0/8", "224.0.0.0/4", "169.254.0.0/16", "240.0.0.0/8"])
def test_networks_that_no_office_can_have(survey: Survey, network: str) -> None:
    result = survey([_row(name=OTHER, users=70, lan=network)])
    assert "tidak mungkin" in reasons(result)["M2"]
    assert _changed(result) == ["disdik users: 60 → 70"]


def test_nothing_where_the_register_knows_a_price_is_a_question(survey: Survey) -> None:
    result = survey([_row(name=KNOWN, place="Kantor Dinkes", cost="0")])
    assert "padahal register mencatat" in reasons(result)["I2"]
    assert not result.changes


def test_a_contract_that_ends_before_it_begins_holds_up_nothing_else(survey: Survey) -> None:
    rows = [_row(name=KNOWN, place="Kantor Dinkes", start="1 Mei 2027", users=46), _row(name=OTHER, users=70)]
    result = survey(rows)
    assert not result.errors
    assert "sebelum mulai" in reasons(result)["J2"]
    assert _changed(result) == ["dinkes users: 45 → 46", "disdik users: 60 → 70"]
    both = survey([_row(name=KNOWN, place="Kantor Dinkes", start="1 Mei 2027", end="1 April 2027")])
    assert reasons(both).keys() == {"J2", "K2"}


@pytest.mark.parametrize("text", ["1,500", "1,500 Mbps", "12,500 kbps"])
def test_three_figures_behind_a_comma_may_be_thousands(survey: Survey, text: str) -> None:
    result = survey([_row(name="Dinas Rekaan", users=50, public="ya", asks=text)])
    assert "pemisah ribuan" in reasons(result)["E2"]
    assert not any("meminta" in text for text in _changed(result))


@pytest.mark.parametrize(
    "header", ["Jml Pegawai (ratus)", "Jml Pegawai (x10)", "Jml Pegawai (ribuan)", "Jml Pegawai (orang per bidang)"]
)
def test_a_unit_in_the_header_that_changes_every_figure(survey: Survey, header: str) -> None:
    result = survey([[KNOWN, 5, "ya"]], header=["Nama OPD", header, "Pelayanan publik"])
    assert "mengubah arti" in reasons(result)["B1"]
    assert not any("users" in text for text in _changed(result))


def test_files_of_a_folder_that_are_passed_over_are_told(register: Path) -> None:
    folder = register.parent / "kiriman"
    folder.mkdir()
    (folder / "a.csv").write_text(f"Nama OPD;Jml Pegawai\n{KNOWN};50\n", encoding="utf-8")
    for name in ("b.xls", "c.ods", "surat.pdf", ".kunci", "~$a.xlsx"):
        (folder / name).write_bytes(b"x")
    result = import_survey(register, [folder], Answers())
    assert [flag.place.file for flag in result.flags] == ["b.xls", "c.ods"]
    assert [note for note in result.notes if "surat.pdf" in note and "kunci" not in note]
    assert _changed(result) == ["dinkes users: 45 → 50"]
