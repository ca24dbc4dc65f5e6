# SPDX-License-Identifier: GPL-3.0-or-later
"""The survey in inventories/contoh, which the guide walks through."""

from __future__ import annotations

from pathlib import Path

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.answers import (
    Answers,
    read_answers,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.preview import preview
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.survey import import_survey

CONTOH = Path(__file__).parents[3] / "inventories" / "contoh"
SURVEY = CONTOH / "files" / "survei"


def test_without_answers_the_odd_cells_are_told() -> None:
    result = import_survey(CONTOH / "register", [SURVEY], Answers())
    assert result.errors == ()
    found = {flag.found for flag in result.flags}
    assert found >= {
        "1 gigabyte",
        "1000 bandwith",
        "30 MBps",
        "192.168.9.x",
        "±15",
        "Dinas Kominfo",
        "Kecamatan Misal Brat",
    }
    assert any(change.lowers for change in result.changes)


def test_with_the_answers_everything_is_settled() -> None:
    answers = read_answers(CONTOH / "files" / "jawaban-survei.yml")
    assert answers.answers is not None, answers.problems
    result = import_survey(CONTOH / "register", [SURVEY], answers.answers)
    assert result.errors == ()
    assert [flag.found for flag in result.flags] == []
    told = preview(result)
    assert "OPD baru: kec-seandainya (Kecamatan Seandainya)" in told
    assert "langganan baru: lama-balai-benih" in told
    assert "UNTUK BERKAS JAWABAN" not in told
