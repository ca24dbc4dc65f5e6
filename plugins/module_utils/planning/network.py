# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network as it stands: what is in service and has its numbers, joined from register and lock file."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network
from typing import Literal

from ..register.models import Device, DevicePort, Register, Segment, Server
from .allocations import Allocations, DataCentre, LinkAllocation
from .bandwidth.lock import PlanLock
from .leases import LeaseRange
from .links import BORDER, OPD, Link, core_links
from .network6 import six
from .tunnels import PlannedTunnel, planned_tunnels


@dataclass(frozen=True)
class PlannedLink:
    """A link whose two ends are in service, with its numbers."""

    link: Link
    allocation: LinkAllocation

    @property
    def vlan_interface(self) -> str:
        return f"vlan{self.allocation.vlan}"


@dataclass(frozen=True)
class OfficeSegment:
    """A VLAN beside the LAN, on the same port. ``use`` is cctv or public_wifi."""

    use: Segment
    interface: str
    vlan: int
    subnet: IPv4Network

    @property
    def gateway(self) -> IPv4Address:
        return self.subnet.network_address + 1


@dataclass(frozen=True)
class Office:
    """A location whose OPD router is in service."""

    router: Device
    lan_port: DevicePort
    lan: IPv4Network
    leases: LeaseRange
    segments: tuple[OfficeSegment, ...] = ()

    @property
    def gateway(self) -> IPv4Address:
        return self.lan.network_address + 1

    def segment(self, use: Segment) -> OfficeSegment | None:
        """The segment of that use, or None."""
        return next((segment for segment in self.segments if segment.use == use), None)


@dataclass(frozen=True)
class PlannedServer:
    server: Server
    address: IPv4Address


@dataclass(frozen=True)
class Rates:
    """bit/s that one gets at least when everybody asks (CIR), and at most when nobody else does (MIR).

    ``priority`` 0 to 7, the smaller is served first; None where no plan has said it.
    """

    cir_bps: int
    mir_bps: int
    priority: int | None = None


# Compared by identity, so that what is derived from it (zones, services) can be remembered.
@dataclass(frozen=True, eq=False)
class Network:
    """Everything an intent is made from. A host with obstacles is not in it, as if it were not in service yet."""

    register: Register
    data_centre: DataCentre
    devices: list[Device]
    servers: list[PlannedServer]
    areas: dict[str, IPv4Address]
    loopbacks: dict[str, IPv4Address]
    links: list[PlannedLink]
    tunnels: list[PlannedTunnel]
    offices: list[Office]
    plan: PlanLock
    #: Which addresses it has.
    family: Literal[4, 6] = 4
    #: The same network with its IPv6 addresses, where the government runs both.
    six: Network | None = None

    @cached_property
    def borders(self) -> list[Device]:
        return [device for device in self.devices if device.role == BORDER]

    @cached_property
    def _links(self) -> dict[str, list[PlannedLink]]:
        found: dict[str, list[PlannedLink]] = {}
        for planned in self.links:
            for end in (planned.link.core, planned.link.far):
                found.setdefault(end.name, []).append(planned)
        return found

    @cached_property
    def _tunnels(self) -> dict[str, list[PlannedTunnel]]:
        found: dict[str, list[PlannedTunnel]] = {}
        for planned in self.tunnels:
            for end in (planned.tunnel.border, planned.tunnel.far):
                found.setdefault(end.name, []).append(planned)
        return found

    @cached_property
    def _allocated(self) -> dict[str, Rates]:
        return {
            record.opd: Rates(record.allocated, record.allocated)
            for record in self.register.bandwidth
            if record.allocated is not None
        }

    @cached_property
    def _offices(self) -> dict[str, Office]:
        return {office.router.name: office for office in self.offices}

    def servers_named(self, names: Iterable[str]) -> list[PlannedServer]:
        """The planned ones of these servers, in the order of the names; the others are not there yet."""
        known = {planned.server.name: planned for planned in self.servers}
        return [known[name] for name in names if name in known]

    def links_of(self, device: Device) -> list[PlannedLink]:
        """The links one end of which is ``device``, lowest VLAN first."""
        return self._links.get(device.name, [])

    def tunnels_of(self, device: Device) -> list[PlannedTunnel]:
        """The tunnels one end of which is ``device``, lowest number first."""
        return self._tunnels.get(device.name, [])

    def rates(self, opd: str) -> Rates | None:
        """What the OPD may use by the bandwidth plan, else what bandwidth.yml allocates; None when neither has it."""
        planned = self.plan.offices.get(opd)
        if planned is not None:
            return Rates(planned.cir, planned.mir, planned.priority)
        return self._allocated.get(opd)

    def rates_at(self, office: Office) -> Rates | None:
        """What one place of an OPD may use; by the plan its share, without one all of what its OPD has."""
        whole, share = self.rates(office.router.opd), self.plan.locations.get(office.router.location_ref)
        if whole is None or share is None:
            return whole
        return Rates(share.cir, share.mir, whole.priority)

    def office_of(self, router: Device) -> Office:
        """Raises KeyError for a device that is no planned OPD router."""
        return self._offices[router.name]


def network(
    register: Register, allocations: Allocations, blocked: Container[str], plan: PlanLock | None = None
) -> Network | None:
    """The network as it stands, or None when not even the data centre has its numbers.

    ``blocked`` are the names of the hosts with obstacles; ``plan`` is the bandwidth plan, if there is one.
    """
    if allocations.data_centre is None:
        return None
    devices = [device for device in register.devices if device.in_service and device.name not in blocked]
    names = {device.name for device in devices}
    links = [
        PlannedLink(link, allocations.links[link.key])
        for link in core_links(register)
        if {link.core.name, link.far.name} <= names
    ]
    offices = [_office(router, register, allocations) for router in devices if router.role == OPD]
    four = Network(
        register=register,
        data_centre=allocations.data_centre,
        devices=devices,
        servers=[
            PlannedServer(server, allocations.servers[server.name])
            for server in register.servers
            if server.in_service and server.name not in blocked
        ],
        areas={device.name: allocations.area_of(device.name) for device in devices},
        loopbacks={device.name: allocations.loopbacks[device.name] for device in devices},
        links=sorted(links, key=lambda planned: planned.allocation.vlan),
        tunnels=planned_tunnels(register, allocations.links, names),
        offices=sorted(offices, key=lambda office: office.lan),
        plan=plan or PlanLock(),
    )
    return replace(four, six=six(four, allocations)) if register.government.dual_stack else four


def _office(router: Device, register: Register, allocations: Allocations) -> Office:
    numbers = allocations.locations[router.location_ref]
    lan_port = next(port for port in router.ports if port.use == "lan")
    location = register.opd(router.opd).location(router.location)
    asked = location.segments if location is not None else ()
    vlans = register.government.vlans.segments
    return Office(
        router,
        lan_port,
        numbers.lan,
        numbers.lease_range,
        tuple(
            OfficeSegment(use, f"{lan_port.name}.{getattr(vlans, use)}", getattr(vlans, use), numbers.segments[use])
            for use in asked
            if use in numbers.segments
        ),
    )
