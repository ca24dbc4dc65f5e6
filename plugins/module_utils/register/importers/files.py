# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replacing several register files together: all of them or, after an interruption, the rest by the next run.

Order of a write: every new file complete beside its old one → a journal that names them, with the fingerprints of old
and new → one rename a file → the journal is removed. A process that dies before the journal stands has changed nothing;
after that, `recover` finishes the renames. The files are renamed in an order in which every step is a valid register.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ...whole_files import sync_folder, write_whole
from .edits import STEMS

JOURNAL = ".import_survey.json"
_PREFIX = ".import-"


class FilesChangedError(Exception):
    """Somebody wrote ``file`` meanwhile; nothing more was replaced."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


class BusyError(Exception):
    """Another import writes this register now."""


@dataclass(frozen=True, slots=True)
class _Step:
    file: str
    temporary: str
    before: str
    after: str


def pending(folder: Path) -> bool:
    """Whether an import was interrupted while it replaced files."""
    return (folder / JOURNAL).exists()


def recover(folder: Path) -> list[str]:
    """Finish an interrupted import. Returns the names of the files it replaced. Raises FilesChangedError, OSError."""
    with _locked(folder):
        return _finish(folder) if pending(folder) else []


def replace_files(folder: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Replace the files named in ``after``. ``before`` is what was read when the new content was made.

    Raises FilesChangedError, BusyError, OSError; a journal of another run is finished first by ``recover``.
    """
    names = sorted(after, key=lambda name: [f"{stem}.yml" for stem in STEMS].index(name))
    with _locked(folder):
        if pending(folder):
            raise BusyError
        for name in names:
            if (folder / name).read_bytes() != before[name]:
                raise FilesChangedError(name)
        for pattern in (f"{_PREFIX}*", f".{JOURNAL}.*"):  # of a run that died before its journal stood
            for leftover in folder.glob(pattern):
                leftover.unlink()
        steps: list[_Step] = []
        try:
            for name in names:
                steps.append(
                    _Step(name, _write_beside(folder, name, after[name]), _hash(before[name]), _hash(after[name]))
                )
            _write_journal(folder, steps)
        except BaseException:
            if not pending(folder):
                for step in steps:
                    (folder / step.temporary).unlink(missing_ok=True)
            raise
        _finish(folder)


def replace_file(folder: Path, name: str, before: bytes, after: bytes) -> None:
    """Replace one file of the register, in one step that needs no journal. ``before`` is what was read.

    Raises FilesChangedError, BusyError (an import writes now, or was interrupted), OSError.
    """
    with _locked(folder):
        if pending(folder):
            raise BusyError
        if (folder / name).read_bytes() != before:
            raise FilesChangedError(name)
        for leftover in folder.glob(f".{name}.*"):  # of a process that was killed here
            leftover.unlink()
        write_whole(folder / name, after)


def _finish(folder: Path) -> list[str]:
    journal = folder / JOURNAL
    steps = [_Step(**step) for step in json.loads(journal.read_text(encoding="utf-8"))["files"]]
    done = []
    for step in steps:
        target, temporary = folder / step.file, folder / step.temporary
        now = _hash(target.read_bytes()) if target.exists() else ""
        if now == step.after:
            temporary.unlink(missing_ok=True)
            continue
        if now != step.before or not temporary.exists() or _hash(temporary.read_bytes()) != step.after:
            raise FilesChangedError(step.file)
        os.replace(temporary, target)
        done.append(step.file)
    sync_folder(folder)
    journal.unlink()
    sync_folder(folder)
    return done


def _write_beside(folder: Path, name: str, content: bytes) -> str:
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f"{_PREFIX}{name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, (folder / name).stat().st_mode & 0o777)
    except BaseException:
        os.unlink(temporary)
        raise
    return Path(temporary).name


def _write_journal(folder: Path, steps: list[_Step]) -> None:
    document = {
        "note": "Impor survei sedang mengganti berkas di folder ini; jalankan playbooks/import_survey.yml lagi.",
        "files": [{"file": s.file, "temporary": s.temporary, "before": s.before, "after": s.after} for s in steps],
    }
    write_whole(folder / JOURNAL, json.dumps(document, ensure_ascii=False, indent=2).encode())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One import a register; the lock goes with the process that holds it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError from None
        yield
    finally:
        os.close(handle)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
