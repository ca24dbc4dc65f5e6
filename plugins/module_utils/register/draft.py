# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What could be read of a register, right or not: the ground on which the rules between records stand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from .document import Document
from .models import (
    Application,
    Bandwidth,
    Circuit,
    Complaint,
    Device,
    DevicePort,
    Event,
    Finding,
    Government,
    Opd,
    Record,
    Server,
    ServerPort,
    UnknownFieldError,
)
from .plain import KeyPath
from .problem import Problem, Severity

# `with if_known:` around what reads a record whose fields may not all be understood.
if_known = suppress(UnknownFieldError)


@dataclass(frozen=True, slots=True)
class Entry[M: Record]:
    """A record and where it stands."""

    record: M
    document: Document
    path: KeyPath

    def problem(
        self, keys: KeyPath, what: str, action: str, severity: Severity = Severity.ERROR, *, of_key: bool = False
    ) -> Problem:
        """A problem with the value at ``keys`` below this record."""
        path = (*self.path, *keys)
        return Problem(self.document.position(path, of_key=of_key), self.document.key(path), what, action, severity)

    def warning(self, keys: KeyPath, what: str, action: str) -> Problem:
        return self.problem(keys, what, action, Severity.WARNING)

    @property
    def line(self) -> int:
        return self.document.position(self.path).line

    @property
    def place(self) -> str:
        """``devices.yml baris 12``, for naming a second record in a message."""
        return f"{self.document.path.name} baris {self.line}"


@dataclass
class Section[M: Record]:
    """The records of one file. ``complete`` is False when a record or its name may be missing from ``entries``."""

    name_of: Callable[[M], str]
    entries: list[Entry[M]] = field(default_factory=list)
    complete: bool = True

    def __iter__(self) -> Iterator[Entry[M]]:
        return iter(self.entries)

    @cached_property
    def by_name(self) -> dict[str, Entry[M]]:
        """The first entry of every name that is known."""
        found: dict[str, Entry[M]] = {}
        for entry in self.entries:
            with if_known:
                found.setdefault(self.name_of(entry.record), entry)
        return found


@dataclass
class Draft:
    """All sections. ``folder`` is the government's folder, the one that holds ``register/``."""

    folder: Path
    government: Entry[Government] | None = None
    opds: Section[Opd] = field(default_factory=lambda: Section(lambda r: r.code))
    circuits: Section[Circuit] = field(default_factory=lambda: Section(lambda r: r.id))
    bandwidth: Section[Bandwidth] = field(default_factory=lambda: Section(lambda r: r.opd))
    devices: Section[Device] = field(default_factory=lambda: Section(lambda r: r.name))
    servers: Section[Server] = field(default_factory=lambda: Section(lambda r: r.name))
    applications: Section[Application] = field(default_factory=lambda: Section(lambda r: r.code))
    events: Section[Event] = field(default_factory=lambda: Section(lambda r: r.code))
    complaints: Section[Complaint] = field(default_factory=lambda: Section(lambda r: r.id))
    findings: Section[Finding] = field(default_factory=lambda: Section(lambda r: r.id))

    @property
    def nodes(self) -> Iterator[Entry[Device | Server]]:
        """Devices, then servers."""
        yield from self.devices
        yield from self.servers

    @cached_property
    def node_by_name(self) -> dict[str, Entry[Device | Server]]:
        return {**self.servers.by_name, **self.devices.by_name}

    @property
    def nodes_complete(self) -> bool:
        return self.devices.complete and self.servers.complete


def ports_of(node: Device | Server) -> tuple[DevicePort | ServerPort, ...]:
    return node.ports


def grouped[E, K: Hashable](entries: Iterable[E], key: Callable[[E], K | None]) -> dict[K, list[E]]:
    """Entries by ``key``; those whose key is None or not known are left out."""
    groups: dict[K, list[E]] = {}
    for entry in entries:
        with if_known:
            value = key(entry)
            if value is not None:
                groups.setdefault(value, []).append(entry)
    return groups
