# SPDX-License-Identifier: GPL-3.0-or-later
"""Missing privileges and programs: one sentence that says what to do."""

import shutil

import pytest
from labkit import cli, machine
from labkit.errors import LabError


def test_without_root(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert cli.main(["up"]) == 1
    said = capsys.readouterr().err.strip()
    assert "sudo" in said
    assert len(said.splitlines()) == 1


def test_missing_programs_are_named_by_their_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    real = shutil.which
    gone = {"podman", "nsenter", "setpriv"}
    monkeypatch.setattr(shutil, "which", lambda name: None if name in gone else real(name) or f"/usr/bin/{name}")
    with pytest.raises(LabError) as error:
        machine.require()
    assert "apt-get install" in str(error.value)
    assert str(error.value).count("util-linux") == 1
    assert "podman" in str(error.value)
