# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a register holds, in figures; also of a register with mistakes, as far as it could be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .draft import Draft, Section, if_known
from .models import READINESS, STAGES, Record


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by stage, kind or readiness (None: the file could not be read) and what is known of the government."""

    government: str
    opds: dict[str, int] | None
    locations: int
    circuits: dict[str, int] | None
    devices: dict[str, int] | None
    servers: dict[str, int] | None
    applications: dict[str, int] | None

    def lines(self) -> list[str]:
        """One line a kind, in Bahasa Indonesia."""
        rows = [
            ("Pemerintah daerah", self.government),
            ("OPD", _counted(self.opds) + (f", {self.locations} lokasi" if self.opds else "")),
            ("Jalur", _counted(self.circuits)),
            ("Perangkat jaringan", _counted(self.devices)),
            ("Server", _counted(self.servers)),
            ("Aplikasi", _counted(self.applications)),
        ]
        return [f"  {title:<18} : {text}" for title, text in rows]


def tally(draft: Draft) -> Tally:
    """Count what could be read; a record whose stage or readiness is not known counts as ``?``."""
    locations = 0
    for opd in draft.opds:
        with if_known:
            locations += len(opd.record.locations)
    return Tally(
        government=_government(draft),
        opds=_by(draft.opds, lambda opd: opd.stage, STAGES),
        locations=locations,
        circuits=_by(draft.circuits, lambda circuit: circuit.kind, ("uplink", "leased_line", "own_subscription")),
        devices=_by(draft.devices, lambda device: device.readiness, READINESS),
        servers=_by(draft.servers, lambda server: server.readiness, READINESS),
        applications=_by(
            draft.applications, lambda a: "di luar" if a.runs_at.server is None else "di sini", ("di sini", "di luar")
        ),
    )


def _by[R: Record](entries: Section[R], value: Callable[[R], str], order: Sequence[str]) -> dict[str, int] | None:
    if not entries.entries and not entries.complete:
        return None
    counts: Counter[str] = Counter()
    for entry in entries:
        name = "?"
        with if_known:
            name = value(entry.record)
        counts[name] += 1
    return {name: counts[name] for name in (*order, "?") if counts[name]}


def _counted(counts: dict[str, int] | None) -> str:
    if counts is None:
        return "belum terbaca"
    total = sum(counts.values())
    parts = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"{total} ({parts})" if parts else "0"


def _government(draft: Draft) -> str:
    if draft.government is None:
        return "belum terbaca"
    record, parts = draft.government.record, []
    with if_known:
        parts.append(record.name)
    with if_known:
        parts.append(record.domain)
    with if_known:
        parts.append(f"tahun anggaran {record.fiscal_year}")
    return ", ".join(parts) or "belum terbaca"
