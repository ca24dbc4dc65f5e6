# SPDX-License-Identifier: GPL-3.0-or-later
"""What speaks for an OPD, in words: the other side of `gates`, for people and for the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from ...register.models import Opd, Register, Stage
from .facts import Facts
from .gates import open_complaints, quiet_since, routers_in_service
from .stages import at_least

_SOURCES = {"change": "perubahan terakhir", "drift": "pemeriksaan terakhir"}


def evidence(opd: Opd, to: Stage, register: Register, facts: Facts) -> tuple[str, ...]:
    """Sentences for the step to ``to``, whose gate has nothing against it."""
    return tuple(_evidence(opd, to, register, facts))


def _evidence(opd: Opd, to: Stage, register: Register, facts: Facts) -> Iterator[str]:
    routers = routers_in_service(opd, register)
    if to == "planned":
        yield f"{len(opd.locations)} lokasi beralamat, bandwidth disetujui"
        return
    for router in routers:
        known = facts.devices.get(router.name)
        told = f", {_SOURCES[known.source]} {known.day} baik" if known and known.found == "good" else ""
        yield f"{router.name} in_service{told}"
    if to in ("accepted", "cutover"):
        for place in opd.locations:
            found = facts.measured.get(f"{opd.code}/{place.code}")
            if found is not None and found.passed:
                yield f"{opd.code}/{place.code} lulus uji terima {found.day}"
    if at_least(to, "accepted") and not open_complaints(opd, register, facts):
        yield "tidak ada keluhan terbuka"
    if to == "terminated":
        yield f"tanpa keluhan sejak {quiet_since(opd, register, facts)}"
