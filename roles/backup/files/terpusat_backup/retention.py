# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host of repositories: keep what the register says, remove the rest. Only here anything can be removed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import BackupError
from .keep import CHECKSUMS, DATA
from .repository import Snapshot, call, explained, snapshot_of

#: A snapshot that claims another time than the one at which it came was dated by hand, to make retention throw others
#: away: a client that was taken over can add, and it must not be able to remove by adding.
_MOST_SECONDS = 24 * 3600
_LOCKED = 11


def read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise BackupError(f"{path} tidak dapat dibaca ({error}); jalankan servers.yml --tags backup.") from error
    return found


def run(settings: Mapping[str, Any], trust_times: bool = False) -> list[str]:
    """Thin out every client's repository; what went wrong. One that fails does not keep the others from theirs."""
    problems = []
    for client in settings["clients"]:
        folder = Path(settings["folder"], client["user"])
        if not (folder / "config").exists():
            continue  # it has not backed up yet, which is its own alarm
        try:
            _thin_out(folder, client, settings["keep"], trust_times)
        except BackupError as error:
            problems.append(str(error))
    return problems


def _thin_out(folder: Path, client: Mapping[str, Any], keep: Mapping[str, int], trust_times: bool) -> None:
    where = f"Repositori {client['name']}"
    environment = {"RESTIC_REPOSITORY": str(folder), "RESTIC_PASSWORD": client["password"]}
    environment["RESTIC_CACHE_DIR"] = os.environ.get("RESTIC_CACHE_DIR", "/var/cache/terpusat-retention")

    def restic(*arguments: str) -> bytes:
        code, output, said = call(arguments, environment)
        if code == _LOCKED or "already locked" in said:
            raise BackupError(f"{where} sedang dipakai; jalankan lagi: systemctl start terpusat-retention.service")
        if code != 0:
            raise BackupError(explained(said, where))
        return output

    restic("unlock")  # only locks whose owner is gone for half an hour
    snapshots = [snapshot_of(entry) for entry in json.loads(restic("snapshots", "--json")) or []]
    odd = [] if trust_times else [snapshot for snapshot in snapshots if _dated_by_hand(folder, snapshot)]
    if odd:
        raise BackupError(
            f"{where}: {len(odd)} cadangan bertanggal lain dari saat datangnya ({odd[0].id[:8]} mengaku "
            f"{odd[0].time:%Y-%m-%d}). Tidak ada yang dihapus. Periksa {client['name']}: jamnya salah, atau server itu "
            "diambil alih. Bila sudah jelas: terpusat-backup retention --trust-times"
        )
    counts = [part for unit in ("daily", "weekly", "monthly") for part in (f"--keep-{unit}", str(keep[unit]))]
    for tag in (DATA, CHECKSUMS):
        restic("forget", "--host", client["name"], "--tag", tag, "--group-by", "host", *counts)
    restic("prune")


def _dated_by_hand(folder: Path, snapshot: Snapshot) -> bool:
    try:
        came = (folder / "snapshots" / snapshot.id).stat().st_mtime
    except FileNotFoundError:
        return False
    return abs(came - snapshot.time.timestamp()) > _MOST_SECONDS
