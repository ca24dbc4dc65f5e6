# SPDX-License-Identifier: GPL-3.0-or-later
"""Dumps in a backup. Engines are asked in molecule/backup; here are those that do not run."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from terpusat_backup import databases, engines, state
from terpusat_backup.errors import BackupError


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    folder = Path(f"{tmp_path}{databases.FOLDER}") / "postgresql"
    folder.mkdir(parents=True)
    (folder / "simpus.dump").write_bytes(b"isi")
    told: dict[str, Any] = {"code": "simpus", "file": "simpus.dump", "rows": {"public.pasien": 3}}
    told["sha256"] = hashlib.sha256(b"isi").hexdigest()
    (folder / "simpus.json").write_text(json.dumps(told))
    return folder / "simpus.dump"


def judged(root: Path) -> databases.Judged:
    (found,) = databases.judge(root)
    return found


@pytest.mark.usefixtures("dump")
def test_without_its_engine_rows_are_said_to_be_unverified(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(engines, "runs", lambda _engine: False)
    assert judged(tmp_path).problems == ()
    assert judged(tmp_path).rows == "baris tidak diperiksa: postgresql tidak berjalan di server ini"


def test_a_dump_that_changed_is_named(dump: Path, tmp_path: Path) -> None:
    dump.write_bytes(b"isj")
    assert judged(tmp_path).problems == ("dump postgresql/simpus bukan yang dibuat waktu itu",)
    dump.unlink()
    assert "tidak terbaca" in judged(tmp_path).problems[0]


@pytest.mark.parametrize(
    ("found", "problems"),
    [({"public.pasien": 3}, ()), ({"public.pasien": 2}, ("2 baris, seharusnya 3",)), ({}, ("tidak ada baris",))],
)
@pytest.mark.usefixtures("dump")
def test_rows_are_compared_and_the_trial_is_dropped(
    tmp_path: Path, monkeypatch: Any, found: dict[str, int], problems: tuple[str, ...]
) -> None:
    dropped: list[str] = []
    monkeypatch.setattr(engines, "runs", lambda _engine: True)
    monkeypatch.setattr(engines, "create", lambda *_: None)
    monkeypatch.setattr(engines, "load", lambda *_: None)
    monkeypatch.setattr(engines, "rows", lambda *_: found)
    monkeypatch.setattr(engines, "drop", lambda _engine, name: dropped.append(name))
    result = judged(tmp_path)
    assert len(result.problems) == len(problems)
    assert all(part in told for part, told in zip(problems, result.problems, strict=True))
    assert dropped == [databases.TRIAL]


def test_a_database_with_tables_is_not_overwritten_without_a_word(monkeypatch: Any, tmp_path: Path) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(databases, "LOADED", tmp_path / "loaded.json")
    monkeypatch.setattr(engines, "tables", lambda *_: ["public.pasien"])
    monkeypatch.setattr(engines, "load", lambda *_arguments, **_more: loaded.append("x"))
    monkeypatch.setattr(engines, "rows", lambda *_: {"public.pasien": 3})
    dumps = [{"engine": "postgresql", "code": "simpus", "file": "/x", "rows": {"public.pasien": 3}}]
    wanted = [{"engine": "postgresql", "code": "simpus", "name": "simpus"}]
    with pytest.raises(BackupError, match="sudah berisi"):
        databases.load_all(dumps, wanted, "s1", overwrite=False)
    assert loaded == []
    assert "3 baris di 1 tabel, cocok" in databases.load_all(dumps, wanted, "s1", overwrite=True)[0]
    assert state.read(tmp_path / "loaded.json") == {"postgresql/simpus": "s1"}
    assert "sudah dimuat" in databases.load_all(dumps, wanted, "s1", overwrite=False)[0], "a repetition loads nothing"
    assert loaded == ["x"]
    with pytest.raises(BackupError, match="tidak memuat dump postgresql untuk lain"):
        databases.load_all(dumps, [{**wanted[0], "code": "lain"}], "s1", overwrite=False)


@pytest.mark.parametrize("name", ["", "a;b", "A", "a b", "../x", "1a"])
def test_no_name_becomes_a_command(name: str) -> None:
    with pytest.raises(BackupError):
        engines.create("mariadb", name)
