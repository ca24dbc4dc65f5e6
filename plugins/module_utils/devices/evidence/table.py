# SPDX-License-Identifier: GPL-3.0-or-later
"""The evidence as people read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from .history import INTERRUPTED, RUNNING, Event
from .measurements import Checked
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


def render_measurements(result: Checked) -> str:
    """Are the acceptance tests as they were measured, and what to do about those that are not."""
    lines = [f"BUKTI UJI TERIMA ({result.ledger})"]
    wrong = result.sentences()
    if result.valid:
        count = len(result.trusted)
        lines.append(
            f"  Keutuhan    : utuh, {count} hasil diperiksa" if count else "  Keutuhan    : belum ada hasil uji terima"
        )
    else:
        lines.append(f"  Keutuhan    : RUSAK, {len(wrong)} masalah; hasil ini tidak diterima rollout.yml")
        lines += [f"    - {text}" for text in wrong]
    if not result.chain.valid:
        lines.append(
            "    Kembalikan buku ini dari git dan cari tahu siapa yang mengubahnya; bila tidak dapat, mulai buku baru "
            "dengan -e terpusat_evidence_replace=<alasan>, lalu ukur lagi"
        )
    elif wrong:
        lines.append(
            "    Sesudah sebabnya diketahui: -e terpusat_evidence_replace=<alasan> mencatatnya; hasil itu tetap tidak "
            "dihitung"
        )
    if result.settled:
        lines.append(f"  Catatan     : {len(result.settled)} hasil tidak dihitung, alasannya sudah dicatat")
    lines += [f"  Catatan     : {notice}" for notice in result.chain.notices]
    if result.valid and result.chain.head is not None:
        lines.append(f"  Jangkar     : {result.chain.head}")
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
