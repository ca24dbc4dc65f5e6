# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every name that points to another record must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..draft import Draft, Entry, Section, if_known
from ..models import Circuit, Complaint, Device, Event, Opd, Record
from ..plain import KeyPath
from ..problem import Problem
from ..suggest import closest


def check(draft: Draft) -> Iterator[Problem]:
    yield from _opds(draft)
    yield from _locations(draft)
    yield from _rooms(draft)
    yield from _applications(draft)


def missing(entry: Entry[Record], keys: KeyPath, what: str, name: str, known: Iterable[str], file_name: str) -> Problem:
    """``name`` leads nowhere: told with the nearest known name."""
    names = list(known)
    near = closest(name, names)
    hint = f' Maksud Anda "{near}"?' if near else ""
    action = f"Ganti dengan '{near}'" if near else "Betulkan namanya"
    return entry.problem(
        keys, f"{what} '{name}' tidak ada di {file_name}.{hint}", f"{action}, atau tambahkan '{name}' ke {file_name}."
    )


def _opds(draft: Draft) -> Iterator[Problem]:
    for bandwidth in draft.bandwidth:
        with if_known:
            yield from _opd(draft.opds, bandwidth, "opd", bandwidth.record.opd)
    for circuit in draft.circuits:
        with if_known:
            yield from _opd(draft.opds, circuit, "opd", circuit.record.opd)
    for device in draft.devices:
        with if_known:
            yield from _opd(draft.opds, device, "opd", device.record.opd)
    for server in draft.servers:
        with if_known:
            yield from _opd(draft.opds, server, "owner", server.record.owner)
    for application in draft.applications:
        with if_known:
            yield from _opd(draft.opds, application, "owner", application.record.owner)
    for event in draft.events:
        with if_known:
            yield from _opd(draft.opds, event, "opd", event.record.opd)
    for finding in draft.findings:
        with if_known:
            yield from _opd(draft.opds, finding, "owner", finding.record.owner)
    for complaint in draft.complaints:
        with if_known:
            yield from _opd(draft.opds, complaint, "opd", complaint.record.opd)


def _opd(opds: Section[Opd], entry: Entry[Record], key: str, code: str | None) -> Iterator[Problem]:
    if code is not None and opds.complete and code not in opds.by_name:
        yield missing(entry, (key,), "OPD", code, opds.by_name, "opds.yml")


def _locations(draft: Draft) -> Iterator[Problem]:
    entries: list[Entry[Device] | Entry[Circuit] | Entry[Event] | Entry[Complaint]] = [
        *draft.devices,
        *draft.circuits,
        *draft.events,
        *draft.complaints,
    ]
    for entry in entries:
        with if_known:
            opd = draft.opds.by_name.get(entry.record.opd or "")
            code = entry.record.location
            if opd is None or code is None or opd.record.location(code) is not None:
                continue
            codes = [location.code for location in opd.record.locations]
            near = closest(code, codes)
            hint = f' Maksud Anda "{near}"?' if near else ""
            listed = f"Yang ada: {', '.join(codes)}." if codes else f"{opd.record.code} belum punya lokasi."
            yield entry.problem(
                ("location",),
                f"lokasi '{code}' tidak ada pada OPD {opd.record.code}.{hint}",
                f"{listed} Betulkan kodenya, atau tambahkan lokasi itu di {opd.place}.",
            )


def _rooms(draft: Draft) -> Iterator[Problem]:
    """A server's room is the code of a location of kind data_centre, and of one only."""
    rooms: dict[str, list[str]] = {}
    for opd in draft.opds:
        with if_known:
            for location in opd.record.locations:
                if location.kind == "data_centre":
                    rooms.setdefault(location.code, []).append(opd.record.code)
    complete = draft.opds.complete and all("locations" in entry.record.__dict__ for entry in draft.opds)
    for server in draft.servers:
        with if_known:
            room = server.record.place.room
            if room not in rooms and complete:
                near = closest(room, rooms)
                hint = f' Maksud Anda "{near}"?' if near else ""
                yield server.problem(
                    ("place", "room"),
                    f"ruang '{room}' bukan kode lokasi berjenis data_centre.{hint}",
                    f"Ruang yang ada: {', '.join(rooms) or 'belum ada'}. Betulkan, atau tambahkan lokasi dengan "
                    "kind: data_centre di opds.yml.",
                )
            elif len(rooms.get(room, ())) > 1:
                yield server.problem(
                    ("place", "room"),
                    f"ruang '{room}' ada pada lebih dari satu OPD ({', '.join(rooms[room])}).",
                    "Beri kode lokasi yang berbeda di opds.yml.",
                )


def _applications(draft: Draft) -> Iterator[Problem]:
    known = draft.applications.by_name
    for entry in draft.applications:
        with if_known:
            server = entry.record.runs_at.server
            if server is not None and draft.servers.complete and server not in draft.servers.by_name:
                names = draft.servers.by_name
                yield missing(entry, ("runs_at", "server"), "server", server, names, "servers.yml")
        with if_known:
            for index, code in enumerate(entry.record.depends_on):
                if code not in known and draft.applications.complete:
                    yield missing(entry, ("depends_on", index), "aplikasi", code, known, "applications.yml")
