# SPDX-License-Identifier: GPL-3.0-or-later
"""A report as data: tables with typed columns, from which HTML and XLSX are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from ..register.units import format_bit_rate, format_rupiah

Value = str | int | Decimal | date | None
# money: Decimal rupiah; rate: bit/s; number: int; day: date; None in any column is shown as a dash.
ColumnKind = Literal["text", "money", "rate", "number", "day"]

_MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` is short (a sheet's tab, at most 31 characters); ``empty`` is said when there are no rows.

    ``total``: add up the money and number columns in a last row.
    """

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    empty: str
    total: bool = False

    def totals(self) -> tuple[Value, ...] | None:
        if not self.total or not self.rows:
            return None
        found: list[Value] = []
        for index, column in enumerate(self.columns):
            values = [row[index] for row in self.rows]
            numbers = [value for value in values if isinstance(value, int | Decimal)]
            found.append(sum(numbers, Decimal(0)) if column.kind == "money" else None)
        found[0] = "Jumlah"
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Report:
    """``day`` is the day the report speaks of, not that of its making: the same input gives the same bytes."""

    title: str
    government: str
    day: date
    findings: tuple[str, ...]
    tables: tuple[Table, ...]


def shown(value: Value, kind: ColumnKind) -> str:
    """A value as people read it."""
    if value is None:
        return "-"
    if kind == "money" and isinstance(value, int | Decimal):
        return format_rupiah(Decimal(value))
    if kind == "rate" and isinstance(value, int):
        return format_bit_rate(value) if value > 0 else "0"
    if isinstance(value, date):
        return long_day(value)
    return str(value)


def long_day(day: date) -> str:
    """``22 November 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
