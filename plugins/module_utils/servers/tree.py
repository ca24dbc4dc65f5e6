# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of an application as a list of entries, with a digest that names its content.

The controller and the server compute the same digest, so the name of a release proves what is in it: a file changed by
hand on the server no longer matches the folder's name.
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import shutil
import stat
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

ID_LENGTH = 16  # hex digits; 64 bits are plenty to tell the releases of one application apart


class TreeError(Exception):
    """The folder cannot be a release. The text says what, where and what to do, in Bahasa Indonesia."""


@dataclass(frozen=True, order=True)
class Entry:
    """One path of a tree. ``kind`` is d, f, x (an executable file) or l; ``digest`` of a link is its target."""

    path: str
    kind: str
    digest: str = ""


def _excluded(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _checked_link(root: Path, path: Path, relative: str) -> str:
    target = os.readlink(path)
    resolved = os.path.normpath(os.path.join(os.path.dirname(relative), target))
    if os.path.isabs(target) or resolved == ".." or resolved.startswith("../"):
        raise TreeError(
            f"{root}/{relative} adalah tautan ke luar folder aplikasi ({target}); ganti dengan berkasnya sendiri."
        )
    return target


def _file_digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def _entry(root: Path, path: Path) -> Entry:
    relative = path.relative_to(root).as_posix()
    try:
        relative.encode()
    except UnicodeEncodeError:
        raise TreeError(f"Nama berkas di {root} bukan UTF-8: {relative!r}. Ganti namanya.") from None
    if "\n" in relative:
        raise TreeError(f"Nama berkas di {root} memuat baris baru: {relative!r}. Ganti namanya.")
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return Entry(relative, "l", _checked_link(root, path, relative))
    if stat.S_ISDIR(mode):
        return Entry(relative, "d")
    if stat.S_ISREG(mode):
        return Entry(relative, "x" if mode & stat.S_IXUSR else "f", _file_digest(path))
    raise TreeError(f"{root}/{relative} bukan berkas, folder atau tautan; hapus dari folder aplikasi.")


def scan(root: str, exclude: Iterable[str] = ()) -> list[Entry]:
    """All entries under ``root``, sorted by path. Raises TreeError for what cannot be part of a release."""
    base = Path(root)
    patterns = list(exclude)
    if not base.is_dir():
        raise TreeError(f"Folder aplikasi {root} tidak ada. Periksa 'source' di register/applications.yml.")
    entries: list[Entry] = []
    for folder, directories, files in os.walk(base):
        directories[:] = sorted(name for name in directories if not _excluded(name, patterns))
        names = [*directories, *(name for name in files if not _excluded(name, patterns))]
        entries += [_entry(base, Path(folder, name)) for name in names]
    return sorted(entries)


def release_id(entries: Iterable[Entry]) -> str:
    """Digest of a tree: the same content, names and executable bits give the same id on every machine."""
    digest = hashlib.sha256()
    for entry in sorted(entries):
        digest.update(f"{entry.kind}\0{entry.path}\0{entry.digest}\n".encode())
    return digest.hexdigest()[:ID_LENGTH]


def pack(root: str, entries: Iterable[Entry], stream: BinaryIO) -> None:
    """Write the entries as a gzipped tar with nothing in it but names, content and executable bits."""
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=3) as archive:
        for entry in sorted(entries):
            member = tarfile.TarInfo(entry.path)
            member.mode = 0o750 if entry.kind in "dx" else 0o640
            if entry.kind == "d":
                member.type = tarfile.DIRTYPE
                archive.addfile(member)
            elif entry.kind == "l":
                member.type = tarfile.SYMTYPE
                member.linkname = entry.digest
                archive.addfile(member)
            else:
                path = Path(root, entry.path)
                member.size = path.stat().st_size
                with path.open("rb") as content:
                    archive.addfile(member, content)


def unpack(archive_path: str, target: str, gid: int, owner_uid: int = 0) -> None:
    """Unpack what ``pack`` wrote: owned by root and readable by group ``gid``, nothing for others.

    The caller compares the result's digest with the release's id, so nothing else of the archive is trusted.
    Raises TreeError for a member that would leave ``target``.
    """
    with tarfile.open(archive_path, mode="r:gz") as archive:
        for member in archive:
            name = os.path.normpath(member.name)
            if os.path.isabs(name) or name.split("/")[0] == "..":
                raise TreeError(f"Arsip rilis memuat jalur terlarang {member.name!r}.")
            path = os.path.join(target, name)
            if member.isdir():
                os.mkdir(path, 0o750)
            elif member.issym():
                os.symlink(member.linkname, path)
            elif member.isreg():
                source = archive.extractfile(member)
                assert source is not None  # a regular member always has content
                with open(path, "xb") as stream:
                    shutil.copyfileobj(source, stream)
                os.chmod(path, 0o750 if member.mode & stat.S_IXUSR else 0o640)
    set_access(target, gid, owner_uid)


def access_of(path: str) -> tuple[int, int, int]:
    """What matters of a path's access: mode (0 for links, whose mode means nothing), uid, gid."""
    status = os.lstat(path)
    mode = 0 if stat.S_ISLNK(status.st_mode) else stat.S_IMODE(status.st_mode)
    return mode, status.st_uid, status.st_gid


def expected_access(path: str, gid: int, owner_uid: int = 0) -> tuple[int, int, int]:
    """Root owns, the application's group reads. A file keeps only whether its owner may execute it."""
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        return 0, owner_uid, gid
    runs = stat.S_ISDIR(status.st_mode) or bool(status.st_mode & stat.S_IXUSR)
    return (0o750 if runs else 0o640), owner_uid, gid


def every_path(root: str) -> list[str]:
    """``root`` and everything under it."""
    paths = [root]
    for folder, directories, files in os.walk(root):
        paths += [os.path.join(folder, name) for name in [*directories, *files]]
    return paths


def set_access(root: str, gid: int, owner_uid: int = 0) -> None:
    for path in every_path(root):
        mode, uid, group = expected_access(path, gid, owner_uid)
        os.lchown(path, uid, group)
        if not os.path.islink(path):
            os.chmod(path, mode)


def access_drift(root: str, gid: int, owner_uid: int = 0) -> list[str]:
    """Paths under ``root`` whose owner, group or mode is not what it should be."""
    return [path for path in every_path(root) if access_of(path) != expected_access(path, gid, owner_uid)]


def disk_use(root: str) -> int:
    """Bytes that ``root`` takes on the disk; what vanishes meanwhile counts nothing."""
    total = 0
    for path in every_path(root):
        try:
            total += os.lstat(path).st_blocks * 512
        except OSError:
            continue
    return total
