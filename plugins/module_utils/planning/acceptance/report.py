# SPDX-License-Identifier: GPL-3.0-or-later
"""A measurement as people read it: one line a criterion with its verdict and how it was measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from .criteria import Criterion, judge
from .measurement import VALUES, Measurement
from .orders import Order

_HEADINGS = ("KRITERIA", "HASIL", "SYARAT", "KEPUTUSAN", "CARA")
_MEASURED, _FAILED, _UNKNOWN = "lulus", "GAGAL", "TIDAK TERUKUR"
#: above the MIR by more than this, the limit does not work: TCP payload is always below what a router counts
_OVER = 1.1


def criteria(found: Measurement, order: Order) -> tuple[Criterion, ...]:
    """All criteria of the order's location; without a promise the rates cannot pass."""
    cir = order.promise.cir_bps if order.promise else 0
    return judge(found, order.rules, cir, second_line=order.second_line)


def passed(found: Measurement, order: Order) -> bool:
    """Every criterion keeps its limit. What was not measured has not passed, and nothing passes without a promise."""
    return order.promise is not None and all(criterion.passed for criterion in criteria(found, order))


def verdict(criterion: Criterion) -> str:
    if criterion.value is None:
        return _UNKNOWN
    return _MEASURED if criterion.passed else _FAILED


def lines(found: Measurement, order: Order, time_zone: str, abbreviation: str) -> list[str]:
    """Heading, table, remarks. ``time_zone`` is IANA's name, ``abbreviation`` what people call it (WIB)."""
    judged = criteria(found, order)
    when = found.taken.astimezone(ZoneInfo(time_zone))
    rows: list[Sequence[str]] = [_HEADINGS]
    for name, criterion in zip(VALUES, judged, strict=False):
        rows.append(
            (
                criterion.name,
                criterion.shown_value,
                criterion.shown_limit,
                verdict(criterion),
                found.method.get(name, ""),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS) - 1)]
    table = ["  ".join([*(c.ljust(w) for c, w in zip(row, widths, strict=False)), row[-1]]).rstrip() for row in rows]
    good = passed(found, order)
    line = "jalur pusat" if found.line == "central" else "jalur sendiri"
    head = f"{found.location}, {line}, {when:%Y-%m-%d %H.%M} {abbreviation}: {'LULUS' if good else 'TIDAK LULUS'}"
    return [head, f"Diukur dari {found.source}.", *table, *_remarks(found, order)]


def _remarks(found: Measurement, order: Order) -> Iterator[str]:
    if order.promise is None:
        yield (
            f"PERHATIAN: {order.location} belum dijanjikan kecepatan apa pun; isi bandwidth.yml lalu jalankan "
            "playbooks/bandwidth.yml."
        )
        return
    for name, value in (("unduh", found.down_bps), ("unggah", found.up_bps)):
        if value is not None and value > order.promise.mir_bps * _OVER:
            yield (
                f"PERHATIAN: {name} {_mbps(value)} melebihi batas paling tinggi {_mbps(order.promise.mir_bps)}; "
                "pembagian bandwidth tidak bekerja. Jalankan playbooks/drift.yml."
            )
    if not order.second_line:
        yield "Pindah jalur tidak dituntut: lokasi ini tidak punya jalur kedua."


def _mbps(value: float) -> str:
    return f"{value / 1e6:.1f} Mbps".replace(".", ",")
