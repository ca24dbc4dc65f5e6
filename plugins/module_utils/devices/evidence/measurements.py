# SPDX-License-Identifier: GPL-3.0-or-later
"""The ledger of acceptance tests: what stages rest on, so that a result that was edited or removed is found.

It lies beside the results (``<government>/measurements/ledger.jsonl`` and its anchor) and not in the controller's state
folder: it goes into git with them, and whoever clones the government's folder can check them on another controller.
An entry names a result's file and its SHA-256. Only the first entry of a file counts, because a result is never
replaced: who edits one and adds a new entry for it is found all the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from ...planning.acceptance.archive import FOLDER, result_files, store
from ...planning.acceptance.measurement import Measurement
from .canonical import Value
from .errors import EvidenceError
from .head import Head
from .ledger import Ledger
from .verify import Verification, check, describe

KIND, SETTLED = "measurement", "measurement_settled"

Fault = Literal["edited", "removed", "unrecorded"]
_WORDS: Mapping[Fault, str] = {
    "edited": "berbeda dari yang tercatat saat diukur (SHA-256 tidak cocok)",
    "removed": "tercatat saat diukur tetapi berkasnya tidak ada",
    "unrecorded": "tidak tercatat di buku bukti pengukuran",
}
_RESTORE = "kembalikan dari git; bila tidak dapat, ukur lagi dengan playbooks/accept.yml"
_REMEDIES: Mapping[Fault, str] = {
    "edited": _RESTORE,
    "removed": _RESTORE,
    "unrecorded": "ukur lagi dengan playbooks/accept.yml, dan singkirkan berkas itu bila bukan hasil pengukuran",
}


@dataclass(frozen=True)
class Doubtful:
    """A result that is no evidence. ``file`` is relative to the government's folder."""

    file: str
    fault: Fault
    sha256: str = ""

    @property
    def location(self) -> str:
        """``opd/location``."""
        return "/".join(self.file.split("/")[1:3])

    @property
    def name(self) -> str:
        """The file's own name; names of one location sort by the time at which was measured."""
        return self.file.rpartition("/")[2]

    def __str__(self) -> str:
        return f"{self.file} {_WORDS[self.fault]}; {_REMEDIES[self.fault]}"


@dataclass(frozen=True)
class Checked:
    """``trusted`` are files that are as they were measured, relative to the government's folder.

    With a ledger that is not whole none of them is, and ``doubtful`` is empty. Why those of ``settled`` are as they are
    somebody has recorded: they are no evidence either, but nothing is left to be done about them.
    """

    ledger: Path
    chain: Verification
    trusted: frozenset[str] = frozenset()
    doubtful: tuple[Doubtful, ...] = ()
    settled: frozenset[Doubtful] = frozenset()

    @property
    def open(self) -> tuple[Doubtful, ...]:
        return tuple(one for one in self.doubtful if one not in self.settled)

    @property
    def valid(self) -> bool:
        return self.chain.valid and not self.open

    def sentences(self) -> list[str]:
        """Everything that is wrong."""
        return [*(f"{self.ledger}: {text}" for text in describe(self.chain.problems)), *map(str, self.open)]


class MeasurementLedger:
    """Of one government; ``folder`` holds ``register/`` and ``measurements/``, ``key`` seals."""

    def __init__(self, folder: Path, government: str, key: bytes | None = None) -> None:
        """Nothing is touched yet."""
        self._folder = folder
        self._government = government
        self._key = key
        self._ledger = Ledger(folder / FOLDER, government, key)

    def prepare(self) -> None:
        """Prove that a result could be recorded now, before minutes are spent on measuring. Raises EvidenceError."""
        try:
            # As everything that goes into git: not for its owner alone, as the ledger itself would make it.
            (self._folder / FOLDER).mkdir(exist_ok=True)
        except OSError as error:
            raise EvidenceError(f"{self._folder / FOLDER} tidak dapat dibuat ({error.strerror})") from error
        self._ledger.check_writable()

    def keep(self, found: Measurement, actor: str, zone: str, ticket: str = "") -> Path:
        """Store a result and record it; return where it is.

        Raises:
            EvidenceError: it could not be recorded, and was not stored either. OSError: it could not be stored.
        """
        self.prepare()
        path = store(self._folder, found)
        try:
            self._ledger.append(self._record(path, found, actor, zone, ticket))
        except EvidenceError:
            path.unlink()
            raise
        return path

    def check(self) -> Checked:
        """Compare every result with its entry. Raises EvidenceError when the ledger cannot be read, OSError."""
        chain = check(self._folder / FOLDER, self._government, self._key)
        if not chain.valid:
            return Checked(self._ledger.paths.ledger, chain)
        recorded: dict[str, str] = {}
        for entry in chain.entries:
            if entry.record.get("kind") == KIND:
                recorded.setdefault(str(entry.record.get("file")), str(entry.record.get("sha256")))
        found = {path.relative_to(self._folder).as_posix(): _digest(path) for path in result_files(self._folder)}
        faults: dict[str, Fault] = {name: "unrecorded" for name in found if name not in recorded}
        faults |= {name: "removed" for name in recorded if name not in found}
        faults |= {name: "edited" for name in found if name in recorded and recorded[name] != found[name]}
        doubtful = tuple(Doubtful(name, fault, found.get(name, "")) for name, fault in sorted(faults.items()))
        known = {
            tuple(str(entry.record.get(key)) for key in ("file", "fault", "sha256"))
            for entry in chain.entries
            if entry.record.get("kind") == SETTLED
        }
        settled = frozenset(one for one in doubtful if (one.file, one.fault, one.sha256) in known)
        return Checked(self._ledger.paths.ledger, chain, frozenset(found) - set(faults), doubtful, settled)

    def settle(self, doubtful: Iterable[Doubtful], actor: str, reason: str) -> None:
        """Record why these are as they are; they never become evidence by that. Raises EvidenceError."""
        for one in doubtful:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            record: dict[str, Value] = {"kind": SETTLED, "at": now, "actor": actor, "reason": reason}
            self._ledger.append({**record, "file": one.file, "fault": one.fault, "sha256": one.sha256})

    def replace_damaged(self, actor: str, reason: str, problems: list[str]) -> Path:
        """Put a ledger that is not whole aside; results measured before count no more. Raises EvidenceError."""
        return self._ledger.replace_damaged(actor, reason, problems)

    def head(self) -> Head | None:
        """The anchor. Raises EvidenceError."""
        return self._ledger.head()

    def _record(self, path: Path, found: Measurement, actor: str, zone: str, ticket: str) -> dict[str, Value]:
        now = datetime.now(UTC)
        return {
            "kind": KIND,
            "at": now.isoformat(timespec="seconds"),
            "local": now.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds"),
            "actor": actor,
            "ticket": ticket,
            "government": self._government,
            "file": path.relative_to(self._folder).as_posix(),
            "sha256": _digest(path),
            "location": found.location,
            "line": found.line,
            "source": found.source,
            "taken": found.taken.isoformat(timespec="seconds"),
        }


def _digest(path: Path) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
