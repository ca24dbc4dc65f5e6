# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network as it stands: what is in service and has its numbers, joined from register and lock file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from ..register.models import Device, DevicePort, Register, Server
from . import obstacles
from .allocations import Allocations, DataCentre, LinkAllocation
from .links import BORDER, CORE, OPD, Link, core_links


@dataclass(frozen=True)
class PlannedLink:
    """A link whose two ends are in service, with its numbers."""

    link: Link
    allocation: LinkAllocation

    @property
    def vlan_interface(self) -> str:
        return f"vlan{self.allocation.vlan}"


@dataclass(frozen=True)
class Office:
    """A location whose OPD router is in service."""

    router: Device
    lan_port: DevicePort
    lan: IPv4Network

    @property
    def gateway(self) -> IPv4Address:
        return self.lan.network_address + 1


@dataclass(frozen=True)
class PlannedServer:
    server: Server
    address: IPv4Address


@dataclass(frozen=True)
class Network:
    """Everything an intent is made from. A host with obstacles is not in it, as if it were not in service yet."""

    register: Register
    data_centre: DataCentre
    devices: list[Device]
    servers: list[PlannedServer]
    loopbacks: dict[str, IPv4Address]
    links: list[PlannedLink]
    offices: list[Office]

    @property
    def borders(self) -> list[Device]:
        return [device for device in self.devices if device.role == BORDER]

    @property
    def core(self) -> Device | None:
        return next((device for device in self.devices if device.role == CORE), None)

    def links_of(self, device: Device) -> list[PlannedLink]:
        """The links one end of which is ``device``, lowest VLAN first."""
        return [planned for planned in self.links if device.name in (planned.link.core.name, planned.link.far.name)]

    def allocated(self, opd: str) -> int | None:
        """bit/s the OPD may use, None when bandwidth.yml has no record of it."""
        return next((record.allocated for record in self.register.bandwidth if record.opd == opd), None)

    def office_of(self, router: Device) -> Office:
        """Raises StopIteration for a device that is no planned OPD router."""
        return next(office for office in self.offices if office.router.name == router.name)


def host_obstacles(register: Register, allocations: Allocations) -> dict[str, obstacles.Obstacles]:
    """Host that is in service -> what stands in its way. Hosts without obstacles are not in the answer."""
    found = {
        device.name: obstacles.of_device(device, register, allocations) for device in in_service(register.devices)
    } | {server.name: obstacles.of_server(server, allocations) for server in in_service(register.servers)}
    return {name: in_the_way for name, in_the_way in found.items() if in_the_way}


def network(register: Register, allocations: Allocations) -> Network | None:
    """The network as it stands, or None when not even the data centre has its numbers."""
    if allocations.data_centre is None:
        return None
    blocked = host_obstacles(register, allocations)
    devices = [device for device in in_service(register.devices) if device.name not in blocked]
    names = {device.name for device in devices}
    links = [
        PlannedLink(link, allocations.links[link.key])
        for link in core_links(register)
        if {link.core.name, link.far.name} <= names
    ]
    offices = [
        Office(
            router,
            next(port for port in router.ports if port.use == "lan"),
            allocations.locations[router.location_ref].lan,
        )
        for router in devices
        if router.role == OPD
    ]
    return Network(
        register=register,
        data_centre=allocations.data_centre,
        devices=devices,
        servers=[
            PlannedServer(server, allocations.servers[server.name])
            for server in in_service(register.servers)
            if server.name not in blocked
        ],
        loopbacks={device.name: allocations.loopbacks[device.name] for device in devices},
        links=sorted(links, key=lambda planned: planned.allocation.vlan),
        offices=sorted(offices, key=lambda office: office.lan),
    )


def in_service[Item: (Device, Server)](items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.in_service]
