# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole register of one government."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import cached_property

from pydantic import ConfigDict

from .application import Application
from .bandwidth import Bandwidth
from .circuit import Circuit
from .complaint import Complaint
from .device import Device
from .event import Event
from .finding import Finding
from .government import Government
from .opd import Location, Opd
from .record import Record
from .server import Server


class Register(Record):
    """All records, in the order of the files. Lookups raise KeyError; a loaded register has no dangling reference."""

    model_config = ConfigDict(title="Register")

    government: Government
    opds: tuple[Opd, ...] = ()
    circuits: tuple[Circuit, ...] = ()
    bandwidth: tuple[Bandwidth, ...] = ()
    devices: tuple[Device, ...] = ()
    servers: tuple[Server, ...] = ()
    applications: tuple[Application, ...] = ()
    events: tuple[Event, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    findings: tuple[Finding, ...] = ()

    @cached_property
    def _opds(self) -> dict[str, Opd]:
        return {opd.code: opd for opd in self.opds}

    @cached_property
    def _locations(self) -> dict[str, Location]:
        return {f"{opd.code}/{location.code}": location for opd in self.opds for location in opd.locations}

    @cached_property
    def _circuits(self) -> dict[str, Circuit]:
        return {circuit.id: circuit for circuit in self.circuits}

    @cached_property
    def _bandwidth(self) -> dict[str, Bandwidth]:
        return {record.opd: record for record in self.bandwidth}

    @cached_property
    def _devices(self) -> dict[str, Device]:
        return {device.name: device for device in self.devices}

    @cached_property
    def _servers(self) -> dict[str, Server]:
        return {server.name: server for server in self.servers}

    @cached_property
    def _applications(self) -> dict[str, Application]:
        return {application.code: application for application in self.applications}

    @cached_property
    def _rooms(self) -> dict[str, str]:
        return {
            location.code: f"{opd.code}/{location.code}"
            for opd in self.opds
            for location in opd.locations
            if location.kind == "data_centre"
        }

    @cached_property
    def _applications_on(self) -> dict[Hashable, tuple[Application, ...]]:
        return _grouped((application.runs_at.server, application) for application in self.applications)

    def opd(self, code: str) -> Opd:
        return self._opds[code]

    def location(self, ref: str) -> Location:
        """The location named ``opd/location``."""
        return self._locations[ref]

    def circuit(self, circuit_id: str) -> Circuit:
        return self._circuits[circuit_id]

    def bandwidth_of(self, opd: str) -> Bandwidth:
        return self._bandwidth[opd]

    def device(self, name: str) -> Device:
        return self._devices[name]

    def server(self, name: str) -> Server:
        return self._servers[name]

    def application(self, code: str) -> Application:
        return self._applications[code]

    def node(self, name: str) -> Device | Server:
        """The device or server with this name (names are unique across both)."""
        return self._devices.get(name) or self._servers[name]

    def server_location(self, name: str) -> str:
        """``opd/location`` of the data centre room in which the server stands."""
        return self._rooms[self._servers[name].place.room]

    def findings_on(self, server: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if server in finding.servers)

    def applications_on(self, server: str) -> tuple[Application, ...]:
        return self._applications_on.get(server, ())


def _grouped(pairs: Iterable[tuple[str | None, Application]]) -> dict[Hashable, tuple[Application, ...]]:
    groups: dict[Hashable, tuple[Application, ...]] = {}
    for key, application in pairs:
        groups[key] = (*groups.get(key, ()), application)
    return groups
