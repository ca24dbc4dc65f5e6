# SPDX-License-Identifier: GPL-3.0-or-later
"""The evidence as people read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from .history import INTERRUPTED, RUNNING, Event
from .verify import Verification, describe

OUTCOMES = {
    "changed": "berubah",
    "in_sync": "sesuai",
    "rolled_back": "dikembalikan",
    "failed": "gagal",
    "unknown": "BELUM DIKETAHUI",
    "offline": "tidak terjangkau",
    "auth_failed": "login ditolak",
    "refused": "ditolak",
    "busy": "sedang sibuk",
    "unsupported": "tidak didukung",
    "host_key": "kunci host berbeda",
    INTERRUPTED: "TERPUTUS",
    RUNNING: "sedang berjalan",
    "torn": "baris sobek",
    "opened": "buku baru",
}
_MESSAGE = 70
_HEADERS = ("No.", "Waktu", "Perangkat", "Hasil", "Tiket", "Oleh", "Keterangan")


def render(folder: Path, result: Verification, shown: Sequence[Event], matching: int, total: int) -> str:
    """The closing summary: is the ledger whole, what does it say, what to note down.

    ``shown`` are the last ones of ``matching`` changes; the ledger has ``total``.
    """
    lines = [f"BUKTI PERUBAHAN ({folder})"]
    if matching > len(shown):
        lines.append(
            f"  ({matching - len(shown)} perubahan sebelumnya tidak ditampilkan; atur terpusat_evidence_limit)"
        )
    lines += _rows(shown)
    lines.append(f"  Ditampilkan : {len(shown)} dari {total} perubahan{_counts(shown)}")
    if result.valid:
        count = len(result.entries)
        lines.append(
            f"  Keutuhan    : utuh, {count} catatan diperiksa" if count else "  Keutuhan    : belum ada catatan"
        )
    else:
        lines.append(f"  Keutuhan    : RUSAK, {len(result.problems)} masalah")
        lines += [f"    - {text}" for text in describe(result.problems)]
        lines.append(
            "    Salin folder ini sebagai bukti dan cari tahu siapa yang mengubahnya; lalu mulai buku baru dengan "
            "-e terpusat_evidence_replace=<alasan>"
        )
    lines += [f"  Catatan     : {notice}" for notice in result.notices]
    if result.head is not None and result.valid:
        lines.append(f"  Jangkar     : {result.head} (catat di tempat lain; periksa dengan terpusat_evidence_anchor)")
    return "\n".join(lines)


def _rows(shown: Sequence[Event]) -> list[str]:
    if not shown:
        return []
    rows = [_HEADERS, *(_row(event) for event in shown)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADERS))]
    return [
        "  " + "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _row(event: Event) -> tuple[str, ...]:
    message = " ".join(event.message.split())
    return (
        str(event.begin.seq),
        f"{event.when:%Y-%m-%d %H:%M:%S}",
        event.device or "-",
        OUTCOMES.get(event.outcome, event.outcome),
        event.ticket or "-",
        event.actor or "-",
        message if len(message) <= _MESSAGE else message[: _MESSAGE - 1] + "…",
    )


def _counts(shown: Sequence[Event]) -> str:
    counts = Counter(OUTCOMES.get(event.outcome, event.outcome) for event in shown)
    return f" ({', '.join(f'{count} {word}' for word, count in counts.most_common())})" if counts else ""
