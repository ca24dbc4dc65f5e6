# SPDX-License-Identifier: GPL-3.0-or-later
"""Results of acceptance tests in a government's folder: one file each, never changed afterwards.

``measurements/<opd>/<location>/<UTC time>-<line>.json``: they go into git with the register, as evidence of a stage.
Whether they are as they were measured is told by their ledger (``devices/evidence/measurements``), not here.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from .measurement import Measurement

FOLDER = "measurements"


@dataclass(frozen=True)
class Unreadable:
    """A file that is not a result; it counts for nothing, and is told."""

    path: Path
    reason: str


def store(government: Path, found: Measurement) -> Path:
    """Write it whole and return where. Raises OSError; FileExistsError when one of that second is there already."""
    opd, _, location = found.location.partition("/")
    folder = government / FOLDER / opd / location
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{found.taken.astimezone(UTC):%Y%m%dT%H%M%SZ}-{found.line}.json"
    text = json.dumps(found.as_data(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    handle, name = tempfile.mkstemp(prefix=".hasil-", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        # A link, not a rename: an earlier result is evidence and is never replaced.
        os.link(name, target)
    finally:
        os.unlink(name)
    return target


def result_files(government: Path) -> list[Path]:
    """The files of all results, those of a location in the order in which they were measured."""
    return sorted((government / FOLDER).glob("*/*/*.json"))


def read_result(path: Path) -> Measurement | Unreadable:
    """One of `result_files`."""
    try:
        found = Measurement.of_data(json.loads(path.read_text(encoding="utf-8")))
        if found.location != f"{path.parent.parent.name}/{path.parent.name}":
            raise ValueError(f"berisi hasil {found.location}")
    except (ValueError, OSError) as error:
        return Unreadable(path, str(error))
    return found


def results(government: Path) -> Iterator[Measurement | Unreadable]:
    """Every result, the oldest of each location first."""
    return map(read_result, result_files(government))
