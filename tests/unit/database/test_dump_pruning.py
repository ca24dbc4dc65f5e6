# SPDX-License-Identifier: GPL-3.0-or-later
"""What terpusat-dump throws away: nothing that any moment of the promised days needs."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[3] / "roles" / "database" / "files" / "terpusat-dump.py"


@pytest.fixture(scope="module")
def script() -> Any:
    spec = importlib.util.spec_from_file_location("terpusat_dump", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def base(folder: Path, days: float, segment: int) -> str:
    """A base backup of so many days ago that begins in this segment (of 16 MB)."""
    name = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y%m%dT%H%M%SZ")
    (folder / "base" / name).mkdir(parents=True)
    manifest = {"WAL-Ranges": [{"Timeline": 1, "Start-LSN": f"{segment >> 8:X}/{(segment & 255) << 24 | 40:X}"}]}
    (folder / "base" / name / "backup_manifest").write_text(json.dumps(manifest))
    return name


def test_the_newest_base_before_the_first_day_stays_and_the_wal_since_it(script: Any, tmp_path: Path) -> None:
    gone = [base(tmp_path, 9.5, 250)]
    kept = [base(tmp_path, 7.5, 260), base(tmp_path, 6.5, 270), base(tmp_path, 0.1, 300)]
    (tmp_path / "wal").mkdir()
    names = [f"00000001{number >> 8:08X}{number & 255:08X}" for number in (250, 259, 260, 300)]
    names += ["000000020000000100000000", f"00000001{260 >> 8:08X}{260 & 255:08X}.00000028.backup", "00000002.history"]
    for name in names:
        (tmp_path / "wal" / f"{name}.gz").touch()
    script.prune_bases(tmp_path, 7)
    assert sorted(path.name for path in (tmp_path / "base").iterdir()) == sorted(kept)
    assert gone[0] not in kept
    left = {path.name.removesuffix(".gz") for path in (tmp_path / "wal").iterdir()}
    # 0x100 is segment 256, of another time line: older than 260, too.
    assert set(names) - left == {*names[:2], names[4]}


def test_a_young_base_is_never_thrown_away(script: Any, tmp_path: Path) -> None:
    only = base(tmp_path, 30, 3)
    (tmp_path / "wal").mkdir()
    script.prune_bases(tmp_path, 7)
    assert [path.name for path in (tmp_path / "base").iterdir()] == [only]


def test_a_last_dump_goes_only_some_time_after_its_database(script: Any, tmp_path: Path) -> None:
    for code, days in (("ada", 90), ("baru-pergi", 5), ("lama-pergi", 40)):
        for ending in ("json", "dump"):
            path = tmp_path / f"{code}.{ending}"
            path.touch()
            os.utime(path, (time.time() - days * 86400,) * 2)
    script.prune_dumps("postgresql", tmp_path, {"ada"}, 30)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"ada.json", "ada.dump", "baru-pergi.json", "baru-pergi.dump"}


def test_the_last_database_of_an_engine_has_its_last_dump_before_it_is_removed(
    script: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No application uses PostgreSQL any more, so the configuration does not name it; the module asks all the same."""
    dumped: list[tuple[str, str]] = []
    monkeypatch.setattr(script, "ours", lambda engine: {"portal": "portal"} if engine == "postgresql" else {})
    monkeypatch.setattr(script, "dump", lambda *asked: dumped.append((asked[0], asked[2])))
    config = {"folder": str(tmp_path), "engines": ["mariadb"], "databases": [], "keep_days": 30, "pitr_days": 7}
    assert script.work(config, ["--only", "postgresql", "portal"]) == {("postgresql", "portal"): ""}
    assert dumped == [("postgresql", "portal")]


DUMPED = """CREATE TABLE `surat` (
  `id` int(11)
);
INSERT INTO `surat` VALUES
(1,'satu'),
(2,'dua');
DELIMITER ;;
CREATE PROCEDURE `catat`()
BEGIN
INSERT INTO `jejak` VALUES
(1,2);
CREATE TABLE `sementara` (a int);
END ;;
DELIMITER ;
CREATE TABLE `kosong` (
-- Dump completed
"""


def test_lines_of_procedures_are_no_rows(script: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a restore, whose rows are counted by the engine, would never agree with the manifest."""
    program = tmp_path / "mariadb-dump"
    program.write_text(f"#!/bin/sh\ncat <<'SELESAI'\n{DUMPED}SELESAI\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert script.dump_mariadb("simpus", tmp_path / "simpus.sql.gz") == {"surat": 2, "kosong": 0}
    assert gzip.decompress((tmp_path / "simpus.sql.gz").read_bytes()).decode() == DUMPED
