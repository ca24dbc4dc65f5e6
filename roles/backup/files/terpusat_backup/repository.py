# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One repository, asked through restic. Passwords go by the environment, which only root can read."""

from __future__ import annotations

import base64
import json
import os
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from .errors import BackupError
from .settings import Place

CACHE = "/var/cache/terpusat-backup"
INCOMPLETE = 3  # restic's exit code when some files could not be read
_TIMEOUT = 20
_TAIL = 800
_LOCK_SECONDS = 1800
_LOCK_PAUSE = 15


@dataclass(frozen=True)
class Snapshot:
    id: str
    time: datetime
    tags: tuple[str, ...]
    host: str


def snapshot_of(entry: dict[str, Any]) -> Snapshot:
    # Python 3.11 knows at most six digits of a second's fraction, restic writes nine.
    text = str(entry["time"])
    head, dot, tail = text.partition(".")
    if dot:
        digits = len(tail) - len(tail.lstrip("0123456789"))
        text = f"{head}.{tail[: min(digits, 6)].ljust(6, '0')}{tail[digits:]}"
    return Snapshot(entry["id"], datetime.fromisoformat(text), tuple(entry.get("tags") or ()), entry["hostname"])


def call(arguments: Iterable[str], environment: dict[str, str], given: bytes | None = None) -> tuple[int, bytes, str]:
    """Run restic: exit code, output, errors."""
    full = {**os.environ, "RESTIC_CACHE_DIR": CACHE, "HOME": "/root", **environment}
    done = subprocess.run(["restic", *arguments], env=full, input=given, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace").strip()


def explained(said: str, where: str) -> str:
    """restic's errors in the words of who has to act."""
    if "wrong password" in said:
        return (
            f"{where}: kata sandi repositori ditolak. Rahasia backup_key di vault bukan yang dipakai saat repositori "
            "dibuat; kembalikan rahasia yang lama."
        )
    if "403 Forbidden" in said or "(403)" in said:
        return f"{where}: ditolak; klien hanya boleh menambah, tidak menghapus atau menimpa. {said[-_TAIL:]}"
    return f"{where}: {said[-_TAIL:]}"


class Repository:
    """The repository of one client at one place."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def run(self, *arguments: str, given: bytes | None = None, allowed: tuple[int, ...] = (0,)) -> tuple[int, bytes]:
        """Raises BackupError for any other exit code."""
        place = self.place
        scheme, _, rest = place.address.partition("://")
        environment = {
            "RESTIC_REPOSITORY": f"rest:{scheme}://{place.user}:{place.http_password}@{rest}",
            "RESTIC_PASSWORD": place.password,
        }
        trust = ["--cacert", place.ca] if place.ca else []
        code, output, said = call([*trust, *arguments], environment, given)
        until = time.monotonic() + _LOCK_SECONDS
        while code != 0 and "already locked" in said and time.monotonic() < until:
            time.sleep(_LOCK_PAUSE)  # retention is at work there
            code, output, said = call([*trust, *arguments], environment, given)
        if code not in allowed:
            raise BackupError(explained(said or output.decode(errors="replace"), f"{place.name} ({place.url})"))
        return code, output

    def exists(self) -> bool:
        """Whether the place answers and has a repository of ours. Raises BackupError when it does not answer.

        Asked here and not of restic, whose versions tell "not there" and "away" apart in different words, or retry for
        a quarter of an hour.
        """
        place = self.place
        login = base64.b64encode(f"{place.user}:{place.http_password}".encode()).decode()
        request = urllib.request.Request(
            f"{place.address}config", method="HEAD", headers={"Authorization": f"Basic {login}"}
        )
        try:
            context = ssl.create_default_context(cafile=place.ca or None)
            with urllib.request.urlopen(request, timeout=_TIMEOUT, context=context):
                return True
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return False
            raise BackupError(
                f"{place.name} ({place.url}) menolak masuk (HTTP {error.code}). Jalankan servers.yml --tags backup "
                "pada server penyimpannya; untuk tempat di luar, periksa kata sandinya pada pengelola tempat itu."
            ) from None
        except (OSError, ssl.SSLError) as error:
            reason = getattr(error, "reason", error)
            raise BackupError(
                f"{place.name} ({place.url}) tidak dapat dihubungi: {reason}. Periksa server penyimpannya, "
                "jaringan, dan sertifikatnya; cadangan berikutnya menyusulkan yang tertinggal."
            ) from None

    def snapshots(self, tag: str, host: str) -> list[Snapshot]:
        """The newest first."""
        _, output = self.run("snapshots", "--json", "--no-lock", "--tag", tag, "--host", host)
        found = [snapshot_of(entry) for entry in json.loads(output) or []]
        return sorted(found, key=lambda snapshot: snapshot.time, reverse=True)

    def restore(self, snapshot: str, target: Path, include: Iterable[str] = ()) -> None:
        wanted = [part for path in include for part in ("--include", path)]
        self.run("restore", snapshot, "--no-lock", "--target", str(target), *wanted)

    def dump(self, snapshot: str, path: str) -> bytes:
        return self.run("dump", "--no-lock", snapshot, path)[1]
