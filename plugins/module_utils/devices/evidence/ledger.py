# SPDX-License-Identifier: GPL-3.0-or-later
"""The ledger of changes: append-only JSON Lines, every entry chained by hash to the one before.

What it protects against: an entry that somebody edits, removes, repeats or moves breaks the chain; a removed tail no
longer reaches the anchor beside it. What it cannot protect against by itself: who may write the folder (root, or the
operator's own account) can write a whole new chain with a new anchor. Two things limit that. The head is printed after
every run and stands in the commits of the backup repository, so a copy of either, elsewhere, is an anchor that such a
person cannot reach (`verify.check(anchors=…)`). And with a key kept off the controller's disk (Ansible Vault) entries
are HMACs, which only a holder of the key can make.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ...whole_files import sync_folder, write_whole
from .canonical import Value
from .entry import BadLineError, Entry, first_previous
from .errors import EvidenceError
from .files import locked, make_folder
from .head import Head

_CHUNK = 65536
_LOCK_SECONDS = 60.0
_VERIFY = "periksa dengan playbook evidence.yml"


@dataclass(frozen=True)
class Paths:
    """The ledger's files inside a government's evidence folder."""

    folder: Path

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.jsonl"

    @property
    def head(self) -> Path:
        return self.folder / "ledger.head"

    @property
    def lock(self) -> Path:
        return self.folder / "ledger.lock"


class Ledger:
    """Appends to a government's ledger. Safe for many processes at once; nothing is held between two calls."""

    def __init__(self, folder: Path, government: str, key: bytes | None = None) -> None:
        """``key`` seals new entries with HMAC-SHA256. Nothing is touched yet."""
        self.paths = Paths(folder)
        self._government = government
        self._key = key

    def append(self, record: Mapping[str, Value]) -> Head:
        """Write one record, on disk when this returns; return where the ledger now ends.

        A torn last line (a process killed, a full disk) is moved into a file of its own first, and a record of kind
        ``torn`` says so.

        Raises:
            EvidenceError: not writable, or the end of the ledger is not what the anchor says. Nothing was written.
        """
        with self._writing():
            last = self._last()
            entry = self._next(last, record)
            self._write(entry)
            head = Head(entry.seq, entry.hash)
            head.save(self.paths.head)
            return head

    def head(self) -> Head | None:
        """Where the ledger ends by its anchor; None before the first record. Raises EvidenceError."""
        try:
            return Head.load(self.paths.head)
        except OSError as error:
            raise EvidenceError(f"{self.paths.head} tidak terbaca ({error.strerror})") from error

    def check_writable(self) -> None:
        """Prove that a record could be written now, and write none. Raises EvidenceError."""
        with self._writing():
            self._last()

    def replace_damaged(self, actor: str, reason: str, problems: list[str]) -> Path:
        """Put a damaged ledger aside, unchanged, and begin a new one whose first record tells what happened.

        Returns the path under which the old one stays; its SHA-256 stands in the new ledger's first record.

        Raises:
            EvidenceError: there is none, or the folder is not writable.
        """
        with self._writing():
            if not self.paths.ledger.exists():
                raise EvidenceError(f"{self.paths.ledger} tidak ada; tidak ada yang perlu disisihkan")
            aside = self.paths.folder / f"ledger-{_stamp()}.jsonl"
            old_head = self.paths.head.read_text(errors="replace").strip() if self.paths.head.exists() else ""
            record: dict[str, Value] = {
                "kind": "opened",
                "at": _now(),
                "actor": actor,
                "reason": reason,
                "former": {
                    "file": aside.name,
                    "sha256": _file_digest(self.paths.ledger),
                    "anchor": old_head,
                    "problems": list(problems),
                },
            }
            entry = Entry.make(1, first_previous(self._government), record, self._key)
            # A name more before the old one goes: killed anywhere in between, nothing is lost and this can be repeated.
            os.link(self.paths.ledger, aside)
            write_whole(self.paths.ledger, entry.line() + b"\n", 0o600)
            Head(1, entry.hash).save(self.paths.head)
            return aside

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            make_folder(self.paths.folder)
            with locked(self.paths.lock, seconds=_LOCK_SECONDS):
                yield
        except OSError as error:
            raise EvidenceError(
                f"buku bukti {self.paths.ledger} tidak dapat ditulis ({error.strerror}); periksa hak akses dan ruang "
                "disk folder itu"
            ) from error

    def _next(self, last: Entry | None, record: Mapping[str, Value]) -> Entry:
        if last is None:
            return Entry.make(1, first_previous(self._government), record, self._key)
        return Entry.make(last.seq + 1, last.hash, record, self._key)

    def _write(self, entry: Entry) -> None:
        handle = os.open(self.paths.ledger, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            size = os.fstat(handle).st_size
            rest = memoryview(entry.line() + b"\n")
            try:
                while rest:
                    rest = rest[os.write(handle, rest) :]
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, size)  # a full disk: what others wrote stays, half a line of ours does not
                raise
        finally:
            os.close(handle)
        if entry.seq == 1:
            sync_folder(self.paths.folder)

    def _last(self) -> Entry | None:
        """The last entry, after a torn line was put aside; None for a new ledger. The lock is held."""
        line, torn_at = _tail(self.paths.ledger)
        head = self.head()
        last = self._parse_last(line, head)
        if torn_at is not None:
            return self._put_torn_aside(last, torn_at)
        return last

    def _parse_last(self, line: bytes | None, head: Head | None) -> Entry | None:
        if line is None:
            if head is not None:
                raise self._broken(f"kosong, padahal jangkarnya menyebut catatan {head.seq}")
            return None
        try:
            last = Entry.parse(line)
        except BadLineError as error:
            raise self._broken(f"baris terakhirnya {error}") from None
        if last.intact(self._key) is False:
            raise self._broken(f"isi catatan {last.seq} tidak cocok dengan sidiknya")
        at_head = head is not None and (head.seq, head.hash) == (last.seq, last.hash)
        # Killed between writing the entry and the anchor: exactly one entry is ahead of it.
        former = Head(0, first_previous(self._government)) if head is None else head
        ahead = (former.seq + 1, former.hash) == (last.seq, last.previous)
        if not at_head and not ahead:
            named = f"catatan {head.seq}" if head else "tidak ada catatan"
            raise self._broken(f"berakhir di catatan {last.seq}, padahal jangkarnya menyebut {named}")
        return last

    def _broken(self, what: str) -> EvidenceError:
        return EvidenceError(f"buku bukti {self.paths.ledger} {what}; {_VERIFY}")

    def _put_torn_aside(self, last: Entry | None, torn_at: int) -> Entry:
        with open(self.paths.ledger, "rb") as stream:
            stream.seek(torn_at)
            fragment = stream.read()
        aside = self.paths.folder / f"ledger-torn-{_stamp()}.txt"
        write_whole(aside, fragment, 0o600)
        os.truncate(self.paths.ledger, torn_at)
        record: dict[str, Value] = {"kind": "torn", "at": _now(), "file": aside.name, "bytes": len(fragment)}
        entry = self._next(last, record)
        self._write(entry)
        Head(entry.seq, entry.hash).save(self.paths.head)
        return entry


def _tail(path: Path) -> tuple[bytes | None, int | None]:
    """The last whole line without its end, and where a torn line after it begins. Reads only the end of the file."""
    if not path.exists():
        return None, None
    with open(path, "rb") as stream:
        position = size = stream.seek(0, os.SEEK_END)
        data = b""
        while position and data.count(b"\n") < 2:
            step = min(_CHUNK, position)
            position -= step
            stream.seek(position)
            data = stream.read(step) + data
    end = data.rfind(b"\n")
    torn_at = None if end + 1 == len(data) else size - len(data) + end + 1
    if end < 0:
        return None, torn_at
    return data[data.rfind(b"\n", 0, end) + 1 : end], torn_at


def _file_digest(path: Path) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _stamp() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
