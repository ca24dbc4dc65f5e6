# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why an office gets what it gets, and what would have to change for it to get more: sentences in Bahasa Indonesia."""

from __future__ import annotations

from collections.abc import Iterator

from ...register.units import format_bit_rate
from .claims import ASKED
from .floors import Overload
from .outage import Outage
from .paths import described
from .plan import BandwidthPlan, LocationShare, OfficeShare
from .supply import INTERNATIONAL, UPLINK

_NAMED_AT_MOST = 6


def rate(bits: int | None) -> str:
    """Like ``format_bit_rate``; nothing is ``0``, what nobody decided yet is ``-``."""
    if bits is None:
        return "-"
    return format_bit_rate(bits) if bits > 0 else "0"


def reason(plan: BandwidthPlan, office: OfficeShare) -> str:
    """Which constraint binds and what would have to change; the location that lacks most speaks for the office."""
    short = [location for location in office.locations if location.short]
    if not short:
        ceiling = office.claim.record.ceiling
        if ceiling is not None and ceiling < office.claim.granted:
            return f"penuh sampai ceiling {rate(ceiling)}; naikkan ceiling bila perlu lebih."
        return "penuh sesuai granted; naikkan granted (anggaran) bila perlu lebih."
    worst = max(short, key=lambda location: (location.short, location.ref))
    where = f"di {worst.ref} " if len(office.locations) > 1 else ""
    return f"{where}{_held(plan, office, worst)}"


def _held(plan: BandwidthPlan, office: OfficeShare, location: LocationShare) -> str:
    if location.limit is None:  # the want of the location is its ceiling; only rounding could keep it below
        return "penuh."
    need = plan.missing_at.get(location.limit, 0)
    held = f"tertahan {described(plan.paths, location.limit)} yang penuh"
    if location.at_floor:
        source = "floor di bandwidth.yml" if office.claim.floor_from == ASKED else "jaminan"
        held = f"bertahan pada {source} {rate(location.floor)}: {held.removeprefix('tertahan ')}"
    more = f"tambah {rate(need)} di sana agar semua yang tertahan terpenuhi"
    if location.limit in (UPLINK, INTERNATIONAL):
        return f"{held}; {more}, atau naikkan weight atau floor-nya dengan mengurangi OPD lain."
    return f"{held}; {more}."


def floors_problem(plan: BandwidthPlan, short: Overload) -> tuple[str, str]:
    """What is wrong and what to do about floors that do not fit."""
    if not plan.supply.circuits and short.link.name == UPLINK:
        ended = ", ".join(f"{c.id} (sampai {c.contract.end})" for c in plan.supply.expired)
        return (
            f"tidak ada uplink utama yang kontraknya berlaku pada {plan.day}" + (f": {ended}." if ended else "."),
            "Perbarui kontrak di circuits.yml, atau buat rencana untuk tanggal lain (terpusat_bandwidth_date).",
        )
    listed = [f"{claim.name.replace('event:', 'acara ')} {rate(claim.floor)}" for claim in short.claims]
    rest = len(listed) - _NAMED_AT_MOST
    who = ", ".join(listed[:_NAMED_AT_MOST]) + (f", dan {rest} lokasi lain" if rest > 0 else "")
    return (
        f"jaminan (floor) {rate(short.floors)} tidak muat di {described(plan.paths, short.link.name)}; kurang "
        f"{rate(short.missing)}. Yang meminta: {who}.",
        f"Tambah kapasitasnya {rate(short.missing)}, atau turunkan floor di bandwidth.yml atau "
        "rules.bandwidth.public_service_floor_percent dan minimum di government.yml. "
        "Tidak ada yang dikurangi diam-diam.",
    )


def outage_line(outage: Outage) -> str:
    """One sentence about what is left when an uplink is out."""
    if outage.dark:
        return f"Bila {outage.circuit} padam: tidak ada jalur lain, semua OPD padam."
    left = f"Bila {outage.circuit} padam: tersisa {rate(outage.plan.supply.capacity)} ({', '.join(outage.remaining)})"
    if not outage.plan.offices:
        return f"{left}; pesanan acara pun tidak muat."
    wanted = sum(office.claim.wanted for office in outage.plan.offices)
    given = sum(office.cir - office.reserved for office in outage.plan.offices)
    line = f"{left}; OPD mendapat {given * 100 // wanted}% dari haknya"
    if outage.kept_percent == 100:
        return f"{line}, semua jaminan tetap terpenuhi."
    lacks = ", ".join(f"{described(outage.plan.paths, s.link.name)} kurang {rate(s.missing)}" for s in outage.short)
    return f"{line}, tetapi jaminan hanya {outage.kept_percent}% terpenuhi: {lacks}."


def given_for_events(with_events: BandwidthPlan, without: BandwidthPlan) -> Iterator[tuple[str, int, int]]:
    """(OPD, bit/s without the events, bit/s with them) of everybody who gives something, who gives most first."""
    rows = []
    for office in with_events.offices:
        before = without.office(office.opd)
        if before is not None and office.cir - office.reserved < before.cir:
            rows.append((office.opd, before.cir, office.cir - office.reserved))
    yield from sorted(rows, key=lambda row: (row[2] - row[1], row[0]))
