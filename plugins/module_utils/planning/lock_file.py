# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading and writing allocations.yml, the lock file of the address plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from ..register.checking import check_record
from ..register.document import Document, read_document
from ..register.models import Record, Register
from ..register.models.addresses import Address
from ..register.models.ipv6 import Address6
from ..register.problem import Position, Problem, in_reading_order
from ..register.refused import RefusedError
from ..whole_files import locked_folder, write_whole
from .allocations import VERSION, Allocations, DataCentre, LinkAllocation, LocationAllocation, Version
from .lock_rules import check_rules
from .lock_text import is_whole

FILE_NAME = "allocations.yml"
_ADDRESSES: tuple[tuple[str, TypeAdapter[Any]], ...] = (
    ("loopbacks", TypeAdapter(Address)),
    ("loopbacks6", TypeAdapter(Address6)),
    ("servers", TypeAdapter(Address)),
    ("servers6", TypeAdapter(Address6)),
)


class _Frame(Record):
    """The file's outer shape; its sections are judged entry by entry, so that one bad entry hides no other."""

    version: Version
    data_centre: DataCentre | None = None
    loopbacks: dict[str, Any] = Field(default_factory=dict)
    loopbacks6: dict[str, Any] = Field(default_factory=dict)
    locations: dict[str, Any] = Field(default_factory=dict)
    links: dict[str, Any] = Field(default_factory=dict)
    servers: dict[str, Any] = Field(default_factory=dict)
    servers6: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LockResult:
    """``allocations`` is None exactly when there are ``problems``; ``text`` is what the file holds."""

    allocations: Allocations | None
    problems: tuple[Problem, ...]
    text: str = ""


class ChangedMeanwhileError(Exception):
    """The file is not what the plan was made from."""


def read_lock(path: Path, register: Register) -> LockResult:
    """Read the lock file and hold it against the pools of ``register``. A file that does not exist is an empty one."""
    if not path.exists():
        return LockResult(Allocations(), ())
    document = read_document(path)
    if document.problems:
        return LockResult(None, tuple(document.problems))
    text = path.read_text(encoding="utf-8-sig")
    sections = document.data if isinstance(document.data, dict) else {}
    if (cut_off := _cut_off(document, sections, text)) is not None:
        return LockResult(None, (cut_off,))
    _, problems = check_record(_Frame, document, (), document.data if document.data is not None else {})
    problems = [*problems, *_entries(document, sections)]
    if problems:
        return LockResult(None, tuple(in_reading_order(problems)))
    allocations = Allocations.model_validate(sections)
    problems = list(check_rules(allocations, register.government, document))
    return LockResult(None if problems else allocations, tuple(in_reading_order(problems)), text)


def write_lock(path: Path, text: str, expected: str | None = None) -> None:
    """Replace the file as a whole: a reader sees the old content or the new one, never half of it.

    Raises OSError, and ChangedMeanwhileError when the file does not hold ``expected`` any more.
    """
    with locked_folder(path.parent):
        if expected is not None and (path.read_text(encoding="utf-8-sig") if path.exists() else "") != expected:
            raise ChangedMeanwhileError(str(path))
        write_whole(path, text.encode())


def _cut_off(document: Document, sections: dict[str, Any], text: str) -> Problem | None:
    """Half a file must never be read as a whole one: who is missing from it would be given new numbers."""
    if sections.get("version") != str(VERSION) or is_whole(text):
        return None
    return Problem(
        Position(str(document.path), text.count("\n") or 1),
        "",
        "baris terakhir berkas ini tidak ada, jadi sebagian isinya mungkin hilang.",
        "Pulihkan dari git (git checkout -- allocations.yml). Jangan jalankan plan.yml sebelum itu: yang hilang akan "
        "mendapat nomor baru.",
    )


def _entries(document: Document, sections: dict[str, Any]) -> Iterator[Problem]:
    for section, adapter in _ADDRESSES:
        for key, value in _mapping(sections, section).items():
            yield from _address(document, section, key, value, adapter)
    models: tuple[tuple[str, type[Record]], ...] = (("locations", LocationAllocation), ("links", LinkAllocation))
    for section, model in models:
        for key, value in _mapping(sections, section).items():
            yield from check_record(model, document, (section, key), value)[1]


def _mapping(sections: dict[str, Any], section: str) -> dict[str, Any]:
    found = sections.get(section)
    return found if isinstance(found, dict) else {}


def _address(document: Document, section: str, key: str, value: object, adapter: TypeAdapter[Any]) -> Iterator[Problem]:
    try:
        adapter.validate_python(value)
    except ValidationError as error:
        refused = error.errors()[0].get("ctx", {}).get("error")
        what, action = (
            (refused.what, refused.action)
            if isinstance(refused, RefusedError)
            else ("nilai ini bukan alamat.", "Tulis satu alamat, misalnya 10.255.0.1.")
        )
        yield Problem(document.position((section, key)), document.key((section, key)), what, action)
