# SPDX-License-Identifier: GPL-3.0-or-later
"""What every location has been promised: the rates its router and the border router are set to."""

from __future__ import annotations

from dataclasses import dataclass

from ...register.models import Register
from ..bandwidth.lock import PlanLock


@dataclass(frozen=True)
class Promise:
    """bit/s: at least ``cir_bps`` when everybody asks, at most ``mir_bps`` when nobody else does."""

    cir_bps: int
    mir_bps: int


def promised(register: Register, plan: PlanLock) -> dict[str, Promise]:
    """By ``opd/location``: the plan's share, else the OPD's in the plan, else what bandwidth.yml allocates.

    As in `planning.network.Network.rates_at`, which routers are set by. Who is in none of them is not in the result.
    """
    whole = {
        record.opd: Promise(record.allocated, record.allocated) for record in register.bandwidth if record.allocated
    }
    whole |= {opd: Promise(rates.cir, rates.mir) for opd, rates in plan.offices.items()}
    found = {
        f"{opd.code}/{place.code}": whole[opd.code]
        for opd in register.opds
        for place in opd.locations
        if opd.code in whole
    }
    shares = {ref: Promise(share.cir, share.mir) for ref, share in plan.locations.items() if ref in found}
    return found | shares
