# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The dumps of role ``database`` in a backup: whether they are whole, and whether they load with all their rows.

Beside each dump lies ``<engine>/<code>.json``: its ``file`` and ``sha256``, and the ``rows`` of each table back then.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import engines, state
from .errors import BackupError
from .manifest import sha256
from .settings import STATE

FOLDER = Path("/var/backups/terpusat/database")
#: Dumps of a lost server stay here until somebody removes them.
TAKEN = Path("/var/backups/terpusat/restore")
LOADED = STATE / "loaded.json"
TRIAL = "terpusat_uji_pulih"


@dataclass(frozen=True)
class Judged:
    """``rows`` tells the operator what is known of the rows."""

    name: str
    engine: str
    rows: str
    problems: tuple[str, ...]


def judge(root: Path) -> list[Judged]:
    """All dumps that were restored below ``root``."""
    return [_judged(path) for path in sorted(Path(f"{root}{FOLDER}").glob("*/*.json"))]


def _judged(path: Path) -> Judged:
    """Load one dump into a database of its own, count, and drop it again."""
    name, engine = path.stem, path.parent.name
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        dump, expected = path.parent / told["file"], told["rows"]
        whole = sha256(dump) == told["sha256"]
    except (OSError, ValueError, KeyError) as error:
        return Judged(name, engine, "tidak terbaca", (f"dump {engine}/{name} tidak terbaca: {error}",))
    if not whole:
        return Judged(name, engine, "rusak", (f"dump {engine}/{name} bukan yang dibuat waktu itu",))
    if not engines.runs(engine):
        return Judged(name, engine, f"baris tidak diperiksa: {engine} tidak berjalan di server ini", ())
    try:
        engines.create(engine, TRIAL)
        engines.load(engine, dump, TRIAL)
        wrong = differences(expected, engines.rows(engine, TRIAL, expected), f"{engine}/{name}")
    except BackupError as error:
        return Judged(name, engine, "gagal dimuat", (f"dump {engine}/{name} gagal dimuat: {error}",))
    finally:
        engines.drop(engine, TRIAL)
    told_rows = f"{sum(expected.values())} baris di {len(expected)} tabel cocok"
    return Judged(name, engine, "berbeda" if wrong else told_rows, tuple(wrong))


def differences(expected: Mapping[str, int], found: Mapping[str, int], where: str) -> list[str]:
    return [
        f"tabel {table} di {where}: {found.get(table, 'tidak ada')} baris, seharusnya {count}"
        for table, count in expected.items()
        if found.get(table) != count
    ]


def take(stage: Path, lost: str) -> list[dict[str, Any]]:
    """Move the dumps of a lost server out of ``stage``: what they are and where they lie now."""
    source = Path(f"{stage}{FOLDER}")
    found: list[dict[str, Any]] = []
    for told in sorted(source.glob("*/*.json")):
        entry = json.loads(told.read_text(encoding="utf-8"))
        kept = TAKEN / lost / told.parent.name
        kept.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in (told.parent / entry["file"], told):
            shutil.move(path, kept / path.name)
        found.append({**entry, "engine": told.parent.name, "file": str(kept / entry["file"])})
    return found


def load_all(dumps: list[dict[str, Any]], wanted: list[Mapping[str, str]], snapshot: str, overwrite: bool) -> list[str]:
    """Load what is ``wanted`` (``engine``, ``code``, ``name``) into the databases of this server: what was done."""
    done: list[str] = []
    for want in wanted:
        dump = next((d for d in dumps if (d["engine"], d["code"]) == (want["engine"], want["code"])), None)
        where = f"{want['engine']}/{want['name']}"
        if dump is None:
            raise BackupError(f"Cadangan tidak memuat dump {want['engine']} untuk {want['code']}.")
        known = state.read(LOADED)
        if known.get(where) == snapshot and not overwrite:
            done.append(f"{where}: sudah dimuat dari cadangan yang sama")
            continue
        if engines.tables(want["engine"], want["name"]) and not overwrite:
            raise BackupError(
                f"Basis data {where} di server ini sudah berisi. Tidak ada yang dimuat. Bila memang harus ditimpa: "
                "-e terpusat_restore_overwrite=true"
            )
        engines.load(want["engine"], Path(dump["file"]), want["name"], owner=want["name"])
        wrong = differences(dump["rows"], engines.rows(want["engine"], want["name"], dump["rows"]), where)
        if wrong:
            raise BackupError(
                f"Setelah dimuat: {', '.join(wrong)}. Muat lagi dengan -e terpusat_restore_overwrite=true"
            )
        state.write_whole(LOADED, state.text({**known, where: snapshot}), 0o640)
        done.append(f"{where}: {sum(dump['rows'].values())} baris di {len(dump['rows'])} tabel, cocok")
    return done
