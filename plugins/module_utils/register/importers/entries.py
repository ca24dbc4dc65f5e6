# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of a table as values: each cell understood or flagged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ..refused import RefusedError
from .cells import Cell, Flag, Place
from .columns import BY_KEY
from .table import SurveyRow, Table
from .values import Value, parse

# One merged cell over several rows: one figure for all of them, or the same for each? Only a person knows.
_ONE_A_ROW = frozenset(
    {"location_users", "existing_lans", "capacity", "capacity_domestic", "capacity_international", "monthly_cost"}
)


@dataclass(frozen=True, slots=True)
class Said:
    """A value and the cell that says it."""

    key: str
    value: Value
    cell: Cell
    title: str


@dataclass(slots=True)
class Entry:
    """One row. ``flagged`` are the columns of which something is withheld."""

    table: Table
    number: int
    name: str
    code: str
    said: dict[str, Said] = field(default_factory=dict)
    flagged: set[str] = field(default_factory=set)

    @property
    def place(self) -> Place:
        """The cell that names the office."""
        key = "opd_name" if "opd_name" in self.table.columns else "opd_code"
        return self.place_of(key)

    def place_of(self, key: str) -> Place:
        """Where the value of this column stands or should stand; the header row when there is no such column."""
        sheet = self.table.sheet
        if key in self.table.columns:
            return Place(sheet.file, sheet.name, self.number, self.table.columns[key][0])
        return Place(sheet.file, sheet.name, self.table.header_row, 1)


def read_entries(table: Table, flags: list[Flag]) -> list[Entry]:
    """Every row of the table; what is refused goes to ``flags``."""
    shared = Counter((key, cell.merged) for row in table.rows for key, cell in row.cells.items() if cell.merged)
    return [_entry(table, row, shared, flags) for row in table.rows]


def _entry(table: Table, row: SurveyRow, shared: Counter[tuple[str, str]], flags: list[Flag]) -> Entry:
    name = row.cells["opd_name"].text if "opd_name" in row.cells else ""
    entry = Entry(table, row.number, name, "")
    for key, cell in row.cells.items():
        try:
            if key in _ONE_A_ROW and shared[key, cell.merged] > 1:
                raise RefusedError(
                    f"sel gabungan {cell.merged} meliputi beberapa baris: satu angka bersama, atau sama di tiap baris?",
                    "Pisahkan selnya, lalu isi tiap baris.",
                )
            value = parse(cell, BY_KEY[key], table.unit(key))
        except RefusedError as refused:
            entry.flagged.add(key)
            office = name or (row.cells["opd_code"].text if "opd_code" in row.cells else "")
            flags.append(Flag(cell.place, table.title(key), cell.text, office, refused.what, refused.action))
            continue
        entry.said[key] = Said(key, value, cell, table.title(key))
    code = entry.said.get("opd_code")
    entry.code = str(code.value) if code else ""
    entry.name = name or entry.code
    return entry
