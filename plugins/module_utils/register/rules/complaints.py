# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Complaints: their days, and stages that they speak against."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, if_known
from ..problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    finished: set[str] = set()
    for opd in draft.opds:
        with if_known:
            if opd.record.stage == "terminated":
                finished.add(opd.record.code)
    for complaint in draft.complaints:
        with if_known:
            closed = complaint.record.closed
            if closed is not None and closed < complaint.record.opened:
                yield complaint.problem(
                    ("closed",),
                    f"keluhan selesai ({closed}) sebelum diterima ({complaint.record.opened}).",
                    "Betulkan tanggalnya.",
                )
        with if_known:
            record = complaint.record
            if record.line == "own" and record.closed is None and record.opd in finished:
                yield complaint.warning(
                    ("line",),
                    f"keluhan atas langganan sendiri masih terbuka, padahal langganan {record.opd} sudah diakhiri.",
                    "Tutup keluhannya, atau betulkan 'line'.",
                )
