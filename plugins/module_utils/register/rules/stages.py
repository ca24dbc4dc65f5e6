# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stages that an OPD has gone through: one after the other, without a day between them, up to the present one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..draft import Draft, Entry, if_known
from ..models import Opd
from ..problem import Problem

_LIST = "stage_history"


def check(draft: Draft) -> Iterator[Problem]:
    for opd in draft.opds:
        with if_known:
            yield from _history(opd)


def check_days(draft: Draft, today: date) -> Iterator[Problem]:
    """Days that have not come yet; most often a slip of the year."""
    for opd in draft.opds:
        with if_known:
            if opd.record.stage_since is not None and opd.record.stage_since > today:
                yield opd.warning(
                    ("stage_since",),
                    f"hari tercapainya tahap ({opd.record.stage_since}) belum tiba; hari ini {today}.",
                    "Betulkan tanggalnya.",
                )
        with if_known:
            for index, past in enumerate(opd.record.stage_history):
                if past.until > today:
                    key = "since" if past.since > today else "until"
                    yield opd.warning(
                        (_LIST, index, key),
                        f"tanggal {past.since if key == 'since' else past.until} belum tiba; hari ini {today}.",
                        "Riwayat hanya berisi tahap yang sudah dilalui; betulkan tanggalnya.",
                    )


def _history(opd: Entry[Opd]) -> Iterator[Problem]:
    history, before = opd.record.stage_history, None
    for index, past in enumerate(history):
        if past.until < past.since:
            yield opd.problem(
                (_LIST, index, "until"),
                f"tahap {past.stage} selesai ({past.until}) sebelum dicapai ({past.since}).",
                "Betulkan salah satu tanggalnya.",
            )
            return
        if before is not None and past.since != before.until:
            yield _apart(opd, (_LIST, index, "since"), f"tahap {past.stage}", past.since, before.until)
            return
        before = past
    if before is None:
        return
    if opd.record.stage_since is None:
        yield opd.problem(
            (_LIST,),
            f"riwayat berakhir {before.until}, tetapi hari tercapainya tahap sekarang tidak disebut.",
            f"Tambahkan 'stage_since: {before.until}' di bawah 'stage'.",
        )
    elif opd.record.stage_since != before.until:
        since = opd.record.stage_since
        yield _apart(opd, ("stage_since",), f"tahap sekarang ({opd.record.stage})", since, before.until)


def _apart(opd: Entry[Opd], keys: tuple[str | int, ...], name: str, since: date, until: date) -> Problem:
    if since < until:
        return opd.problem(
            keys,
            f"{name} dicapai {since}, padahal tahap sebelumnya baru selesai {until}.",
            "Urutkan riwayat dari yang terlama, dan betulkan tanggal yang bertumpang tindih.",
        )
    return opd.problem(
        keys,
        f"antara {until} dan {since} tidak tercatat OPD berada pada tahap apa.",
        f"Tulis {until} di sini, atau sisipkan tahap yang terlewat; bila tidak diketahui, hapus riwayat sebelumnya.",
    )
