# SPDX-License-Identifier: GPL-3.0-or-later
"""The ledger as changes: begin and end of a transaction together, filtered as an auditor asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatchcase
from typing import Any

from .entry import Entry
from .process import alive

INTERRUPTED, RUNNING = "interrupted", "running"


@dataclass(frozen=True)
class Event:
    """One transaction, or one record about the ledger itself. ``end`` is None while it runs or was interrupted."""

    begin: Entry
    end: Entry | None = None

    @property
    def record(self) -> Mapping[str, Any]:
        return self.begin.record

    @property
    def device(self) -> str:
        return str(self.record.get("device", ""))

    @property
    def ticket(self) -> str:
        return str(self.record.get("ticket", ""))

    @property
    def actor(self) -> str:
        return str(self.record.get("actor", ""))

    @property
    def when(self) -> datetime:
        """The local time at which it began; it carries its offset."""
        return datetime.fromisoformat(str(self.record.get("local") or self.record["at"]))

    @property
    def outcome(self) -> str:
        """The outcome's value; `INTERRUPTED` when the process that began it is gone without an end."""
        if self.end is not None:
            return str(self.end.record.get("outcome", ""))
        if self.record.get("kind") != "begin":
            return str(self.record.get("kind", ""))
        # Of a process on another controller nothing is known here; a change does not take that long.
        return RUNNING if alive(str(self.record.get("process", ""))) else INTERRUPTED

    @property
    def message(self) -> str:
        if self.end is not None:
            return str(self.end.record.get("message", ""))
        return str(self.record.get("reason", "") or self.record.get("file", ""))

    def as_result(self) -> dict[str, Any]:
        """Plain data for a playbook: what, who, when, and the whole records."""
        return {
            "seq": self.begin.seq,
            "device": self.device,
            "ticket": self.ticket,
            "actor": self.actor,
            "at": str(self.record.get("at", "")),
            "local": self.when.isoformat(),
            "outcome": self.outcome,
            "message": self.message,
            "begin": dict(self.record),
            "end": dict(self.end.record) if self.end else {},
        }


@dataclass(frozen=True)
class Filter:
    """What to show; an empty field does not filter. ``device`` may have ``*``; dates are local and inclusive."""

    device: str = ""
    ticket: str = ""
    outcomes: Sequence[str] = ()
    since: date | None = None
    until: date | None = None

    def matches(self, event: Event) -> bool:
        day = event.when.date()
        return (
            (not self.device or fnmatchcase(event.device, self.device))
            and (not self.ticket or event.ticket == self.ticket)
            and (not self.outcomes or event.outcome in self.outcomes)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
        )


def events(entries: Iterable[Entry], wanted: Filter | None = None) -> list[Event]:
    """Pair begins with their ends, in the order in which they began."""
    begun: dict[str, Entry] = {}
    ended: dict[str, Entry] = {}
    order: list[str] = []
    for entry in entries:
        # A record without a transaction, about the ledger itself, stands alone.
        name = str(entry.record.get("transaction") or f"#{entry.seq}")
        if entry.record.get("kind") == "end" and name in begun:
            ended[name] = entry
        else:
            begun[name] = entry
            order.append(name)
    found = [Event(begun[name], ended.get(name)) for name in order]
    return [event for event in found if wanted is None or wanted.matches(event)]
