# SPDX-License-Identifier: GPL-3.0-or-later
"""Replacing files together: all or none, and a process that dies at any step leaves nothing half done for good."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers import files
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.answers import Answers
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.files import (
    BusyError,
    FilesChangedError,
    pending,
    recover,
    replace_files,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.survey import Import, import_survey

from .conftest import HEADER, workbook
from .test_survey import DINKES, DISTAN

_STEPS = ("replace", "fsync", "unlink", "chmod")


@pytest.fixture
def planned(register: Path, tmp_path: Path) -> Import:
    result = import_survey(register, [workbook(tmp_path / "s.xlsx", [HEADER, DINKES, DISTAN])], Answers())
    assert list(result.after) == ["opds.yml", "bandwidth.yml", "circuits.yml"]
    return result


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def die_at(step: int, folder: Path, planned: Import) -> bool:
    """Run the replacement in a child that ends at its ``step``-th system call that matters; True when it got there."""
    child = os.fork()
    if child == 0:
        calls = 0

        def counted(name: str) -> None:
            original = getattr(os, name)

            def call(*arguments: object, **named: object) -> object:
                nonlocal calls
                calls += 1
                if calls == step:
                    os._exit(9)
                return original(*arguments, **named)

            setattr(os, name, call)

        for name in _STEPS:
            counted(name)
        try:
            replace_files(folder, planned.before, planned.after)
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9)
    return code == 9


def test_killed_at_every_step(register: Path, planned: Import) -> None:
    before = contents(register)
    after = {**before, **planned.after}
    step = unfinished = 0
    while True:
        step += 1
        for name, content in before.items():
            (register / name).write_bytes(content)
        if not die_at(step, register, planned):
            break
        assert load(register).register is not None, f"step {step}: a register that cannot be read"
        if pending(register):
            unfinished += 1
            recover(register)
            assert contents(register) == after, step
        else:
            now = {name: content for name, content in contents(register).items() if not name.startswith(".")}
            assert now in (before, after), step
            replace_files(register, {n: now[n] for n in planned.after}, planned.after)
            assert contents(register) == after, step
    assert contents(register) == after
    assert unfinished >= 3


def test_all_files_and_their_modes(register: Path, planned: Import) -> None:
    (register / "opds.yml").chmod(0o640)
    replace_files(register, planned.before, planned.after)
    assert {name: contents(register)[name] for name in planned.after} == planned.after
    assert (register / "opds.yml").stat().st_mode & 0o777 == 0o640
    assert not [name for name in contents(register) if name.startswith(".")]


def test_somebody_wrote_meanwhile(register: Path, planned: Import) -> None:
    (register / "circuits.yml").write_text("circuits: []\n")
    before = contents(register)
    with pytest.raises(FilesChangedError):
        replace_files(register, planned.before, planned.after)
    assert contents(register) == before


def test_somebody_wrote_between_the_interruption_and_the_recovery(register: Path, planned: Import) -> None:
    step = 1
    while not pending(register):
        assert die_at(step, register, planned)
        step += 1
    (register / "circuits.yml").write_text("circuits: []\n")
    with pytest.raises(FilesChangedError) as told:
        recover(register)
    assert told.value.file == "circuits.yml"
    assert (register / "circuits.yml").read_text() == "circuits: []\n"


def test_two_imports_at_once(register: Path, planned: Import) -> None:
    with files._locked(register), pytest.raises(BusyError):
        replace_files(register, planned.before, planned.after)


def test_disk_full_leaves_everything_as_it_was(
    register: Path, planned: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(register)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_files(register, planned.before, planned.after)
    assert contents(register) == before
