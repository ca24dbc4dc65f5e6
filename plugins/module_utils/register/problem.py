# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with a register, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps the register from being used; a warning is told and used all the same."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file; line and column count from 1, and (1, 1) when the whole file is meant."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem; ``what`` and ``action`` are sentences in Bahasa Indonesia, ``key`` reads like devices[br1].ports."""

    position: Position
    key: str
    what: str
    action: str
    severity: Severity = Severity.ERROR

    @property
    def file(self) -> str:
        return self.position.file

    @property
    def line(self) -> int:
        return self.position.line

    @property
    def column(self) -> int:
        return self.position.column

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def in_reading_order(problems: list[Problem]) -> list[Problem]:
    """Sorted by file, line and column, errors before warnings of the same place, each said once."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (p.position, p.severity is Severity.WARNING, p.key, p.what))
