# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading and writing allocations.yml, the lock file of the address plan."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from ..register.checking import check_record
from ..register.document import Document, read_document
from ..register.models import Record, Register
from ..register.models.addresses import Address
from ..register.problem import Problem, in_reading_order
from ..register.refused import RefusedError
from .allocations import Allocations, DataCentre, LinkAllocation, LocationAllocation, Version
from .lock_rules import check_rules

FILE_NAME = "allocations.yml"
_ADDRESS: TypeAdapter[Any] = TypeAdapter(Address)


class _Frame(Record):
    """The file's outer shape; its sections are judged entry by entry, so that one bad entry hides no other."""

    version: Version
    data_centre: DataCentre | None = None
    loopbacks: dict[str, Any] = Field(default_factory=dict)
    locations: dict[str, Any] = Field(default_factory=dict)
    links: dict[str, Any] = Field(default_factory=dict)
    servers: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LockResult:
    """``allocations`` is None exactly when there are ``problems``."""

    allocations: Allocations | None
    problems: tuple[Problem, ...]


def read_lock(path: Path, register: Register) -> LockResult:
    """Read the lock file and hold it against the pools of ``register``. A file that does not exist is an empty one."""
    if not path.exists():
        return LockResult(Allocations(), ())
    document = read_document(path)
    if document.problems:
        return LockResult(None, tuple(document.problems))
    _, problems = check_record(_Frame, document, (), document.data if document.data is not None else {})
    sections = document.data if isinstance(document.data, dict) else {}
    problems = [*problems, *_entries(document, sections)]
    if problems:
        return LockResult(None, tuple(in_reading_order(problems)))
    allocations = Allocations.model_validate(sections)
    problems = list(check_rules(allocations, register.government, document))
    return LockResult(None if problems else allocations, tuple(in_reading_order(problems)))


def write_lock(path: Path, text: str) -> None:
    """Replace the file as a whole: a reader sees the old content or the new one, never half of it. Raises OSError."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _entries(document: Document, sections: dict[str, Any]) -> Iterator[Problem]:
    for section in ("loopbacks", "servers"):
        for key, value in _mapping(sections, section).items():
            yield from _address(document, section, key, value)
    models: tuple[tuple[str, type[Record]], ...] = (("locations", LocationAllocation), ("links", LinkAllocation))
    for section, model in models:
        for key, value in _mapping(sections, section).items():
            yield from check_record(model, document, (section, key), value)[1]


def _mapping(sections: dict[str, Any], section: str) -> dict[str, Any]:
    found = sections.get(section)
    return found if isinstance(found, dict) else {}


def _address(document: Document, section: str, key: str, value: object) -> Iterator[Problem]:
    try:
        _ADDRESS.validate_python(value)
    except ValidationError as error:
        refused = error.errors()[0].get("ctx", {}).get("error")
        what, action = (
            (refused.what, refused.action)
            if isinstance(refused, RefusedError)
            else ("nilai ini bukan alamat IPv4.", "Tulis satu alamat, misalnya 10.255.0.1.")
        )
        yield Problem(document.position((section, key)), document.key((section, key)), what, action)
