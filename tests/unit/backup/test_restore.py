# SPDX-License-Identifier: GPL-3.0-or-later
"""Which place a lost server is restored from, and what is never overwritten."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from terpusat_backup import restore, restore_test, retention
from terpusat_backup.errors import BackupError
from terpusat_backup.repository import Snapshot
from terpusat_backup.settings import Place, client_of

PLACES = tuple(Place(name, f"https://{name}", "srv1.repo", "x", "y") for name in ("srv2", "srv3", "luar"))


def snapshot(at: float, name: str = "s") -> Snapshot:
    return Snapshot(name, datetime.fromtimestamp(at, UTC), ("data",), "srv1")


def test_the_newest_backup_of_those_that_answer_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def newest(repository: Any, _host: str) -> Snapshot:
        if repository.place.name == "srv3":
            raise BackupError("srv3 tidak dapat dihubungi")
        return snapshot({"srv2": 100, "luar": 200}[repository.place.name])

    monkeypatch.setattr(restore, "newest", newest)
    repository, found, away = restore._choose(PLACES, "srv1")
    assert (repository.place.name, found.time.timestamp(), away) == ("luar", 200, ["srv3 tidak dapat dihubungi"])
    monkeypatch.setattr(restore, "newest", lambda *_: (_ for _ in ()).throw(BackupError("mati")))
    with pytest.raises(BackupError, match=r"Tidak ada cadangan srv1 .* mati mati mati"):
        restore._choose(PLACES, "srv1")


def test_newer_data_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restore, "APPLICATIONS", tmp_path)
    data = tmp_path / "simpus" / "shared" / "data"
    data.mkdir(parents=True)
    (data / "a").write_text("x")
    restore._refuse_newer(["simpus", "belum-ada"], snapshot(time.time() + 60))
    with pytest.raises(BackupError, match="lebih baru daripada cadangan"):
        restore._refuse_newer(["simpus"], snapshot(time.time() - 60))


def test_a_request_is_removed_once_read(tmp_path: Path) -> None:
    path = tmp_path / "restore.json"
    path.write_text(json.dumps({"name": "srv1"}))
    assert restore.request(path) == {"name": "srv1"}
    assert not path.exists()
    path.write_text("{")
    with pytest.raises(BackupError):
        restore.request(path)
    assert not path.exists(), "a torn one holds passwords too"


def test_a_manifest_of_another_snapshot_is_never_used() -> None:
    class Repository:
        place = PLACES[0]

        def snapshots(self, _tag: str, _host: str) -> list[Snapshot]:
            return [snapshot(300, "m2"), snapshot(100, "m1")]

        def dump(self, name: str, _path: str) -> bytes:
            return json.dumps({"snapshot": {"m1": "aaaa", "m2": "bbbb"}[name]}).encode()

    taken: Any = Repository()
    assert restore_test.manifest_for(taken, snapshot(100, "aaaa1234"), "srv1").snapshot == "aaaa"
    with pytest.raises(BackupError, match="tidak punya daftar checksum"):
        restore_test.manifest_for(taken, snapshot(200, "cccc1234"), "srv1")


def test_a_date_that_is_not_the_day_it_came(tmp_path: Path) -> None:
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "s").write_text("")
    os.utime(tmp_path / "snapshots" / "s", (1000000, 1000000))
    assert not retention._dated_by_hand(tmp_path, snapshot(1000000 + 3600))
    assert retention._dated_by_hand(tmp_path, snapshot(1000000 + 3 * 86400)), "the future"
    assert retention._dated_by_hand(tmp_path, snapshot(1000000 - 3 * 86400)), "the past"


def test_each_client_has_a_folder_of_its_own() -> None:
    client = client_of({"name": "srv1", "places": [PLACES[0].__dict__]})
    assert client.places[0].address == "https://srv2/srv1.repo/"
