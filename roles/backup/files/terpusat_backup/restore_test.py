# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restore the newest snapshot of each place into a scratch folder and see whether everything is back."""

from __future__ import annotations

import shutil
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from . import databases, manifest, state
from .errors import BackupError
from .keep import CHECKSUMS, DATA
from .manifest import Manifest
from .repository import Repository, Snapshot
from .settings import STATE, Client

SCRATCH = STATE / "scratch"
#: How many manifests to look through for the one of a snapshot: those of runs that were cut off in between.
_MANIFESTS = 10
_SHOWN = 10


def newest(repository: Repository, host: str) -> Snapshot:
    """Raises BackupError when there is none."""
    where = f"{repository.place.name} ({repository.place.url})"
    if not repository.exists():
        raise BackupError(f"{where}: tidak ada repositori {host}.")
    found = repository.snapshots(DATA, host)
    if not found:
        raise BackupError(f"{where}: belum ada cadangan {host}.")
    return found[0]


def manifest_for(repository: Repository, snapshot: Snapshot, host: str) -> Manifest:
    """The checksums of a snapshot. Raises BackupError when they are not there."""
    for entry in repository.snapshots(CHECKSUMS, host)[:_MANIFESTS]:
        found = manifest.manifest_of(repository.dump(entry.id, f"/{manifest.NAME}"))
        if snapshot.id.startswith(found.snapshot):
            return found
    raise BackupError(
        f"{repository.place.name}: cadangan {snapshot.id[:8]} dari {host} tidak punya daftar checksum; jalankan "
        "terpusat-backup run sekali lagi."
    )


def run(client: Client) -> list[str]:
    """Test every place now; what went wrong."""
    problems: list[str] = []
    names = tuple(place.name for place in client.places)
    for place in client.places:
        started = time.time()
        known: dict[str, Any] = {"date": datetime.now().astimezone().isoformat(timespec="seconds"), "ok": 0}
        try:
            known |= _test(Repository(place), client.name)
        except BackupError as error:
            known["problems"] = [str(error)]
        except OSError as error:
            known["problems"] = [
                f"{place.name}: {error.strerror} ({error.filename}). Periksa ruang di {SCRATCH.parent}."
            ]
        if not known["problems"]:
            known |= {"ok": 1, "last_success": time.time()}
        known["seconds"] = round(time.time() - started, 1)
        state.note(state.RESTORE_TEST, place.name, known, names)
        problems += [f"Uji pemulihan dari {place.name}: {problem}" for problem in known["problems"]]
    return problems


def _test(repository: Repository, host: str) -> dict[str, Any]:
    snapshot = newest(repository, host)
    expected = manifest_for(repository, snapshot, host)
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True, mode=0o700)
    try:
        _room(expected, SCRATCH)
        repository.restore(snapshot.id, SCRATCH)
        compared = manifest.compare(expected, SCRATCH)
        found = databases.judge(SCRATCH)
    finally:
        shutil.rmtree(SCRATCH, ignore_errors=True)
    wrong = [*compared.problems, *(problem for database in found for problem in database.problems)]
    return {
        "snapshot": snapshot.id,
        "snapshot_time": snapshot.time.timestamp(),
        "files": compared.files,
        "bytes": compared.bytes,
        "databases": [{"name": entry.name, "engine": entry.engine, "rows": entry.rows} for entry in found],
        "problems": [*wrong[:_SHOWN], *([f"dan {len(wrong) - _SHOWN} lagi"] if len(wrong) > _SHOWN else [])],
    }


def _room(expected: Manifest, folder: Path) -> None:
    needed = sum(entry[0] for entry in expected.files.values())
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise BackupError(
            f"ruang di {folder.parent} kurang: perlu {needed} byte, tersedia {free}. Longgarkan disk atau pindahkan "
            "folder itu ke disk lain."
        )
