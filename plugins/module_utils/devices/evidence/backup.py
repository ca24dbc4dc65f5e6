# SPDX-License-Identifier: GPL-3.0-or-later
"""The devices' configurations in one git repository per government: ``<device>/<file>``, one commit per change.

Written with dulwich, so the controller needs no git program; any git reads it. Objects first, then the branch in one
rename, then the files that people read: a process killed anywhere leaves the former commit or the new one, and the next
call finishes the files. No hook and no setting of the operator's own git takes part.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dulwich.errors import ChecksumMismatch, FileFormatException, NotGitRepository
from dulwich.file import FileLocked
from dulwich.index import Index, index_entry_from_stat
from dulwich.objects import Blob, Commit, ObjectID, ShaFile, Tree
from dulwich.refs import Ref
from dulwich.repo import Repo

from ...whole_files import write_whole
from .errors import EvidenceError
from .files import locked, make_folder
from .head import Head

_UNUSABLE = (OSError, FileLocked, NotGitRepository)
_DAMAGED = (ChecksumMismatch, FileFormatException, KeyError, ValueError, AssertionError, zlib.error)
_BRANCH = Ref(b"refs/heads/main")
_LOCK_SECONDS = 120.0
#: a lock file of git's own that is older was left behind by a killed process
_STALE_SECONDS = 5.0
_NAME = re.compile(r"[A-Za-z0-9_+@=,-][A-Za-z0-9._+@=,-]*")
_FILE, _FOLDER = 0o100644, 0o040000


@dataclass(frozen=True)
class Kept:
    """``commit`` holds the configuration; ``changed`` when it was made for it."""

    commit: str
    changed: bool


class Backup:
    """A government's repository."""

    def __init__(self, folder: Path) -> None:
        """Nothing is touched yet; the repository is made on first use."""
        self.folder = folder

    def keep(
        self,
        device: str,
        files: Mapping[str, str],
        *,
        author: str,
        message: str,
        when: datetime,
        gone: Collection[str] | None = None,
    ) -> Kept:
        """Make ``files`` (relative name → text, secrets masked) the device's configuration; no commit when they are.

        With ``gone`` only these files are removed and other files of the device stay: for what saw only a part of it.
        ``author`` is ``user@controller``; ``when`` has a time zone.

        Raises:
            EvidenceError: a name is not usable, or the repository cannot be written. The former commit stands.
        """
        for name in (device, *(part for file in files for part in file.split("/"))):
            if not _NAME.fullmatch(name):
                raise EvidenceError(f"nama {name!r} tidak dapat dipakai di cadangan konfigurasi")
        with self._open() as repo:
            if gone is not None:
                files = {**_texts(repo, device), **files}
                files = {name: text for name, text in files.items() if name not in gone}
            return self._keep(repo, device, files, author, message, when)

    def read(self, device: str) -> dict[str, str]:
        """The device's files as last kept; empty when there are none. Raises EvidenceError."""
        if not (self.folder / ".git").exists():
            return {}
        with self._open() as repo:
            return _texts(repo, device)

    def anchors(self, since: datetime | None = None) -> list[tuple[Head, str]]:
        """Ledger heads named by commits after ``since``, with the commits' short names. Raises EvidenceError."""
        found: list[tuple[Head, str]] = []
        if not (self.folder / ".git").exists():
            return found
        with self._open() as repo:
            if _head(repo) is None:
                return found
            for walked in repo.get_walker():
                commit = walked.commit
                if since is not None and commit.commit_time <= since.timestamp():
                    continue
                for line in commit.message.decode(errors="replace").splitlines():
                    if line.startswith("Ledger: "):
                        found.append((Head.of_text(line.removeprefix("Ledger: ")), commit.id.decode()[:12]))
        return found

    @contextmanager
    def _open(self) -> Iterator[Repo]:
        try:
            make_folder(self.folder.parent)
            with locked(self.folder.with_name(f"{self.folder.name}.lock"), seconds=_LOCK_SECONDS):
                repo = self._repo()
                try:
                    self._finish_files(repo)
                    yield repo
                finally:
                    repo.close()
        except (*_UNUSABLE, *_DAMAGED) as error:
            reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
            raise EvidenceError(
                f"cadangan konfigurasi {self.folder} tidak dapat dipakai ({reason}); periksa hak akses, ruang disk, "
                f"dan keutuhannya dengan: git -C {self.folder} fsck"
            ) from error

    def _repo(self) -> Repo:
        if not (self.folder / ".git").exists():
            new = self.folder.with_name(f".{self.folder.name}.new")
            shutil.rmtree(new, ignore_errors=True)
            make_folder(new)
            with Repo.init(new, default_branch=b"main") as repo:
                config = repo.get_config()
                config.set((b"core",), b"fsyncObjectFiles", True)
                config.write_to_path()
            if self.folder.exists():
                self.folder.rmdir()  # only an empty folder may be taken over
            new.rename(self.folder)
        return Repo(self.folder)

    def _keep(
        self, repo: Repo, device: str, files: Mapping[str, str], author: str, message: str, when: datetime
    ) -> Kept:
        root, former = _root_tree(repo), _head(repo)
        objects: list[ShaFile] = []
        subtree = _tree(files, objects)
        name = device.encode()
        if name in root and root[name][1] == subtree.id and former is not None:
            return Kept(former.decode(), False)
        root.add(name, _FOLDER, subtree.id)
        commit = Commit()
        commit.tree = root.id
        commit.parents = [former] if former else []
        commit.author = commit.committer = _person(author)
        commit.author_time = commit.commit_time = int(when.timestamp())
        commit.author_timezone = commit.commit_timezone = int((when.utcoffset() or when - when).total_seconds())
        commit.encoding = b"UTF-8"
        commit.message = message.encode(errors="replace")
        for item in (*objects, root, commit):
            _past_stale_lock(lambda item=item: repo.object_store.add_object(item))  # type: ignore[misc]
        write_whole(_marker(repo), name, 0o600)
        if not _past_stale_lock(lambda: repo.refs.set_if_equals(_BRANCH, former, commit.id)):
            raise EvidenceError(f"cabang main di {self.folder} diubah proses lain; jalankan sekali lagi")
        self._finish_files(repo)
        return Kept(commit.id.decode(), True)

    def _finish_files(self, repo: Repo) -> None:
        """Bring the files of the device named by the marker to what the branch says."""
        marker = _marker(repo)
        if not marker.exists():
            return
        device = marker.read_text()
        wanted = _walk(repo, _root_tree(repo), device)
        folder = self.folder / device
        index = Index(repo.index_path())
        prefix = f"{device}/".encode()
        for path in [entry for entry in index if entry.startswith(prefix)]:
            del index[path]
        for name, sha in sorted(wanted.items()):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, repo[sha].as_raw_string(), 0o600)
            index[prefix + name.encode()] = index_entry_from_stat(os.lstat(target), sha, mode=_FILE)
        for old in sorted(folder.rglob("*"), reverse=True):
            if old.is_dir() and not old.is_symlink():
                if not any(old.iterdir()):
                    old.rmdir()
            elif old.relative_to(folder).as_posix() not in wanted:
                old.unlink()
        _past_stale_lock(index.write)
        marker.unlink()


def _marker(repo: Repo) -> Path:
    return Path(os.fsdecode(repo.controldir())) / "terpusat-files"


def _head(repo: Repo) -> ObjectID | None:
    try:
        return repo.refs[_BRANCH]
    except KeyError:
        return None


def _root_tree(repo: Repo) -> Tree:
    former = _head(repo)
    if former is None:
        return Tree()
    return _as_tree(repo, _as_commit(repo, former).tree)


def _as_commit(repo: Repo, name: ObjectID) -> Commit:
    found = repo[name]
    if isinstance(found, Commit):
        return found
    raise EvidenceError(f"{name.decode()} di {repo.path} bukan commit")


def _as_tree(repo: Repo, name: ObjectID) -> Tree:
    found = repo[name]
    if isinstance(found, Tree):
        return found
    raise EvidenceError(f"{name.decode()} di {repo.path} bukan folder")


def _tree(files: Mapping[str, str], objects: list[ShaFile]) -> Tree:
    """The tree of relative file names; every new object is added to ``objects``, blobs before their trees."""
    tree = Tree()
    folders: dict[str, dict[str, str]] = {}
    for name, text in files.items():
        first, _, rest = name.partition("/")
        if rest:
            folders.setdefault(first, {})[rest] = text
        else:
            blob = Blob.from_string(text.encode(errors="replace"))
            objects.append(blob)
            tree.add(first.encode(), _FILE, blob.id)
    for first, inner in folders.items():
        tree.add(first.encode(), _FOLDER, _tree(inner, objects).id)
    objects.append(tree)
    return tree


def _walk(repo: Repo, root: Tree, device: str) -> dict[str, ObjectID]:
    """Relative name → blob of every file of a device."""
    found: dict[str, ObjectID] = {}
    todo = [("", root[device.encode()][1])] if device.encode() in root else []
    while todo:
        prefix, sha = todo.pop()
        for entry in _as_tree(repo, sha).iteritems():
            name = prefix + entry.path.decode()
            if stat.S_ISDIR(entry.mode):
                todo.append((f"{name}/", entry.sha))
            else:
                found[name] = entry.sha
    return found


def _texts(repo: Repo, device: str) -> dict[str, str]:
    found = _walk(repo, _root_tree(repo), device)
    return {name: repo[sha].as_raw_string().decode(errors="replace") for name, sha in found.items()}


def _person(author: str) -> bytes:
    clean = re.sub(r"[<>\n\0]", "", author) or "terpusat"
    return f"{clean.partition('@')[0]} <{clean}>".encode()


def _past_stale_lock[T](act: Callable[[], T]) -> T:
    """Do it, waiting for a lock file of git's own; one that a killed process left behind is taken away.

    Our own processes exclude each other by flock, so only somebody's git program can hold one for a moment.
    """
    while True:
        try:
            return act()
        except FileLocked as error:
            lock = Path(os.fsdecode(error.lockfilename))
            try:
                age = time.time() - lock.stat().st_mtime
            except FileNotFoundError:
                continue
            if age > _STALE_SECONDS:
                lock.unlink(missing_ok=True)
            else:
                time.sleep(0.1)
