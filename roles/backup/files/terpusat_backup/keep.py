# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Back up to every place; one that fails does not keep the others from getting theirs."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from . import manifest, state
from .errors import BackupError
from .manifest import Manifest
from .repository import INCOMPLETE, Repository
from .settings import STATE, Client

LAST_MANIFEST = STATE / manifest.NAME
DATA, CHECKSUMS = "data", "manifest"
#: The kernel stamps files with a clock that lags by up to a tick.
_TICK_NS = 50_000_000


def run(client: Client, new: str = "") -> list[str]:
    """Back up now; what went wrong, by place. ``new``: a place whose repository may be made anew."""
    problems: list[str] = []
    names = tuple(place.name for place in client.places)
    status = state.read(state.STATUS)
    for place in client.places:
        started = time.time()
        known: dict[str, Any] = {"last_attempt": started, "failed": 1}
        try:
            repository = Repository(place)
            _prepare(repository, had=bool(status.get(place.name, {}).get("last_success")), new=new)
            snapshot, size = _data(repository, client)
            _checksums(repository, client, snapshot, started)
            known |= {"last_success": time.time(), "failed": 0, "bytes": size, "snapshot": snapshot, "problem": ""}
        except BackupError as error:
            known["problem"] = str(error)
            problems.append(str(error))
        state.note(state.STATUS, place.name, known, names)
    return problems


def _prepare(repository: Repository, *, had: bool, new: str) -> None:
    if repository.exists():
        return
    place = repository.place
    if had and place.name != new:
        raise BackupError(
            f"{place.name} ({place.url}): repositori server ini tidak ada lagi, padahal pernah ada. Bila penyimpannya "
            f"memang diganti, jalankan pada server ini: terpusat-backup run --new {place.name}"
        )
    repository.run("init")


def _data(repository: Repository, client: Client) -> tuple[str, int]:
    """Id of the new snapshot and the bytes of its files."""
    paths = [path for path in client.paths if os.path.lexists(path)]
    if not paths:
        raise BackupError(
            f"Tidak satu pun dari {', '.join(client.paths)} ada di server ini; tidak ada yang dicadangkan."
        )
    excluded = [part for path in client.exclude for part in ("--exclude", path)]
    arguments = ["backup", "--json", "--quiet", "--host", client.name, "--tag", DATA, *excluded, *paths]
    code, output = repository.run(*arguments, allowed=(0, INCOMPLETE))
    told = [json.loads(line) for line in output.decode(errors="replace").splitlines() if line.startswith("{")]
    summary = next((entry for entry in told if entry.get("message_type") == "summary"), None)
    if summary is None or (code == INCOMPLETE and _unreadable(client)):
        raise BackupError(
            f"{repository.place.name}: {', '.join(_unreadable(client)) or 'sebagian berkas'} tidak terbaca."
        )
    return str(summary["snapshot_id"]), int(summary["total_bytes_processed"])


def _unreadable(client: Client) -> list[str]:
    """Files that are there and cannot be read. One that vanished meanwhile is none of them: it had to go anyway."""
    found = []
    for path in manifest.walk(client.paths, client.exclude):
        try:
            if not os.path.islink(path):
                with open(path, "rb") as stream:
                    stream.read(1)
        except FileNotFoundError:
            continue
        except OSError:
            found.append(path)
    return found[:5]


def _checksums(repository: Repository, client: Client, snapshot: str, started: float) -> None:
    """The manifest goes into the repository too: whoever restores this server elsewhere has nothing else of it."""
    before = int(started * 1_000_000_000) - _TICK_NS
    built = manifest.build(snapshot, client.paths, client.exclude, before, _last())
    text = built.text()
    store = ["backup", "--quiet", "--stdin", "--stdin-filename", manifest.NAME, "--host", client.name]
    repository.run(*store, "--tag", CHECKSUMS, given=text.encode())
    state.write_whole(LAST_MANIFEST, text, 0o600)


def _last() -> Manifest:
    try:
        return manifest.manifest_of(Path(LAST_MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return Manifest("")


def check(client: Client) -> list[str]:
    """Read a tenth of what each place keeps, and the structure of all of it."""
    problems: list[str] = []
    names = tuple(place.name for place in client.places)
    for place in client.places:
        known: dict[str, Any] = {"check_date": time.time(), "check_ok": 0}
        try:
            repository = Repository(place)
            if not repository.exists():
                raise BackupError(f"{place.name} ({place.url}): belum ada repositori server ini.")
            repository.run("check", "--read-data-subset", "10%")
            known["check_ok"] = 1
        except BackupError as error:
            problems.append(f"Pemeriksaan menemukan kerusakan atau gagal. {error}")
        state.note(state.STATUS, place.name, known, names)
    return problems
