# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A survey as a grid of cells: what stands in each, where, and what makes it untrustworthy."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

CellKind = Literal["blank", "text", "number", "day", "yes_no"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands. ``sheet`` is empty in a CSV; row and column count from 1, as a spreadsheet shows them."""

    file: str
    sheet: str
    row: int
    column: int

    @property
    def ref(self) -> str:
        """``C14``."""
        return f"{column_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"{self.file} [{self.sheet}] {self.ref}" if self.sheet else f"{self.file} {self.ref}"


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` is what a person reads there, trimmed; ``number`` and ``day`` what the spreadsheet holds.

    ``unit`` is written by the cell's number format (``0" Mbps"``), so a person sees it, but it is not in the value.
    ``merged`` names the merged range (``K5:K7``) of which this cell is one of several rows, ``across`` the one
    that covers several columns. ``flaw`` is what is wrong with the cell and what to do, whatever its column.
    """

    place: Place
    kind: CellKind = "blank"
    text: str = ""
    number: Decimal | None = None
    day: date | None = None
    unit: str = ""
    merged: str = ""
    across: str = ""
    flaw: tuple[str, str] | None = None

    @property
    def blank(self) -> bool:
        return self.kind == "blank" and self.flaw is None

    def with_text(self, text: str) -> Cell:
        """The same place with what a person says should stand there."""
        return Cell(self.place, "text" if text else "blank", text)


@dataclass(slots=True)
class Sheet:
    """``rows`` maps a row number to its cells by column; only cells that hold something are there.

    ``notes`` are lines for the operator about how it was read.
    """

    file: str
    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    notes: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.file} [{self.name}]" if self.name else self.file

    def cell(self, row: int, column: int) -> Cell:
        found = self.rows.get(row, {}).get(column)
        return found if found is not None else Cell(Place(self.file, self.name, row, column))

    def put(self, cell: Cell) -> None:
        self.rows.setdefault(cell.place.row, {})[cell.place.column] = cell


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line that would answer a question: ``section`` of the answers file, key and value."""

    section: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A place in the survey that is not imported, why, and what to do; ``office`` and ``column`` may be empty.

    ``suggestions`` are the answers a person may give; none when only the cell itself can be corrected.
    """

    place: Place
    column: str
    found: str
    office: str
    what: str
    action: str
    suggestions: tuple[Suggestion, ...] = ()


class UncertainError(Exception):
    """A row that cannot be joined with certainty; ``flag`` asks."""

    def __init__(self, flag: Flag) -> None:
        super().__init__(flag.what)
        self.flag = flag


class UnreadableError(Exception):
    """A file that is no survey: ``what`` is wrong with it and the ``action`` to take, in Bahasa Indonesia."""

    def __init__(self, file: str, what: str, action: str) -> None:
        super().__init__(f"{file}: {what} {action}")
        self.file = file
        self.what = what
        self.action = action


def column_letters(column: int) -> str:
    """1 → ``A``, 27 → ``AA``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def range_columns(name: str) -> range:
    """Columns of a range as spreadsheets write it: ``B5:D5`` → 2, 3, 4."""
    first, _, last = name.partition(":")
    return range(_column_number(first), _column_number(last or first) + 1)


def _column_number(ref: str) -> int:
    number = 0
    for letter in ref:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number


def tidy(text: str) -> str:
    """Trimmed, and every run of blanks (line breaks and no-break spaces too) as one space."""
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())
