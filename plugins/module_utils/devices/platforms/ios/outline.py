# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration by its top-level lines: enough, without a tree, for what is asked of every device of a fleet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from . import acl
from .acl import AccessList
from .text import Line

_NUMBERED = re.compile(r"^access-list (\d+) (.*)$")
_LIST = re.compile(r"^(?:ip access-list (?:standard|extended) \S+|ipv6 access-list \S+)$")


class Section(NamedTuple):
    """A top-level line and, with their indentation, all lines below it."""

    header: Line
    lines: list[Line]

    @property
    def text(self) -> str:
        """The top-level line."""
        return self.header.text

    def children(self) -> Iterator[Line]:
        """The lines directly below."""
        return (line for line in self.lines if line.indent == 1)


def is_access_list(header: str) -> bool:
    """Whether a top-level line is the head of an access list of entries with numbers."""
    return _LIST.match(header) is not None


def numbered_entry(line: str) -> tuple[str, str] | None:
    """Header and entry of ``access-list 10 permit …``, which is an entry of ``ip access-list standard 10``."""
    match = _NUMBERED.match(line)
    if match is None:
        return None
    kind = "standard" if int(match[1]) < 100 or 1300 <= int(match[1]) < 2000 else "extended"
    return f"ip access-list {kind} {match[1]}", match[2]


def sections(lines: Iterable[Line]) -> list[Section]:
    """The lines by their top-level line."""
    found: list[Section] = []
    for line in lines:
        if line.indent and found:
            found[-1].lines.append(line)
        else:
            found.append(Section(line, []))
    return found


@dataclass(frozen=True)
class Outline:
    """Sections in the order of the text."""

    sections: list[Section]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Outline:
        """The outline of scanned lines."""
        return cls(sections(lines))

    @cached_property
    def headers(self) -> frozenset[str]:
        """The top-level lines."""
        return frozenset(section.text for section in self.sections)

    @cached_property
    def lists(self) -> dict[str, AccessList]:
        """Access lists by header; the entries of a numbered one stand at the top level."""
        entries: dict[str, list[str]] = {}
        for section in self.sections:
            entry = numbered_entry(section.text)
            if entry is not None:
                entries.setdefault(entry[0], []).append(entry[1])
            elif is_access_list(section.text):
                entries.setdefault(section.text, []).extend(line.text for line in section.lines)
        return {header: acl.read(header, lines) for header, lines in entries.items()}

    def line_of(self, header: str, entry: str) -> int:
        """Number of the line (from 1) that says an entry of an access list; 0 when none does."""
        for section in self.sections:
            numbered = numbered_entry(section.text)
            if numbered is not None:
                said = [(numbered[1], section.header.number)] if numbered[0] == header else []
            else:
                said = [(line.text, line.number) for line in section.lines] if section.text == header else []
            for text, number in said:
                if acl.canonical(header, acl.split(text)[1]) == entry:
                    return number
        return 0
