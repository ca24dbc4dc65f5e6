# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of record: which file holds them, which model they follow, and by which key they are named."""

from __future__ import annotations

from dataclasses import dataclass

from .models import Application, Bandwidth, Circuit, Complaint, Device, Event, Finding, Government, Opd, Record, Server


@dataclass(frozen=True, slots=True)
class Kind[M: Record]:
    """``stem`` is the file's name without .yml and its only top-level key; ``name_key`` names a record in messages."""

    stem: str
    model: type[M]
    name_key: str
    title: str
    single: bool = False
    optional: bool = False  # no file means no records

    @property
    def file_name(self) -> str:
        return f"{self.stem}.yml"

    @property
    def empty_example(self) -> str:
        return f"{self.stem}:" if self.single else f"{self.stem}: []"


GOVERNMENT = Kind("government", Government, "code", "Pemerintah daerah", single=True)
OPDS = Kind("opds", Opd, "code", "Perangkat daerah (OPD) dan lokasinya")
CIRCUITS = Kind("circuits", Circuit, "id", "Jalur internet dan jalur sewa")
BANDWIDTH = Kind("bandwidth", Bandwidth, "opd", "Bandwidth tiap OPD")
DEVICES = Kind("devices", Device, "name", "Perangkat jaringan")
SERVERS = Kind("servers", Server, "name", "Server")
APPLICATIONS = Kind("applications", Application, "code", "Aplikasi")
EVENTS = Kind("events", Event, "code", "Acara yang memesan bandwidth", optional=True)
COMPLAINTS = Kind("complaints", Complaint, "id", "Keluhan jaringan", optional=True)
FINDINGS = Kind("findings", Finding, "id", "Pengecualian aturan pengerasan", optional=True)

type ListKind = (
    Kind[Opd]
    | Kind[Circuit]
    | Kind[Bandwidth]
    | Kind[Device]
    | Kind[Server]
    | Kind[Application]
    | Kind[Event]
    | Kind[Complaint]
    | Kind[Finding]
)

LISTS: tuple[ListKind, ...] = (
    OPDS,
    CIRCUITS,
    BANDWIDTH,
    DEVICES,
    SERVERS,
    APPLICATIONS,
    EVENTS,
    COMPLAINTS,
    FINDINGS,
)
STEMS: tuple[str, ...] = (GOVERNMENT.stem, *(kind.stem for kind in LISTS))
