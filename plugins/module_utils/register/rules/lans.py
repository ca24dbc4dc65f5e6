# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks at a place: users counted there, segments, and the LANs an office has had so far."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from ..draft import Draft, Entry, if_known
from ..models import Location, Opd, Stage
from ..problem import Problem, Severity
from .government import known_pools

# While both networks are alive at the office, an overlap cuts its people off; before that there is time.
BOTH_ALIVE: tuple[Stage, ...] = ("parallel", "accepted", "cutover")
# office_lan is missing: what an office has there already is simply not given out (planning/lan_space.py).
_RESERVED_POOLS = ("management", "data_centre", "transit", "loopback")
_GREEDY_PERCENT = 20
_MEANINGS = {
    "management": "pengelolaan perangkat",
    "data_centre": "server di pusat data",
    "transit": "sambungan antarperangkat",
    "loopback": "loopback perangkat",
}


def overlap_severity(stage: Stage) -> Severity:
    """Whether an overlap with the LAN of an office in this stage stops the work or is only told."""
    return Severity.ERROR if stage in BOTH_ALIVE else Severity.WARNING


def overlap_action(stage: Stage) -> str:
    if stage == "terminated":
        return "Jaringan lama sudah tidak dipakai: hapus subnet itu dari existing_lans."
    when = "sekarang juga" if stage in BOTH_ALIVE else "sebelum tahap parallel"
    return f"Ganti subnet lama di kantor itu {when}, lalu tulis subnet penggantinya di existing_lans."


def check(draft: Draft) -> Iterator[Problem]:
    pools = known_pools(draft.government)
    for opd in draft.opds:
        with if_known:
            for index, location in enumerate(opd.record.locations):
                yield from _existing(opd, index, location, pools)
                yield from _segments(opd, index, location)
        with if_known:
            yield from _users(opd)


def _existing(opd: Entry[Opd], index: int, location: Location, pools: dict[str, IPv4Network]) -> Iterator[Problem]:
    with if_known:
        for place, lan in enumerate(location.existing_lans):
            keys = ("locations", index, "existing_lans", place)
            if lan in location.existing_lans[:place]:
                yield opd.problem(keys, f"subnet '{lan}' ditulis dua kali di sini.", "Hapus salah satunya.")
                continue
            yield from _greedy(opd, keys, lan, pools)
            for name in _RESERVED_POOLS:
                if name in pools and lan.overlaps(pools[name]):
                    stage: Stage = "surveyed"
                    with if_known:
                        stage = opd.record.stage
                    yield opd.problem(
                        keys,
                        f"LAN lama {lan} beririsan dengan kolam {name} ({pools[name]}, {_MEANINGS[name]}), sehingga "
                        "kantor itu tidak dapat menjangkaunya selama kedua jaringan hidup berdampingan.",
                        overlap_action(stage),
                        overlap_severity(stage),
                    )


def _greedy(
    opd: Entry[Opd], keys: tuple[str | int, ...], lan: IPv4Network, pools: dict[str, IPv4Network]
) -> Iterator[Problem]:
    """What an office uses is given to nobody: "10.0.0.0/8" in a survey would leave no address for all the others."""
    pool = pools.get("office_lan")
    if pool is None or not lan.overlaps(pool):
        return
    percent = 100 * min(lan.num_addresses, pool.num_addresses) // pool.num_addresses
    if percent >= _GREEDY_PERCENT:
        yield opd.warning(
            keys,
            f"LAN lama {lan} menutup {percent}% kolam office_lan ({pool}); alamat itu tidak dibagikan kepada "
            "kantor lain.",
            "Periksa panjang subnetnya di komputer kantor itu, biasanya /24. Bila memang sebesar itu, ganti subnet "
            "lama di kantor itu atau pilih kolam lain sebelum nomor dibagikan.",
        )


def _segments(opd: Entry[Opd], index: int, location: Location) -> Iterator[Problem]:
    with if_known:
        for place, segment in enumerate(location.segments):
            if segment in location.segments[:place]:
                yield opd.problem(
                    ("locations", index, "segments", place),
                    f"jaringan '{segment}' ditulis dua kali di sini.",
                    "Hapus salah satunya.",
                )


def _users(opd: Entry[Opd]) -> Iterator[Problem]:
    counted = [location.users for location in opd.record.locations]
    known = sum(users for users in counted if users is not None)
    if known > opd.record.users:
        index = next(index for index, users in enumerate(counted) if users)
        yield opd.warning(
            ("locations", index, "users"),
            f"jumlah pengguna semua lokasi ({known}) lebih besar daripada pengguna OPD ({opd.record.users}).",
            "Cocokkan kedua angka itu; ukuran LAN dihitung dari jumlah per lokasi.",
        )
