# SPDX-License-Identifier: GPL-3.0-or-later
"""One configuration file on the target: what it is, what it should be, and how to put either in place."""

from __future__ import annotations

import errno
import grp
import os
import pwd
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path


class ConfigFileError(Exception):
    """A file cannot be read or written. The text says what, where and what to do, in Bahasa Indonesia."""


@dataclass(frozen=True)
class Snapshot:
    """A path as it stands. ``kind`` is absent, file or link; ``content`` of a link is its target, as bytes."""

    kind: str
    content: bytes = b""
    mode: int = 0
    uid: int = 0
    gid: int = 0
    mtime: float = 0.0


@dataclass(frozen=True)
class Wanted:
    """A path as it should be. ``uid``/``gid`` are None when the account does not exist yet (only in check mode)."""

    path: str
    kind: str
    content: bytes = b""
    mode: int = 0o644
    uid: int | None = 0
    gid: int | None = 0
    owner: str = "root"
    group: str = "root"
    validate: str | None = None
    unit: str | None = None
    secret: bool = False

    def matches(self, found: Snapshot) -> bool:
        if self.kind != found.kind:
            return False
        if self.kind == "absent":
            return True
        if self.kind == "link":
            return self.content == found.content
        return (self.content, self.mode, self.uid, self.gid) == (found.content, found.mode, found.uid, found.gid)


def account_ids(owner: str, group: str, missing_ok: bool) -> tuple[int | None, int | None]:
    """Numeric ids of an owner and a group.

    Raises ConfigFileError when one does not exist, unless ``missing_ok`` (check mode before the package that brings the
    account is installed): then its id is None.
    """
    uid: int | None = None
    gid: int | None = None
    try:
        uid = pwd.getpwnam(owner).pw_uid
    except KeyError:
        if not missing_ok:
            raise ConfigFileError(f"Pengguna {owner} tidak ada di server ini; pasang paketnya lebih dulu.") from None
    try:
        gid = grp.getgrnam(group).gr_gid
    except KeyError:
        if not missing_ok:
            raise ConfigFileError(f"Grup {group} tidak ada di server ini; pasang paketnya lebih dulu.") from None
    return uid, gid


def read(path: str) -> Snapshot:
    """The path as it stands now; links are not followed. Raises ConfigFileError for folders and devices."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return Snapshot("absent")
    if stat.S_ISLNK(status.st_mode):
        return Snapshot("link", os.fsencode(os.readlink(path)), mtime=status.st_mtime)
    if not stat.S_ISREG(status.st_mode):
        raise ConfigFileError(f"{path} bukan berkas biasa; pindahkan atau hapus dulu dengan tangan.")
    content = Path(path).read_bytes()
    return Snapshot("file", content, stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid, status.st_mtime)


def temporary_beside(path: str, content: bytes, fallback_directory: str) -> str:
    """Write ``content`` to a hidden file in the same directory and return its name.

    Beside its final place because AppArmor lets a daemon's checker read only its own directory; hidden and without the
    usual ending because drop-in directories ignore such names.
    """
    directory = os.path.dirname(path)
    if not os.path.isdir(directory):
        directory = fallback_directory
    handle, name = tempfile.mkstemp(dir=directory, prefix=f".{os.path.basename(path)}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        # A full disk: what could not be written whole takes no room either, run after run.
        os.unlink(name)
        raise
    return name


def _replace(temporary: str, path: str, content: bytes, mode: int, uid: int, gid: int) -> None:
    os.chmod(temporary, mode)
    os.chown(temporary, uid, gid)
    try:
        os.replace(temporary, path)
    except OSError as error:
        # A file that is itself a mount point (/etc/hosts in a container) cannot be renamed over.
        if error.errno != errno.EBUSY:
            raise
        Path(path).write_bytes(content)
        os.chmod(path, mode)
        os.chown(path, uid, gid)
        os.unlink(temporary)


def write(path: str, kind: str, content: bytes, mode: int, uid: int, gid: int) -> None:
    """Put a file or a link at ``path`` in one rename, or remove what is there (kind absent)."""
    if kind == "absent":
        if os.path.lexists(path):
            os.unlink(path)
        return
    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
    if kind == "link":
        temporary = f"{os.path.dirname(path)}/.{os.path.basename(path)}.{os.getpid()}.tmp"
        os.symlink(os.fsdecode(content), temporary)
        os.replace(temporary, path)
        return
    temporary = temporary_beside(path, content, os.path.dirname(path))
    try:
        _replace(temporary, path, content, mode, uid, gid)
    except OSError:
        if os.path.lexists(temporary):
            os.unlink(temporary)
        raise


def put_back(path: str, former: Snapshot) -> None:
    """Restore what ``read`` saw. What stands unchanged is left alone: on a full disk it could not be written again."""
    if read(path) == former:
        return
    write(path, former.kind, former.content, former.mode, former.uid, former.gid)
