# SPDX-License-Identifier: GPL-3.0-or-later
"""What the time with two lines costs: by office and month, by office, by month, and of whom too little is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ..planning.money.history import Known
from ..planning.money.months import Month
from ..planning.money.transition import DoubleMonth, counted_since, totals
from ..register.models import Register
from ..register.units import format_rupiah
from .table import Column, Table

_BILLING = {
    "calendar_month": "bulan yang sudah berjalan dibayar penuh",
    "contract_month": "dihitung penuh tiap bulan kontrak",
    "daily": "dihitung per hari",
}


def transition_tables(register: Register, twice: list[DoubleMonth], today: date) -> tuple[Table, ...]:
    """Three tables whose sums are the same."""
    return _double(register, twice), _by_office(register, twice, today), _by_month(twice, today)


def transition_findings(register: Register, twice: list[DoubleMonth], today: date) -> Iterator[str]:
    """What was paid, what is still to be paid, and of whom the beginning is not known."""
    past = [row for row in twice if row.month < Month.of(today)]
    if past:
        months = sorted({row.month for row in past})
        whole = f"{months[0]} sampai {months[-1]}" if len(months) > 1 else str(months[0])
        yield (
            f"{len({row.opd for row in past})} OPD sudah membayar {format_rupiah(_own(past))} untuk langganan lama di "
            f"samping jalur pusat ({whole})."
        )
    coming = [row for row in twice if row.month >= Month.of(today)]
    if coming:
        opds = len({row.opd for row in coming})
        total = format_rupiah(_own(coming))
        yield f"{opds} OPD masih akan membayar {total} untuk langganan lama di samping jalur pusat."
    paid = {row.opd for row in twice}
    unknown = [code for code, found in counted_since(register, today).items() if not found.whole and code in paid]
    if unknown:
        yield (
            f"Belanja ganda {', '.join(unknown)} dihitung hanya sejak hari yang tercatat, bukan sejak awal masa "
            "transisi: isi stage_history di opds.yml."
        )


def _own(rows: list[DoubleMonth]) -> Decimal:
    return sum((row.own for row in rows), Decimal(0))


def _double(register: Register, rows: list[DoubleMonth]) -> Table:
    billing = _BILLING[register.government.rules.subscriptions.billing]
    return Table(
        "Belanja ganda",
        "Belanja internet ganda per OPD dan bulan",
        f"Langganan OPD yang berjalan bersama jalur pusat (tahap parallel ke atas); {billing}. Jalur pusat: jalur sewa "
        "OPD itu dan bagiannya dari uplink menurut granted.",
        (
            Column("OPD"),
            Column("Bulan"),
            Column("Langganan lama"),
            Column("Dibayar untuk langganan lama", "money"),
            Column("Jalur pusat", "money"),
        ),
        [(row.opd, str(row.month), ", ".join(row.circuits), row.own, row.central) for row in rows],
        "Tidak ada OPD yang membayar dua jalur.",
        total=True,
    )


def _by_office(register: Register, rows: list[DoubleMonth], today: date) -> Table:
    since = counted_since(register, today)
    stages = {opd.code: opd.stage for opd in register.opds}
    return Table(
        "Ganda per OPD",
        "Biaya masa transisi per OPD",
        "Belanja ganda sejak jalur pusat hidup di OPD itu (tahap parallel, menurut stage_history dan stage_since di "
        "opds.yml) sampai kontrak lamanya berakhir.",
        (
            Column("OPD"),
            Column("Tahap"),
            Column("Dihitung sejak", "day"),
            Column("Keterangan"),
            Column("Sampai bulan lalu", "money"),
            Column("Mulai bulan ini", "money"),
            Column("Seluruhnya", "money"),
            Column("Jalur pusat", "money"),
        ),
        [
            (code, stages[code], since[code].since, _since(since[code]), sum_.past, sum_.coming, sum_.own, sum_.central)
            for code, sum_ in totals(rows, today, lambda row: row.opd).items()
        ],
        "Tidak ada OPD yang membayar dua jalur.",
        total=True,
    )


def _since(found: Known) -> str:
    if found.whole:
        return "sejak awal masa transisi"
    if not found.dated:
        return f"hari tercapainya tahap {found.stage} tidak tercatat: dihitung sejak hari ini (isi stage_since)"
    return f"sejak tahap {found.stage}; sebelumnya tidak tercatat (isi stage_history)"


def _by_month(rows: list[DoubleMonth], today: date) -> Table:
    sums = sorted(totals(rows, today, lambda row: row.month).items())
    return Table(
        "Ganda per bulan",
        "Biaya masa transisi per bulan",
        "Jumlah yang sama, per bulan.",
        (
            Column("Bulan"),
            Column("OPD", "number"),
            Column("Dibayar untuk langganan lama", "money"),
            Column("Jalur pusat", "money"),
        ),
        [(str(month), sum(row.month == month for row in rows), sum_.own, sum_.central) for month, sum_ in sums],
        "Tidak ada OPD yang membayar dua jalur.",
        total=True,
    )
