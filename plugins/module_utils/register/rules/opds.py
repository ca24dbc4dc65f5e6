# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Coverage, places and stages of OPDs."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, grouped, if_known
from ..models import STAGES
from ..problem import Problem

_NEEDS_PLACE = STAGES[STAGES.index("provisioned") :]


def check(draft: Draft) -> Iterator[Problem]:
    routers = grouped(
        draft.devices, lambda d: d.record.opd if d.record.in_service and d.record.role == "opd_router" else None
    )
    for opd in draft.opds:
        with if_known:
            coverage = opd.record.coverage
            if not coverage.reachable and coverage.reason is None:
                yield opd.problem(
                    ("coverage",),
                    "OPD tidak terjangkau tetapi alasannya tidak disebut.",
                    "Tambahkan 'reason: …', misalnya 'Menunggu kabel serat optik 2027'.",
                )
            if not coverage.reachable and (router := next(iter(routers.get(opd.record.code, [])), None)):
                yield opd.warning(
                    ("coverage", "reachable"),
                    f"OPD disebut tidak terjangkau, padahal {router.record.name} sudah in_service.",
                    "Ubah reachable menjadi true, atau betulkan kesiapan perangkat itu.",
                )
        with if_known:
            if opd.record.stage in _NEEDS_PLACE and not opd.record.locations:
                yield opd.problem(
                    ("locations",),
                    f"OPD sudah pada tahap {opd.record.stage} tetapi belum punya lokasi.",
                    "Tambahkan sedikitnya satu lokasi, atau kembalikan tahapnya ke surveyed atau planned.",
                )
        with if_known:
            router = next(iter(routers.get(opd.record.code, [])), None)
            if router is not None and opd.record.stage not in _NEEDS_PLACE:
                yield opd.warning(
                    ("stage",),
                    f"tahap OPD masih {opd.record.stage}, padahal {router.record.name} sudah in_service.",
                    "Naikkan tahapnya menjadi provisioned, atau betulkan kesiapan perangkat itu.",
                )
