# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a whole ledger and names every line that is not as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .entry import KEYED, BadLineError, Entry, first_previous
from .errors import EvidenceError
from .files import locked
from .head import Head
from .ledger import Paths

_LOCK_SECONDS = 60.0


@dataclass(frozen=True)
class Problem:
    """``line`` counts from 1; None when the problem is not in one line."""

    line: int | None
    what: str

    def __str__(self) -> str:
        return self.what if self.line is None else f"baris {self.line}: {self.what}"


@dataclass
class Verification:
    """What a reading found. ``entries`` are the intact ones, in the order of the file."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    head: Head | None = None

    @property
    def valid(self) -> bool:
        """Whether nothing was changed, removed, repeated, moved or cut off."""
        return not self.problems


@dataclass(frozen=True)
class Anchor:
    """What an entry's hash must be, known from outside the ledger; ``source`` says from where."""

    head: Head
    source: str


def check(folder: Path, government: str, key: bytes | None = None, anchors: Iterable[Anchor] = ()) -> Verification:
    """Verify a government's ledger from its first line to its anchor, and against anchors from elsewhere.

    A folder without a ledger is an empty, valid one, unless an anchor speaks of entries.

    Raises:
        EvidenceError: a file exists and cannot be read.
    """
    paths = Paths(folder)
    try:
        if paths.lock.exists():
            with locked(paths.lock, seconds=_LOCK_SECONDS):
                lines, anchor_problem, head = _load(paths)
        else:
            lines, anchor_problem, head = _load(paths)
    except OSError as error:
        raise EvidenceError(f"buku bukti {paths.ledger} tidak terbaca ({error.strerror}); periksa hak akses") from error
    result = Verification(head=head)
    chain = _Chain(government, key, result)
    for number, line in _numbered(lines):
        chain.read(number, line)
    if anchor_problem:
        result.problems.append(Problem(None, anchor_problem))
    else:
        _compare_head(result, head, chain)
    _compare_anchors(result, anchors, chain)
    if key:
        _expect_sealed(result, chain)
    elif chain.unverifiable:
        result.notices.append(
            f"{chain.unverifiable} catatan disegel dengan kunci; isinya baru terbukti bila kuncinya diberikan"
        )
    return result


def _load(paths: Paths) -> tuple[bytes, str, Head | None]:
    lines = paths.ledger.read_bytes() if paths.ledger.exists() else b""
    try:
        return lines, "", Head.load(paths.head)
    except EvidenceError as error:
        return lines, str(error), None


def _numbered(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Lines with their line end: one that lacks it is torn."""
    start = number = 0
    while start < len(content):
        end = content.find(b"\n", start) + 1 or len(content)
        number += 1
        yield number, content[start:end]
        start = end


class _Chain:
    """Where the reading stands. After a problem it goes on from what the line claims, so that one edit is told once."""

    def __init__(self, government: str, key: bytes | None, result: Verification) -> None:
        self.seq = 0
        self.hash = first_previous(government)
        self.hashes: dict[int, str] = {}
        self.last: Entry | None = None
        self.before_last = Head(0, self.hash)
        self.keyed_since = 0
        self.unverifiable = 0
        self.unknown = False
        self._key = key
        self._result = result

    def read(self, number: int, line: bytes) -> None:
        problems = self._result.problems
        if not line.endswith(b"\n"):
            problems.append(Problem(number, "terpotong di tengah; catatan berikutnya akan menyisihkannya"))
            self.unknown = True
            return
        try:
            entry = Entry.parse(line[:-1])
        except BadLineError as error:
            problems.append(Problem(number, str(error)))
            self.unknown = True
            return
        found = [*self._place(entry), *self._content(entry)]
        problems += [Problem(number, what) for what in found]
        if not found:
            self._result.entries.append(entry)
            self.hashes[entry.seq] = entry.hash
        self.before_last = Head(self.seq, self.hash)
        self.seq, self.hash, self.last, self.unknown = entry.seq, entry.hash, entry, False

    def _place(self, entry: Entry) -> Iterator[str]:
        expected = self.seq + 1
        if self.unknown:
            # The line before could not be read: it stood for one entry, whose hash only this line still knows.
            if entry.seq != expected + 1:
                yield f"berisi catatan {entry.seq}, seharusnya {expected + 1}"
        elif entry.seq == expected:
            if entry.previous != self.hash:
                yield f"catatan {entry.seq} tidak menyambung ke catatan sebelumnya"
        elif entry.seq > expected:
            gone = f"catatan {expected}" if entry.seq == expected + 1 else f"catatan {expected} sampai {entry.seq - 1}"
            yield f"{gone} hilang di depannya, atau urutannya diubah"
        else:
            yield f"catatan {entry.seq} berulang atau urutannya diubah"

    def _content(self, entry: Entry) -> Iterator[str]:
        if entry.seal == KEYED:
            self.keyed_since = self.keyed_since or entry.seq
        elif self.keyed_since:
            yield f"catatan {entry.seq} tidak disegel dengan kunci, padahal catatan {self.keyed_since} sudah"
        intact = entry.intact(self._key)
        if intact is None:
            self.unverifiable += 1
        elif not intact:
            yield f"isi catatan {entry.seq} tidak cocok dengan sidiknya"


def _compare_head(result: Verification, head: Head | None, chain: _Chain) -> None:
    last = chain.last
    if head is None:
        if last is not None and last.seq > 1:
            result.problems.append(Problem(None, f"jangkar hilang, padahal buku bukti sampai di catatan {last.seq}"))
        elif last is not None:
            result.notices.append("catatan 1 belum dijangkarkan: proses dimatikan saat menulisnya")
    elif last is None or last.seq < head.seq:
        at = 0 if last is None else last.seq
        gone = f"catatan {head.seq}" if head.seq == at + 1 else f"catatan {at + 1} sampai {head.seq}"
        result.problems.append(Problem(None, f"{gone} hilang dari akhir buku bukti"))
    elif (last.seq, last.hash) != (head.seq, head.hash):
        if head != chain.before_last:
            result.problems.append(
                Problem(None, f"jangkar menyebut catatan {head.seq} dengan sidik lain, atau catatan ditambahkan")
            )
        else:
            result.notices.append(f"catatan {last.seq} belum dijangkarkan: proses dimatikan saat menulisnya")


def _compare_anchors(result: Verification, anchors: Iterable[Anchor], chain: _Chain) -> None:
    for anchor in anchors:
        found = chain.hashes.get(anchor.head.seq)
        if found is None:
            result.problems.append(
                Problem(None, f"catatan {anchor.head.seq}, yang disebut {anchor.source}, tidak ada atau rusak")
            )
        elif found != anchor.head.hash:
            result.problems.append(
                Problem(None, f"catatan {anchor.head.seq} bukan yang disebut {anchor.source}: buku bukti ditulis ulang")
            )


def _expect_sealed(result: Verification, chain: _Chain) -> None:
    if chain.last is not None and chain.last.seal != KEYED:
        result.problems.append(
            Problem(None, f"kunci diberikan, tetapi catatan terakhir ({chain.last.seq}) tidak disegel dengannya")
        )


def describe(problems: Sequence[Problem]) -> list[str]:
    """The problems as sentences, those of lines first."""
    return [str(problem) for problem in sorted(problems, key=lambda p: (p.line is None, p.line or 0))]
