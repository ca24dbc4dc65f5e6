# SPDX-License-Identifier: GPL-3.0-or-later
"""A survey against a register: what is imported, what is flagged, and that nothing is converted in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.answer_sheet import answer_sheet
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.answers import (
    Answers,
    read_answers,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.survey import Import, import_survey
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register

from .conftest import HEADER, OPDS, Survey, reasons, workbook

CONTRACT = (date(2026, 1, 1), date(2026, 12, 31))
COLUMNS = (
    "name", "users", "public", "location", "requested", "provider", "media", "capacity", "cost", "start", "end",
    "budget", "lan",
)  # fmt: skip


def row(name: str, **values: object) -> list[object]:
    """A row with only these columns of HEADER."""
    assert values.keys() <= set(COLUMNS)
    return [name, *(values.get(column) for column in COLUMNS[1:])]


#: complete rows
DINKES = row(
    "Dinas Kesehatan",
    users=50,
    public="Ya",
    location="Kantor Dinkes",
    requested=120,
    provider="PT Dua Rekaan",
    media="FO",
    capacity="30 Mbps",
    cost="Rp 4.000.000",
    start=CONTRACT[0],
    end=CONTRACT[1],
    budget="DPA 3",
    lan="192.168.1.0/24",
)
DISTAN = row(
    "Dinas Pertanian",
    users="40 orang",
    public="tidak",
    location="Kantor",
    requested="25",
    provider="PT Tiga Rekaan",
    media="radio",
    capacity="20 Mbps",
    cost="1.250.000,50",
    start="1 Jan 2026",
    end="31/12/2026",
    budget="DPA 9",
    lan="192.168.20.0/24; 192.168.21.0/24",
)


def written(register: Path, result: Import) -> Register:
    assert not result.errors, result.errors
    for name, content in result.after.items():
        (register / name).write_bytes(content)
    loaded = load(register)
    assert loaded.register is not None, loaded.text()
    return loaded.register


def test_known_office_gets_its_figures(register: Path, survey: Survey) -> None:
    result = survey([DINKES])
    assert result.flags == ()
    after = written(register, result)
    dinkes, circuit = after.opd("dinkes"), after.circuit("dinkes-lama")
    assert (dinkes.users, after.bandwidth_of("dinkes").requested) == (50, 120_000_000)
    assert [str(network) for network in dinkes.locations[0].existing_lans] == ["192.168.1.0/24"]
    assert (circuit.capacity.domestic, circuit.capacity.international) == (30_000_000, 30_000_000)
    assert circuit.monthly_cost == 4_000_000
    text = (register / "opds.yml").read_text(encoding="utf-8")
    assert "code: dinkes   # kode lama: dkk" in text
    assert "  # Pindah gedung tahun depan.\n" in text
    assert "Rp 4.000.000   # belum termasuk PPN" in (register / "circuits.yml").read_text(encoding="utf-8")


def test_new_office_with_everything(register: Path, survey: Survey) -> None:
    result = survey([DISTAN])
    assert result.flags == ()
    after = written(register, result)
    opd, circuit = after.opd("distan"), after.circuit("lama-distan")
    assert (opd.kind, opd.users, opd.public_service, opd.stage, opd.priority) == ("dinas", 40, False, "surveyed", 3)
    assert [str(network) for network in opd.locations[0].existing_lans] == ["192.168.20.0/24", "192.168.21.0/24"]
    assert (circuit.kind, circuit.media, str(circuit.monthly_cost)) == ("own_subscription", "radio", "1250000.50")
    assert (circuit.contract.start, circuit.contract.end) == CONTRACT
    asked = after.bandwidth_of("distan")
    assert (asked.requested, asked.proposed, asked.granted, asked.allocated) == (25_000_000, None, None, None)
    told = " ".join(result.notes)
    for taken_for_granted in (
        "priority 3",
        "kode diusulkan",
        "jenis OPD diambil dari nama",
        "domestik dan internasional",
        "diputuskan orang di bandwidth.yml: distan",
    ):
        assert taken_for_granted in told


def test_the_second_time_nothing_changes(register: Path, survey: Survey) -> None:
    written(register, survey([DINKES, DISTAN]))
    again = survey([DINKES, DISTAN])
    assert (again.after, again.changes, again.flags) == ({}, (), ())


def test_only_records_of_the_survey_change(register: Path, survey: Survey) -> None:
    before = OPDS.splitlines()
    written(register, survey([DISTAN]))
    after = (register / "opds.yml").read_text(encoding="utf-8").splitlines()
    assert after[: len(before)] == before


def test_lower_figures_are_told(survey: Survey) -> None:
    result = survey([row("Dinas Kesehatan", users=40, requested=50)])
    assert [change.text for change in result.changes if change.lowers] == [
        "dinkes users: 45 → 40",
        "dinkes requested: 100 Mbps → 50 Mbps",
    ]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("requested", "1 gigabyte", "satuan byte"),
        ("requested", "100 MBps", "satuan byte"),
        ("requested", "1000 bandwith", "tidak dikenal"),
        ("requested", "1.500", "titik pada"),
        ("requested", "±50", "bukan angka pasti"),
        ("requested", "50-100", "bukan angka pasti"),
        ("requested", -5, "negatif"),
        ("requested", 0, "nol"),
        ("requested", "10%", "bukan angka pasti"),
        ("requested", date(2026, 5, 10), "tanggal"),
        ("requested", 1500, "sepuluh kali"),
        ("users", "sekitar 45", "bukan angka pasti"),
        ("users", 4500, "sepuluh kali"),
        ("users", 45.5, "bukan bilangan bulat"),
        ("public", "kadang", "bukan ya atau tidak"),
        ("lan", "192.168.1.x", "panjang subnet"),
        ("lan", "192.168.1.7/24", "bukan awal"),
        ("cost", "1,250,000", "penulisan rupiah"),
        ("cost", "3,5 juta", "memakai kata"),
        ("cost", 35_000_000, "sepuluh kali"),
        ("cost", "Rp 10.000.000", "batas wajar"),
        ("capacity", 30, "tidak bersatuan"),
        ("end", "05/06/2026", "dapat berarti"),
        ("end", "31/12/26", "dua angka"),
        ("end", "Desember 2026", "tidak menyebut harinya"),
        ("end", "46022", "kehilangan formatnya"),
        ("media", "satelit", "tidak dikenal"),
    ],
)
def test_odd_cells_are_flagged_and_left_out(survey: Survey, column: str, value: object, reason: str) -> None:
    # `capacity` beside `cost`: a price is judged by both
    cells: dict[str, object] = {"location": "kantor", column: value}
    if column == "cost":
        cells["capacity"] = "20 Mbps"
    result = survey([row("Dinas Kesehatan", **cells)])
    assert (result.after, result.changes) == ({}, ())
    (flag,) = result.flags
    assert reason in flag.what, flag
    assert flag.action
    assert flag.office == "Dinas Kesehatan"
    assert flag.place.row == 2


def test_one_odd_cell_does_not_hold_up_the_others(register: Path, survey: Survey) -> None:
    result = survey([row("Dinas Kesehatan", users=50, requested="1 gigabyte")])
    after = written(register, result)
    assert after.opd("dinkes").users == 50
    assert after.bandwidth_of("dinkes").requested == 100_000_000


def test_a_new_office_that_is_not_complete_is_not_written(survey: Survey) -> None:
    result = survey([row("Dinas Pertanian", requested=20)])
    assert result.after == {}
    assert {"B2", "C2"} <= reasons(result).keys()


def test_a_column_that_is_missing_is_told_once(survey: Survey) -> None:
    header = [title for title in HEADER if title != "Media"]
    rows = [[cell for n, cell in enumerate(DISTAN) if HEADER[n] != "Media"] for _ in range(2)]
    rows[1][0] = "Dinas Perikanan"
    result = survey(rows, header)
    (flag,) = result.flags
    assert "tidak ada kolom 'Media sambungan'" in flag.what
    assert "Dinas Pertanian, Dinas Perikanan" in flag.what
    filled = survey(rows, header, {"when_empty": {"media": "radio"}})
    assert filled.flags == ()
    assert sum(change.text.startswith("langganan baru") for change in filled.changes) == 2


def test_same_office_twice(survey: Survey) -> None:
    same = survey([DINKES, DINKES])
    assert same.flags == ()
    assert any("digabung" in note for note in same.notes)
    other = list(DINKES)
    other[1] = 55
    different = survey([DINKES, other])
    assert different.after == {}
    assert set(reasons(different)) == {"B2", "B3"}


def test_two_rows_that_complete_each_other_are_one(register: Path, survey: Survey) -> None:
    after = written(
        register,
        survey(
            [row("Dinas Kesehatan", users=50, location="kantor"), row("DINKES", location="Kantor Dinkes", requested=90)]
        ),
    )
    assert (after.opd("dinkes").users, after.bandwidth_of("dinkes").requested) == (50, 90_000_000)


def test_figures_of_the_whole_office_must_agree_between_its_places(survey: Survey) -> None:
    rows = [
        row("Dinas Kesehatan", location="kantor", users=30),
        row("Dinas Kesehatan", location="Gudang Farmasi", users=20),
    ]
    result = survey(rows)
    assert set(reasons(result)) == {"B2", "B3"}
    assert "seluruh OPD" in result.flags[0].what


@pytest.mark.parametrize(
    "name",
    [
        "DINAS KESEHATAN",
        "Dinas  Kesehatan.",
        "Dinas Kesehatan Kabupaten Uji",
        "dinas kesehatan kab. uji",
        "Dinkes",
        "DINKES",
    ],
)
def test_names_that_are_the_same(survey: Survey, name: str) -> None:
    result = survey([row(name, users=50)])
    assert [change.text for change in result.changes] == ["dinkes users: 45 → 50"]


@pytest.mark.parametrize("name", ["Dinas Kesehatn", "Dinas Pendidikan & Kebudayan", "Disdikk"])
def test_near_names_are_questions(survey: Survey, name: str) -> None:
    result = survey([row(name, users=50, public="ya")])
    assert result.after == {}
    (flag,) = result.flags
    assert "mirip" in flag.what
    assert "offices:" in flag.action
    code = "dinkes" if "Kes" in name else "disdik"
    assert survey([row(name, users=50)], answers={"offices": {name: code}}).changes[0].text.startswith(f"{code} users")
    if name == "Disdikk":  # does not say what kind of office it is
        return
    new = survey([row(name, users=50, public="ya")], answers={"new_offices": {name: "lain"}})
    assert new.changes[0].text.startswith("OPD baru: lain")


def test_two_spellings_of_a_new_office_are_a_question(survey: Survey) -> None:
    result = survey([row("Dinas Pertanian", users=5, public="ya"), row("Dinas Pertania", users=5, public="ya")])
    assert result.after == {}
    assert set(reasons(result)) == {"A2", "A3"}


def test_neighbouring_offices_are_no_question(survey: Survey) -> None:
    names = ["Kecamatan Utara", "Kecamatan Selatan", "SMP Negeri 1 Uji", "SMP Negeri 2 Uji", "Kelurahan Utara"]
    result = survey([row(name, users=5, public="ya") for name in names])
    assert result.flags == ()
    assert len(result.changes) == 5


def test_unknown_place_of_a_known_office_is_a_question(survey: Survey) -> None:
    result = survey([row("Dinas Kesehatan", location="Gedung Baru", lan="10.0.0.0/24")])
    assert result.after == {}
    (flag,) = result.flags
    assert "new_locations: {'dinkes/Gedung Baru': gedung-baru}" in flag.action
    new = survey(
        [row("Dinas Kesehatan", location="Gedung Baru", lan="10.0.0.0/24")],
        answers={"new_locations": {"dinkes/Gedung Baru": "gedung-baru"}},
    )
    assert "lokasi baru: dinkes/gedung-baru (Gedung Baru)" in [change.text for change in new.changes]


def test_an_office_with_two_places_must_say_which(survey: Survey) -> None:
    assert "beberapa lokasi" in reasons(survey([row("Dinas Kesehatan", lan="10.0.0.0/24")]))["D2"]
    assert survey([row("Dinas Kesehatan", users=50)]).flags == ()


def test_text_that_people_wrote_is_not_replaced(survey: Survey) -> None:
    header = [*HEADER, "Alamat"]
    result = survey(
        [[*row("Dinas Kesehatan", location="kantor", provider="PT Dua Rekaan", budget="DPA 77"), "Jl. Lain 9"]], header
    )
    assert result.after == {}
    assert [flag.place.ref for flag in result.flags] == ["L2", "N2"]
    same = survey([[*row("Dinas Kesehatan", location="kantor"), "jalan rekaan no 2"]], header)
    assert (same.flags, same.changes) == ((), ())


def test_text_is_replaced_when_a_person_confirms_the_cell(register: Path, survey: Survey) -> None:
    cells = [{"sheet": "Survei", "cell": "N2", "found": "Jl. Lain 9", "reason": "surat pindah"}]
    rows = [[*row("Dinas Kesehatan", location="kantor"), "Jl. Lain 9"]]
    result = survey(rows, [*HEADER, "Alamat"], {"cells": cells})
    assert written(register, result).opd("dinkes").locations[0].address == "Jl. Lain 9"


def test_a_name_that_does_not_tell_its_kind(survey: Survey) -> None:
    rows = [row("Balai Perbenihan", users=5, public="ya")]
    assert "Jenis OPD" in survey(rows).flags[0].what
    told = survey(rows, answers={"when_empty": {"opd_kind": "lainnya"}})
    assert told.flags == ()
    assert told.changes[0].text.startswith("OPD baru: balai-perbenihan")


def test_another_provider_is_a_question(survey: Survey) -> None:
    other = list(DINKES)
    other[5] = "PT Empat Rekaan"
    assert "langganan lain" in reasons(survey([other]))["F2"]


def test_networks_are_added_never_removed(register: Path, survey: Survey) -> None:
    written(register, survey([DINKES]))
    after = written(register, survey([row("Dinas Kesehatan", location="kantor", lan="192.168.2.0/24")]))
    assert [str(n) for n in after.opd("dinkes").locations[0].existing_lans] == ["192.168.1.0/24", "192.168.2.0/24"]


def test_a_person_corrects_and_confirms_cells(register: Path, survey: Survey) -> None:
    rows = [row("Dinas Kesehatan", requested="1 gigabyte", users=4500)]
    cells = [
        {"sheet": "Survei", "cell": "E2", "found": "1 gigabyte", "use": "900 Mbps", "reason": "telepon 21/11"},
        {"sheet": "Survei", "cell": "B2", "found": "4500", "reason": "termasuk kader"},
    ]
    result = survey(rows, answers={"cells": cells})
    assert result.flags == ()
    assert written(register, result).opd("dinkes").users == 4500
    stale = survey([row("Dinas Kesehatan", requested="2 gigabyte", users=4500)], answers={"cells": cells})
    assert "kini '2 gigabyte'" in stale.errors[0].what


def test_far_from_the_median(survey: Survey) -> None:
    rows = [row(f"Kecamatan {name}", users=10, public="ya") for name in ("Utara", "Selatan", "Timur", "Barat")]
    result = survey([*rows, row("Kecamatan Tengah", users=100, public="ya")])
    assert "nilai tengah" in reasons(result)["B6"]
    assert len(result.changes) == 4


def test_the_result_must_be_a_valid_register(register: Path, tmp_path: Path) -> None:
    (register / "circuits.yml").write_text("circuits: [\n", encoding="utf-8")
    path = workbook(tmp_path / "s.xlsx", [HEADER, DINKES])
    result = import_survey(register, [path], Answers())
    assert result.errors
    assert result.after == {}


def test_a_result_that_breaks_a_rule_is_not_offered(survey: Survey) -> None:
    """Codes that make one Ansible group: only the rules between records see it."""
    rows = [
        [*row("Dinas A", users=5, public="ya", location="b"), "x-a"],
        [*row("Dinas C", users=5, public="ya", location="a-b"), "x"],
    ]
    result = survey(rows, [*HEADER, "Kode OPD"])
    assert "grup Ansible" in result.errors[0].what
    assert result.errors[0].file.endswith("uji/register/opds.yml")
    assert result.after == {}


def test_several_files_and_a_folder(register: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    folder.mkdir()
    workbook(folder / "dinkes.xlsx", [HEADER, DINKES])
    workbook(folder / "distan.xlsx", [HEADER, DISTAN])
    (folder / "~$distan.xlsx").write_text("kunci Excel")
    result = import_survey(register, [folder], Answers())
    assert result.read == ("dinkes.xlsx", "distan.xlsx")
    assert (result.rows, result.flags) == (2, ())
    missing = import_survey(register, [tmp_path / "tidak-ada.xlsx"], Answers())
    assert "tidak ada" in missing.errors[0].what


def test_the_answers_file_is_offered_ready_to_complete(survey: Survey, tmp_path: Path) -> None:
    rows = [
        row("Dinas Kesehatn", users=50),
        row("Dinas Kesehatan", location="Gedung: Baru", lan="10.0.0.0/24"),
        row("Disdik", requested="1 gigabyte", users=70),
    ]
    header = [*HEADER, "Bandwith"]
    first = survey([[*cells, 5] for cells in rows], header)
    offered = answer_sheet(first.flags)
    assert read(tmp_path, offered) == Answers()  # nothing is answered as long as all of it is a comment
    for line in (
        "Bandwith: ignore",
        "Dinas Kesehatn: dinkes",
        "'dinkes/Gedung: Baru': gudang",
        "- {sheet: Survei, cell: E4, found: 1 gigabyte, use: …, reason: …}",
    ):
        assert f"  # {line}" in offered.splitlines(), offered
        offered = offered.replace(f"# {line}", line.replace("use: …, reason: …", "use: 90 Mbps, reason: telepon"))
    answers = read(tmp_path, offered)
    again = survey([[*cells, 5] for cells in rows], header, answers.model_dump(exclude_unset=True))
    assert {change.text for change in again.changes} >= {
        "dinkes users: 45 → 50",
        "dinkes/gudang existing_lans: tambah 10.0.0.0/24",
        "disdik requested: 50 Mbps → 90 Mbps",
        "disdik users: 60 → 70",
    }
    assert again.flags == ()


def read(folder: Path, text: str) -> Answers:
    (folder / "jawaban.yml").write_text(text, encoding="utf-8")
    result = read_answers(folder / "jawaban.yml")
    assert result.answers is not None, result.problems
    return result.answers


def test_mistakes_in_the_answers_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "jawaban.yml"
    path.write_text("headers:\n  Bandwith: kapasitas\noffice:\n  A: b\ncells:\n  - {cell: C4, found: x}\n")
    result = read_answers(path)
    assert result.answers is None
    assert [(problem.line, problem.key) for problem in result.problems] == [
        (2, "headers.Bandwith"),
        (3, "office"),
        (6, "cells[#1].reason"),
    ]
