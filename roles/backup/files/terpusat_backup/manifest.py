# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a snapshot must give back: size, time and SHA-256 of every file, recorded when it was made.

Made after the snapshot, of files that nobody touched since before it, so that a file that is written to meanwhile is
never called damaged. A file that is as it was at the last backup is not read again.
"""

from __future__ import annotations

import grp
import hashlib
import json
import os
import pwd
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = "manifest.json"
#: Size, modification and change time in ns, inode: what tells a file that was not touched.
_TOUCH = 4


@dataclass
class Manifest:
    """``files``: path -> [size, mtime, ctime, inode, sha256]. ``links``: path -> target. Owners: number -> name."""

    snapshot: str
    files: dict[str, list[Any]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        return json.dumps(self.__dict__, ensure_ascii=False)


def manifest_of(text: str | bytes) -> Manifest:
    return Manifest(**json.loads(text))


def sha256(path: str | Path) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def walk(paths: Iterable[str], exclude: Iterable[str]) -> Iterator[str]:
    """Files and links below ``paths``, without what is excluded."""
    unwanted = set(exclude)
    for top in paths:
        if top in unwanted or not os.path.lexists(top):
            continue
        if os.path.islink(top) or not os.path.isdir(top):
            yield top
            continue
        for folder, directories, names in os.walk(top):
            linked = [name for name in directories if os.path.islink(os.path.join(folder, name))]
            directories[:] = [name for name in directories if os.path.join(folder, name) not in unwanted]
            yield from (path for name in (*names, *linked) if (path := os.path.join(folder, name)) not in unwanted)


def build(snapshot: str, paths: Iterable[str], exclude: Iterable[str], before_ns: int, last: Manifest) -> Manifest:
    """``before_ns``: when the snapshot began; what changed later is left out."""
    found = Manifest(snapshot)
    found.users = {str(user.pw_uid): user.pw_name for user in pwd.getpwall()}
    found.groups = {str(group.gr_gid): group.gr_name for group in grp.getgrall()}
    for path in walk(paths, exclude):
        try:
            seen = os.lstat(path)
            if seen.st_ctime_ns >= before_ns:
                continue
            if stat.S_ISLNK(seen.st_mode):
                found.links[path] = os.readlink(path)
            elif stat.S_ISREG(seen.st_mode):
                touch = [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]
                known = last.files.get(path)
                same = known is not None and known[:_TOUCH] == touch
                digest = known[_TOUCH] if known is not None and same else sha256(path)
                if os.lstat(path).st_ctime_ns >= before_ns:
                    continue
                found.files[path] = [*touch, digest]
        except FileNotFoundError:
            continue
    return found


@dataclass(frozen=True)
class Compared:
    files: int
    bytes: int
    problems: tuple[str, ...]


def compare(manifest: Manifest, root: Path, below: tuple[str, ...] = ("/",)) -> Compared:
    """Judge what was restored into ``root``, as far as it belongs ``below`` one of these."""
    problems: list[str] = []
    size = count = 0
    for path, (length, _, _, _, digest) in manifest.files.items():
        if not path.startswith(below):
            continue
        count += 1
        size += length
        restored = f"{root}{path}"
        if not os.path.isfile(restored):
            problems.append(f"{path} tidak kembali")
        elif sha256(restored) != digest:
            problems.append(f"{path} kembali dengan isi lain")
    for path, target in manifest.links.items():
        if path.startswith(below) and (not os.path.islink(f"{root}{path}") or os.readlink(f"{root}{path}") != target):
            problems.append(f"tautan {path} tidak kembali")
    return Compared(count, size, tuple(problems))


def owners(manifest: Mapping[str, str], ask: Callable[[str], int]) -> dict[int, int]:
    """Number there -> number here of the same name; names that are not known here are left out."""
    found: dict[int, int] = {}
    for number, name in manifest.items():
        try:
            found[int(number)] = ask(name)
        except KeyError:
            continue
    return found
