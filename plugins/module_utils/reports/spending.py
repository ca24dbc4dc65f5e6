# SPDX-License-Identifier: GPL-3.0-or-later
"""The report on internet spending: what is paid twice, what ends, who goes dark, what cannot be right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from ..planning.money.contract_gaps import Gap, gaps, without_budget_line
from ..planning.money.spending import Price, far_apart, outside, prices, year_cost
from ..planning.money.transition import DoubleMonth, Ending, double_spending, endings
from ..register.models import Register
from ..register.units import format_bit_rate, format_rupiah
from .table import Column, Report, Table, long_day
from .transition import transition_findings, transition_tables

_SEVERAL = 3
_KINDS = {"uplink": "uplink", "leased_line": "jalur sewa", "own_subscription": "langganan OPD"}


def spending_report(register: Register, today: date) -> Report:
    """Pure; rows in the order of the register or of the days they speak of."""
    twice, ends, dark, priced = (
        double_spending(register, today),
        endings(register, today),
        gaps(register, today),
        prices(register),
    )
    return Report(
        title="Laporan belanja internet",
        government=f"{register.government.name}, tahun anggaran {register.government.fiscal_year}",
        day=today,
        findings=tuple(_findings(register, today, twice, ends, dark, priced)),
        tables=(
            *transition_tables(register, twice, today),
            _endings(register, ends, today),
            _gaps(dark),
            _unfunded(register, today),
            _outside(register),
            _prices(register, priced),
        ),
    )


def _findings(
    register: Register,
    today: date,
    twice: list[DoubleMonth],
    ends: list[Ending],
    dark: list[Gap],
    priced: list[Price],
) -> Iterator[str]:
    yield from transition_findings(register, twice, today)
    if today.year > register.government.fiscal_year:
        yield (
            f"government.yml masih bertahun anggaran {register.government.fiscal_year}: perbarui fiscal_year dan "
            "kontrak di circuits.yml."
        )
    yield from _darkness(dark, today)
    limit = today + timedelta(days=register.government.rules.subscriptions.warning_days)
    for ending in ends:
        if ending.latest <= limit and ending.verdict in ("send", "late", "overdue", "decide"):
            yield f"{ending.opd.code}, {ending.circuit.id}: {_advice(ending, today)}"
    for price in priced:
        if price.times is not None:
            yield f"{price.circuit.id}: harga per Mbps {_number(price.times)} kali dari harga tengah jenisnya."
    for pair in far_apart(register):
        yield (
            f"Belanja setahun berbeda {_number(pair.times)} kali: {pair.low[0]} {format_rupiah(pair.low[1])}, "
            f"{pair.high[0]} {format_rupiah(pair.high[1])}. Cari yang benar; tidak dirata-ratakan."
        )


def _darkness(dark: list[Gap], today: date) -> Iterator[str]:
    """Contracts of offices that end on the same day in one sentence: at the turn of a year there are dozens."""
    together: dict[date, list[Gap]] = {}
    for gap in dark:
        if gap.kind == "dark" and all(circuit.kind != "uplink" for circuit in gap.ended):
            together.setdefault(gap.first, []).append(gap)
    told: set[date] = set()
    for gap in dark:
        since = f"{'sejak' if gap.first <= today else 'mulai'} {long_day(gap.first)}"
        same = together.get(gap.first, []) if all(circuit.kind != "uplink" for circuit in gap.ended) else []
        if len(same) > _SEVERAL:
            if gap.first not in told:
                told.add(gap.first)
                opds = sorted({opd for one in same for opd in one.opds})
                ended = long_day(gap.first - timedelta(days=1))
                yield (
                    f"{len(same)} kontrak kantor berakhir {ended} tanpa pengganti: {len(opds)} OPD padam {since} "
                    f"({', '.join(opds)})."
                )
        elif gap.kind == "dark":
            who = f"{len(gap.opds)} OPD dan {len(gap.applications)} aplikasi"
            yield f"{_ended(gap)} tanpa pengganti: {who} padam {since}."
        else:
            yield (
                f"{_ended(gap)}: kapasitas utama {format_bit_rate(gap.before_bps)} menjadi "
                f"{format_bit_rate(gap.left_bps) if gap.left_bps else '0'} {since}."
            )


def _endings(register: Register, rows: list[Ending], today: date) -> Table:
    notice = register.government.rules.subscriptions.notice_days
    return Table(
        "Penghentian",
        "Hari terakhir mengirim surat penghentian",
        f"Surat diterima penyedia paling lambat {notice} hari sebelum kontrak berakhir, pada hari kerja; hari libur "
        "nasional tidak diperhitungkan.",
        (
            Column("OPD"),
            Column("Tahap"),
            Column("Jalur"),
            Column("Penyedia"),
            Column("Kontrak berakhir", "day"),
            Column("Surat paling lambat", "day"),
            Column("Biaya per bulan", "money"),
            Column("Yang harus dilakukan"),
        ),
        [
            (
                row.opd.code,
                row.opd.stage,
                row.circuit.id,
                row.circuit.provider,
                row.circuit.contract.end,
                row.latest,
                row.circuit.monthly_cost,
                _advice(row, today),
            )
            for row in rows
        ],
        "Tidak ada langganan OPD di dalam jangkauan.",
    )


def _gaps(rows: list[Gap]) -> Table:
    return Table(
        "Kontrak habis",
        "Kontrak yang berakhir atau sudah berakhir tanpa pengganti",
        "Sampai akhir tahun anggaran, dan sekian hari ke depan (rules.subscriptions.warning_days). "
        "Yang padam bila tidak ada yang dilakukan. Pengganti adalah jalur di circuits.yml yang mulai paling lambat "
        "sehari sesudahnya.",
        (
            Column("Kontrak"),
            Column("Mulai", "day"),
            Column("Sampai", "day"),
            Column("Akibat"),
            Column("Tersisa", "rate"),
            Column("OPD"),
            Column("Lokasi"),
            Column("Aplikasi"),
        ),
        [
            (
                _ended(gap),
                gap.first,
                gap.last,
                "padam" if gap.kind == "dark" else "berkurang",
                gap.left_bps,
                ", ".join(gap.opds) or None,
                ", ".join(gap.locations) or None,
                ", ".join(gap.applications) or None,
            )
            for gap in rows
        ],
        "Semua kontrak yang berakhir punya pengganti.",
    )


def _unfunded(register: Register, today: date) -> Table:
    return Table(
        "Tanpa DPA",
        "Kontrak tanpa rekening DPA",
        "Jalur yang masih berjalan atau akan berjalan, tetapi belum tercatat dibayar dari rekening mana.",
        (
            Column("Jalur"),
            Column("Jenis"),
            Column("OPD"),
            Column("Kontrak berakhir", "day"),
            Column("Setahun", "money"),
        ),
        [
            (c.id, _KINDS[c.kind], c.opd, c.contract.end, year_cost(register, c))
            for c in without_budget_line(register, today)
        ],
        "Semua kontrak punya rekening DPA.",
    )


def _outside(register: Register) -> Table:
    return Table(
        "Di luar jangkauan",
        "OPD di luar jangkauan yang tetap dianggarkan sendiri",
        "OPD ini dikecualikan dari internet terpusat sampai terjangkau; anggarannya jangan dihapus.",
        (
            Column("OPD"),
            Column("Alasan"),
            Column("Langganan"),
            Column("Setahun", "money"),
            Column("Keterangan"),
        ),
        [
            (
                row.opd.code,
                row.opd.coverage.reason,
                ", ".join(circuit.id for circuit in row.circuits) or None,
                row.year_cost,
                "tetap dianggarkan" if row.circuits else "belum punya internet sama sekali: anggarkan",
            )
            for row in outside(register)
        ],
        "Semua OPD terjangkau.",
        total=True,
    )


def _prices(register: Register, rows: list[Price]) -> Table:
    rules = register.government.rules
    bounds = f"{format_rupiah(rules.price_per_mbps_min)} sampai {format_rupiah(rules.price_per_mbps_max)}"
    return Table(
        "Harga",
        "Harga per Mbps per bulan",
        f"Batas kewajaran menurut government.yml: {bounds}.",
        (
            Column("Jalur"),
            Column("Jenis"),
            Column("Penyedia"),
            Column("Kapasitas", "rate"),
            Column("Biaya per bulan", "money"),
            Column("Per Mbps", "money"),
            Column("Setahun", "money"),
            Column("Keterangan"),
        ),
        [
            (
                row.circuit.id,
                _KINDS[row.circuit.kind],
                row.circuit.provider,
                row.circuit.capacity.usable,
                row.circuit.monthly_cost,
                row.per_mbps,
                year_cost(register, row.circuit),
                _judged(row),
            )
            for row in rows
        ],
        "Tidak ada jalur yang dibayar.",
    )


def _advice(ending: Ending, today: date) -> str:
    if ending.verdict == "decide" and ending.latest < today:
        return (
            f"belum boleh dihentikan (tahap {ending.opd.stage}), dan batas {long_day(ending.latest)} sudah lewat: bila "
            f"kontrak diperpanjang otomatis, paling cepat berhenti {long_day(ending.earliest_end)}; selesaikan "
            "perpindahannya."
        )
    words = {
        "send": f"kirim surat penghentian paling lambat {long_day(ending.latest)}.",
        "late": f"batas {long_day(ending.latest)} sudah lewat: kirim sekarang; paling cepat berhenti "
        f"{long_day(ending.earliest_end)} bila kontrak diperpanjang otomatis.",
        "overdue": "OPD sudah terminated tetapi kontrak masih berjalan: pastikan surat diterima, lalu tulis hari "
        "berhentinya sebagai contract.end.",
        "decide": f"belum boleh dihentikan (tahap {ending.opd.stage}): sebelum {long_day(ending.latest)} putuskan "
        "mempercepat perpindahan atau memperpanjang.",
        "renew": f"OPD masih bergantung padanya: perpanjang sebelum {long_day(ending.circuit.contract.end)}.",
        "ended": f"kontrak sudah berakhir {long_day(ending.circuit.contract.end)}: perbarui; bila memang diakhiri, "
        "biarkan tercatat sampai tahun anggaran ditutup, sebab biaya transisi dihitung darinya.",
    }
    return words[ending.verdict]


def _ended(gap: Gap) -> str:
    return f"{', '.join(c.id for c in gap.ended)} berakhir {long_day(gap.ended[0].contract.end)}"


def _judged(price: Price) -> str | None:
    words = []
    if price.too_low or price.too_high:
        words.append("di bawah batas" if price.too_low else "di atas batas")
    if price.times is not None:
        words.append(f"{_number(price.times)} kali dari harga tengah: periksa satuan dan nolnya")
    return "; ".join(words) or None


def _number(value: Decimal) -> str:
    return str(value).replace(".", ",")
