# SPDX-License-Identifier: GPL-3.0-or-later
"""A stage is written where it stands and nothing else of the file changes."""

from __future__ import annotations

import difflib
import shutil
from datetime import date
from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.errors import RolloutError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.stage_file import StageAt, staged

from .conftest import LAB

DAY = date(2026, 11, 22)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    folder = tmp_path / "lab"
    shutil.copytree(LAB, folder)
    return folder / "register"


def changed(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def test_one_stage_is_one_line_and_its_day_another(register: Path) -> None:
    before = (register / "opds.yml").read_text()
    assert staged(register, {"dinkes": StageAt("parallel", DAY)}).write()
    after = (register / "opds.yml").read_text()
    assert changed(before, after) == ["-    stage: cutover", "+    stage: parallel", "+    stage_since: 2026-11-22"]
    loaded = load(register).register
    assert loaded is not None
    assert (loaded.opd("dinkes").stage, loaded.opd("dinkes").stage_since) == ("parallel", DAY)


def test_going_back_leaves_the_file_as_it_was(register: Path) -> None:
    before = (register / "opds.yml").read_bytes()
    staged(register, {"dinkes": StageAt("parallel", DAY), "disdik": StageAt("parallel", DAY)}).write()
    staged(register, {"dinkes": StageAt("cutover", None), "disdik": StageAt("provisioned", None)}).write()
    assert (register / "opds.yml").read_bytes() == before


def test_comments_and_order_and_one_line_records_stay(register: Path) -> None:
    text = (
        "# Daftar OPD\nopds:\n- {code: dinkes, name: Dinas, kind: dinas, users: 4, public_service: true, priority: 1, "
        "stage: cutover,  coverage: {reachable: true}, locations: []}   # catatan\n"
    )
    (register / "opds.yml").write_text(text)
    file = staged(register, {"dinkes": StageAt("parallel", DAY)})
    assert file.after.decode() == text.replace("stage: cutover", "stage: parallel, stage_since: 2026-11-22")
    (register / "opds.yml").write_bytes(file.after)
    assert staged(register, {"dinkes": StageAt("cutover", None)}).after.decode() == text


def test_what_is_written_already_is_not_written_again(register: Path) -> None:
    goal = {"dinkes": StageAt("parallel", DAY)}
    assert staged(register, goal).write()
    assert not staged(register, goal).write()


def test_a_stage_that_would_make_the_folder_invalid_is_told_before(register: Path) -> None:
    text = (register / "opds.yml").read_text()
    lan = "        existing_lans: [10.20.0.0/24]\n"
    place = "        name: Kantor Dinas Pendidikan\n"
    assert place in text
    (register / "opds.yml").write_text(text.replace(place, place + lan))
    assert staged(register, {"disdik": StageAt("provisioned", None)}).errors() == ()
    errors = staged(register, {"disdik": StageAt("parallel", DAY)}).errors()
    assert [Path(error.file) for error in errors] == [register / "opds.yml"]


def test_somebody_else_s_writing_is_not_overwritten(register: Path) -> None:
    file = staged(register, {"dinkes": StageAt("parallel", DAY)})
    (register / "opds.yml").write_text((register / "opds.yml").read_text() + "# sunting\n")
    with pytest.raises(RolloutError, match="ditulis orang lain"):
        file.write()
    assert (register / "opds.yml").read_text().endswith("# sunting\n")
    assert [path.name for path in register.iterdir() if path.name.startswith(".")] == []


def test_an_office_that_left_the_register_is_told(register: Path) -> None:
    with pytest.raises(RolloutError, match="dikes"):
        staged(register, {"dikes": StageAt("parallel", DAY)})


def test_a_file_that_cannot_be_edited_with_certainty_is_left_alone(register: Path) -> None:
    text = (register / "opds.yml").read_text()
    (register / "opds.yml").write_text(
        text.replace("stage: provisioned", "stage: &dulu provisioned", 1).replace("stage: cutover", "stage: *dulu")
    )
    with pytest.raises(RolloutError):
        staged(register, {"dinkes": StageAt("parallel", DAY)})
