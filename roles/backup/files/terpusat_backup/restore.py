# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring the applications of a lost server here, from the newest backup that any place still has."""

from __future__ import annotations

import grp
import json
import os
import pwd
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import databases, manifest, state
from .errors import BackupError
from .manifest import Manifest
from .repository import Repository, Snapshot
from .restore_test import manifest_for, newest
from .settings import STATE, client_of

APPLICATIONS = Path("/srv/terpusat")
RESTORED = STATE / "restored.json"
#: Beside what it will become, so that moving it into place is one rename.
STAGE = APPLICATIONS / ".restore"
_SHOWN = 5


def request(path: Path) -> dict[str, Any]:
    """Read the request and remove it: it holds the passwords of the lost server."""
    try:
        given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise BackupError(f"{path} tidak dapat dibaca ({error}); jalankan restore.yml.") from error
    finally:
        path.unlink(missing_ok=True)
    return given


def run(given: Mapping[str, Any]) -> dict[str, Any]:
    """``given``: the lost server's client settings, ``applications`` (codes) and ``databases`` wanted, ``overwrite``,
    ``accept_damage``."""
    started = time.time()
    client = client_of(given)
    repository, snapshot, away = _choose(client.places, client.name)
    expected = manifest_for(repository, snapshot, client.name)
    codes = [code for code in given["applications"] if f"{APPLICATIONS}/{code}/current" in expected.links]
    absent = [code for code in given["applications"] if code not in codes]
    done = {code for code in codes if _already(client.name, code, snapshot) and not given["overwrite"]}
    wanted = [code for code in codes if code not in done]
    if not given["overwrite"]:
        _refuse_newer(wanted, snapshot)
    include = [*(f"{APPLICATIONS}/{code}" for code in wanted), str(databases.FOLDER)]
    shutil.rmtree(STAGE, ignore_errors=True)
    STAGE.mkdir(parents=True, mode=0o700)
    try:
        repository.restore(snapshot.id, STAGE, include)
        compared = manifest.compare(expected, STAGE, tuple(f"{top}/" for top in include))
        if compared.problems and not given["accept_damage"]:
            shown = ", ".join(compared.problems[:_SHOWN])
            raise BackupError(
                f"Cadangan {client.name} di {repository.place.name} rusak ({len(compared.problems)}): {shown}. Tidak "
                "ada yang diubah. Untuk memakai yang tersisa: -e terpusat_restore_accept_damage=true"
            )
        _own(STAGE, expected)
        applications = {code: _bring(code, expected) for code in wanted}
        dumps = databases.take(STAGE, client.name)
        _remember(client.name, wanted, snapshot)
        loaded = databases.load_all(dumps, given["databases"], snapshot.id, given["overwrite"])
    finally:
        shutil.rmtree(STAGE, ignore_errors=True)
    return {
        "place": repository.place.name,
        "away": away,
        "snapshot": snapshot.id,
        "snapshot_time": snapshot.time.astimezone().isoformat(timespec="seconds"),
        "files": compared.files,
        "bytes": compared.bytes,
        "damaged": list(compared.problems),
        "releases": {code: expected.links[f"{APPLICATIONS}/{code}/current"].rsplit("/", 1)[-1] for code in codes},
        "restored": applications,
        "already": sorted(done),
        "absent": absent,
        "dumps": [dump["file"] for dump in dumps],
        "loaded": loaded,
        "seconds": round(time.time() - started, 1),
    }


def _choose(places: tuple[Any, ...], host: str) -> tuple[Repository, Snapshot, list[str]]:
    """The place with the newest backup, and what the others said. Raises BackupError when none has one."""
    found: list[tuple[Snapshot, Repository]] = []
    away: list[str] = []
    for place in places:
        repository = Repository(place)
        try:
            found.append((newest(repository, host), repository))
        except BackupError as error:
            away.append(str(error))
    if not found:
        raise BackupError(f"Tidak ada cadangan {host} yang dapat dibaca. {' '.join(away)}")
    snapshot, repository = max(found, key=lambda pair: pair[0].time)
    return repository, snapshot, away


def _already(lost: str, code: str, snapshot: Snapshot) -> bool:
    entry = state.read(RESTORED).get(code, {})
    return entry.get("from") == lost and entry.get("snapshot") == snapshot.id and (APPLICATIONS / code).is_dir()


def _remember(lost: str, codes: list[str], snapshot: Snapshot) -> None:
    known = state.read(RESTORED)
    known.update({code: {"from": lost, "snapshot": snapshot.id, "at": time.time()} for code in codes})
    state.write_whole(RESTORED, state.text(known), 0o640)


def _refuse_newer(codes: list[str], snapshot: Snapshot) -> None:
    """Raises BackupError where an application has written here after the backup was made."""
    limit = snapshot.time.timestamp()
    for code in codes:
        data = APPLICATIONS / code / "shared" / "data"
        newer = [path for path in manifest.walk([str(data)], ()) if os.lstat(path).st_mtime > limit]
        if newer:
            raise BackupError(
                f"{newer[0]} di server ini lebih baru daripada cadangan ({snapshot.time.astimezone():%Y-%m-%d %H:%M}); "
                f"{len(newer)} berkas {code} akan hilang. Tidak ada yang diubah. Bila memang harus ditimpa: "
                "-e terpusat_restore_overwrite=true (data di sini disimpan dahulu sebagai shared.sebelum-<waktu>)."
            )


def _own(root: Path, expected: Manifest) -> None:
    """Files belong to the users of the same name here, whatever numbers those have."""
    users = manifest.owners(expected.users, lambda name: pwd.getpwnam(name).pw_uid)
    groups = manifest.owners(expected.groups, lambda name: grp.getgrnam(name).gr_gid)
    for folder, directories, names in os.walk(root):
        for path in (folder, *(os.path.join(folder, name) for name in (*directories, *names))):
            seen = os.lstat(path)
            os.chown(path, users.get(seen.st_uid, 0), groups.get(seen.st_gid, 0), follow_symlinks=False)


def _bring(code: str, expected: Manifest) -> dict[str, Any]:
    """Put an application's releases and data where they belong; what was there is kept aside."""
    staged, final = Path(f"{STAGE}{APPLICATIONS}") / code, APPLICATIONS / code
    aside = ""
    if not final.exists():
        seen = (staged / "releases").stat()
        final.mkdir(mode=0o750)
        os.chown(final, 0, seen.st_gid)
        final.chmod(0o750)
    if (staged / "shared").is_dir():
        if (final / "shared").is_dir():
            aside = f"shared.sebelum-{time.strftime('%Y%m%d-%H%M%S')}"
            (final / "shared").rename(final / aside)
        (staged / "shared").rename(final / "shared")
    if not (final / "releases").is_dir():
        (staged / "releases").rename(final / "releases")
    else:
        for release in sorted((staged / "releases").iterdir()):
            if not (final / "releases" / release.name).exists():
                release.rename(final / "releases" / release.name)
    if not (final / "current").is_symlink():
        (final / "current").symlink_to(expected.links[f"{APPLICATIONS}/{code}/current"])
    return {"aside": aside}
