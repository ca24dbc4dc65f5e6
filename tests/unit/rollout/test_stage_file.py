# SPDX-License-Identifier: GPL-3.0-or-later
"""A stage is written where it stands and nothing else of the file changes."""

from __future__ import annotations

import difflib
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import STAGES, Opd, Stage
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


PAST = """\
    stage_since: 2026-10-26
    stage_history:
      - {stage: parallel, since: 2026-08-17, until: 2026-10-05}   # uji terima lama
      - {stage: accepted, since: 2026-10-05, until: 2026-10-26}
"""


@pytest.fixture
def dated(register: Path) -> Path:
    """dinkes is at cutover since 26 October, and what it went through before is written down."""
    path = register / "opds.yml"
    path.write_text(path.read_text().replace("    stage: cutover\n", f"    stage: cutover\n{PAST}", 1))
    assert load(register).register is not None
    return register


def history(register: Path) -> list[tuple[str, str, str]]:
    loaded = load(register).register
    assert loaded is not None, load(register).text()
    return [(past.stage, str(past.since), str(past.until)) for past in loaded.opd("dinkes").stage_history]


def test_the_stage_that_is_left_is_added_to_the_history(dated: Path) -> None:
    before = (dated / "opds.yml").read_text()
    assert staged(dated, {"dinkes": StageAt("terminated", DAY)}).write()
    assert changed(before, (dated / "opds.yml").read_text()) == [
        "-    stage: cutover",
        "-    stage_since: 2026-10-26",
        "+    stage: terminated",
        "+    stage_since: 2026-11-22",
        "+      - {stage: cutover, since: 2026-10-26, until: 2026-11-22}",
    ]
    assert history(dated)[-1] == ("cutover", "2026-10-26", "2026-11-22")


def test_a_history_begins_with_the_first_stage_whose_day_is_known(register: Path) -> None:
    staged(register, {"dinkes": StageAt("parallel", DAY)}).write()
    assert history(register) == []
    later = DAY.replace(month=12)
    staged(register, {"dinkes": StageAt("accepted", later)}).write()
    assert history(register) == [("parallel", "2026-11-22", "2026-12-22")]
    staged(register, {"dinkes": StageAt("parallel", later)}).write()  # ordered back on the same day
    assert history(register)[1:] == [("accepted", "2026-12-22", "2026-12-22")]


def test_who_was_brought_back_was_never_away(dated: Path) -> None:
    before = (dated / "opds.yml").read_bytes()
    staged(dated, {"dinkes": StageAt("terminated", DAY)}).write()
    staged(dated, {"dinkes": StageAt("cutover", date(2026, 10, 26))}).write()
    assert (dated / "opds.yml").read_bytes() == before


def test_the_only_stage_of_a_history_goes_with_its_key(register: Path) -> None:
    staged(register, {"dinkes": StageAt("cutover", DAY)}).write()
    before = (register / "opds.yml").read_bytes()
    staged(register, {"dinkes": StageAt("terminated", DAY.replace(month=12))}).write()
    assert (
        b"stage_history:\n      - {stage: cutover, since: 2026-11-22, until: 2026-12-22}"
        in (register / "opds.yml").read_bytes()
    )
    staged(register, {"dinkes": StageAt("cutover", DAY)}).write()
    assert (register / "opds.yml").read_bytes() == before


def test_who_is_ordered_back_leaves_a_trace(dated: Path) -> None:
    staged(dated, {"dinkes": StageAt("parallel", DAY)}).write()
    assert history(dated)[-1] == ("cutover", "2026-10-26", "2026-11-22")
    assert not staged(dated, {"dinkes": StageAt("parallel", DAY)}).write()


def test_a_run_that_goes_on_the_next_day_moves_the_end_of_the_former_stage(dated: Path) -> None:
    before = (dated / "opds.yml").read_bytes()
    staged(dated, {"dinkes": StageAt("terminated", DAY)}).write()
    staged(dated, {"dinkes": StageAt("terminated", DAY.replace(day=23))}).write()
    assert history(dated)[2:] == [("cutover", "2026-10-26", "2026-11-23")]
    staged(dated, {"dinkes": StageAt("cutover", date(2026, 10, 26))}).write()
    assert (dated / "opds.yml").read_bytes() == before


def test_a_day_before_the_present_stage_is_told_before_anything_is_written(dated: Path) -> None:
    errors = staged(dated, {"dinkes": StageAt("terminated", date(2026, 10, 1))}).errors()
    assert [error.key for error in errors] == ["opds[dinkes].stage_history[#3].until"]


@given(
    st.lists(
        st.tuples(st.sampled_from(STAGES), st.integers(0, 40), st.booleans(), st.booleans()), min_size=1, max_size=6
    )
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_walk_leaves_a_valid_history_of_just_that_walk(
    tmp_path_factory: pytest.TempPathFactory, walk: list[tuple[Stage, int, bool, bool]]
) -> None:
    """Steps forward and back after some days each; some fail, and a failed one leaves no byte."""
    folder = tmp_path_factory.mktemp("gov") / "lab" / "register"
    shutil.copytree(LAB, folder.parent)
    path, day = folder / "opds.yml", date(2026, 1, 5)
    known: list[tuple[Stage, date]] = []
    for stage, days, fails, again in walk:
        day += timedelta(days=days)
        present: Stage = load_opd(folder).stage
        if stage == present:
            continue
        before = path.read_bytes()
        staged(folder, {"dinkes": StageAt(stage, day)}).write()
        if again:
            assert not staged(folder, {"dinkes": StageAt(stage, day)}).write()
        if fails:
            former = StageAt(present, known[-1][1] if known else None)
            staged(folder, {"dinkes": former}).write()
            assert path.read_bytes() == before
        else:
            known.append((stage, day))
    assert load(folder).errors == ()
    opd = load_opd(folder)
    told = [(past.stage, past.since) for past in opd.stage_history]
    assert [*told, (opd.stage, opd.stage_since)] == (known or [("cutover", None)])


def load_opd(folder: Path) -> Opd:
    loaded = load(folder).register
    assert loaded is not None, load(folder).text()
    return loaded.opd("dinkes")
