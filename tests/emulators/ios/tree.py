# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration as a tree of sections and lines, and how IOS prints it."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import interfaces
from .grammar import Mode, Rule

_stamps = itertools.count()


@dataclass(eq=False)
class Entry:
    """One configured line: `words` in canonical form (without `no`), the first `key` of them identify it; `raw`: lines
    printed as they are behind it (certificates, banners); `sequence`: number of an access list's entry."""

    rule: Rule
    words: tuple[str, ...]
    key: int
    negated: bool = False
    section: "Section | None" = None
    raw: tuple[str, ...] = ()
    sequence: int | None = None
    stamp: int = field(default_factory=lambda: next(_stamps))

    @property
    def text(self) -> str:
        return ("no " if self.negated else "") + " ".join(self.words)

    def copy(self, parent: "Section") -> "Entry":
        section = self.section.copy(parent) if self.section else None
        return Entry(self.rule, self.words, self.key, self.negated, section, self.raw, self.sequence, self.stamp)


@dataclass(eq=False)
class Section:
    """The lines of one mode at one place; `words` are those of its header line, empty at the top."""

    mode: Mode
    words: tuple[str, ...] = ()
    parent: "Section | None" = None
    entries: dict[tuple[int, str], Entry] = field(default_factory=dict)
    # At the top: what was printed since the last change.
    printed: tuple[str, ...] | None = None

    def touch(self) -> None:
        """Something in here changed: what was printed is no longer true."""
        here: Section | None = self
        while here is not None:
            here.printed = None
            here = here.parent

    @property
    def name(self) -> str:
        """The last word of the header: the interface's name, the VLAN's number, …"""
        return self.words[-1]

    def copy(self, parent: "Section | None" = None) -> "Section":
        twin = Section(self.mode, self.words, parent, printed=self.printed)
        twin.entries = {key: entry.copy(twin) for key, entry in self.entries.items()}
        return twin

    def get(self, text: str) -> Entry | None:
        """The entry whose line starts with `text`, not negated."""
        return next((entry for entry in self.find(text) if not entry.negated), None)

    def find(self, text: str) -> list[Entry]:
        """All entries whose words start with those of `text`, negated ones too."""
        start = tuple(text.split())
        return [entry for entry in self.entries.values() if entry.words[: len(start)] == start]

    def sections(self, text: str) -> list["Section"]:
        return [entry.section for entry in self.find(text) if entry.section is not None]

    def add(self, entry: Entry) -> Entry:
        """Stores an entry; one of the same identity is replaced and keeps its place."""
        key = (entry.rule.order, " ".join(entry.words[: entry.key]))
        old = self.entries.get(key)
        if old is not None:
            entry.stamp = old.stamp
            entry.section = entry.section or old.section
        self.entries[key] = entry
        self.touch()
        return entry

    def put(self, entry: Entry) -> None:
        """Stores an entry of an access list under its sequence number."""
        self.entries[(entry.rule.order, f"{entry.sequence:010}")] = entry
        self.touch()

    def discard(self, entry: Entry) -> None:
        self.touch()
        for key, other in list(self.entries.items()):
            if other is entry:
                del self.entries[key]

    def clear(self, text: str) -> None:
        for entry in self.find(text):
            self.discard(entry)

    # -- printing

    def visible(self, traits: frozenset[str]) -> Iterator[tuple[Rule, list[Entry]]]:
        """What is shown of each command, in order; an empty list stands for `rule.absent`."""
        by_rule: dict[int, list[Entry]] = {}
        for entry in self.entries.values():
            by_rule.setdefault(entry.rule.order, []).append(entry)
        for order in sorted(self.mode.always.union(by_rule)):
            rule = self.mode.rules[order]
            if rule.applies(traits) and not rule.hidden:
                yield rule, sorted(by_rule.get(order, ()), key=_sorter(rule))


def _sorter(rule: Rule):  # type: ignore[no-untyped-def]  # a sort key of any comparable type
    if rule.sort == "interface":
        return lambda entry: interfaces.order(entry.words[-1])
    if rule.sort == "number":
        return lambda entry: [int(word) for word in entry.words if word.isdecimal()]
    if rule.sort == "prefix":
        return lambda entry: (entry.words[2], int(entry.words[4]))
    if rule.sort == "address":
        return lambda entry: ([int(part) for word in entry.words[2:4] for part in _octets(word)], entry.stamp)
    return lambda entry: (entry.sequence or 0, entry.stamp)


def _octets(word: str) -> list[str]:
    parts = word.split(".")
    return parts if len(parts) == 4 and all(part.isdecimal() for part in parts) else []
