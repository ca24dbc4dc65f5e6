# SPDX-License-Identifier: GPL-3.0-or-later
"""What the register and the lock file promise, in the words of the packet tests. Nothing here is measured."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

import yaml
from labkit import radio, world
from labkit.register_source import read

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import (
    PlanLock,
    read_plan_lock,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.uplinks import BEHIND_OSPF, own_routes

FOLDER = Path(__file__).resolve().parents[2] / "inventories" / "lab"
REGISTER = read(FOLDER / "register")
ALLOCATIONS: dict[str, Any] = yaml.safe_load((FOLDER / "allocations.yml").read_text())
INTERNET = str(world.WEB_ADDRESS)
INTERNET_NAME = world.WEB_NAME


@dataclass(frozen=True)
class Office:
    """A location with a router in service. ``place`` is ``opd/location``; ``cir`` and ``mir`` are in bit/s.

    ``own_line``: the circuit that carries its internet while it lives, nothing when the government's network does.
    """

    place: str
    router: str
    lan: IPv4Network
    cir: int
    mir: int
    own_line: str

    @property
    def gateway(self) -> str:
        return str(self.lan[1])

    def __str__(self) -> str:
        return self.place


@dataclass(frozen=True)
class Application:
    """An application that runs on a server of ours."""

    code: str
    domain: str
    server: str
    address: str

    def __str__(self) -> str:
        return self.code


def _offices() -> list[Office]:
    found = []
    for device in REGISTER.devices:
        if device.in_service and device.role == "opd_router":
            place = f"{device.opd}/{device.location}"
            lan = IPv4Network(ALLOCATIONS["locations"][place]["lan"])
            share = PLAN.locations[place]
            first = next((r for r in own_routes(device, REGISTER) if r["distance"] < BEHIND_OSPF), None)
            own = "" if first is None else str(first["circuit"])
            found.append(Office(place, device.name, lan, share.cir, share.mir, own))
    return found


def _plan() -> PlanLock:
    found = read_plan_lock(FOLDER / "bandwidth_plan.yml")
    assert found.lock is not None, found.problems
    return found.lock


PLAN = _plan()
OFFICES = _offices()
#: offices whose internet goes by the government's network
CENTRAL = [office for office in OFFICES if not office.own_line]
#: offices that still use their own line, with the government's network behind it
PARALLEL = [office for office in OFFICES if office.own_line]
APPLICATIONS = [
    Application(item.code, item.domain, item.runs_at.server, ALLOCATIONS["servers"][item.runs_at.server])
    for item in REGISTER.applications
    if item.runs_at.server
]
DEVICES = [device for device in REGISTER.devices if device.in_service]
SERVERS = [server for server in REGISTER.servers if server.in_service]
#: of the border router's lines, the preferred one first
UPLINKS = [
    circuit.handoff
    for circuit in sorted(REGISTER.circuits, key=lambda item: item.role != "main")
    if circuit.kind == "uplink" and circuit.handoff
]
UPLINK = UPLINKS[0]
#: the operators' machine
MANAGEMENT = str(REGISTER.government.management_sources[0].network_address)
UPLINK_ADDRESS = str(UPLINK.address.ip)


def seen_as(office: Office) -> str:
    """The address by which the internet knows the people of an office."""
    handoff = REGISTER.circuit(office.own_line).handoff if office.own_line else UPLINK
    assert handoff is not None
    return str(handoff.address.ip)


@functools.cache
def transit() -> dict[str, dict[str, str]]:
    """Device → name of the neighbour device → our address on the link between them."""
    found: dict[str, dict[str, str]] = {device.name: {} for device in DEVICES}
    for end, link in ALLOCATIONS["links"].items():
        far, port = end.split(":")
        device = REGISTER.device(far)
        if not device.in_service:
            continue
        if port.startswith("vpn-"):
            vpn = REGISTER.circuit(port.removeprefix("vpn-")).vpn
            assert vpn is not None
            core = vpn.to
        else:
            core = next(p.to.device for p in device.ports if p.name == port and p.to)
        hosts = list(IPv4Network(link["subnet"]).hosts())
        found[core][far], found[far][core] = str(hosts[0]), str(hosts[1])
    return found


def loopback(device: str) -> str:
    return str(ALLOCATIONS["loopbacks"][device])


def loopbacks() -> IPv4Network:
    """The pool that the routers' own addresses come from."""
    return IPv4Network(str(REGISTER.government.address_pools.loopback))


def device_addresses() -> dict[str, str]:
    """Every address of every network device, with a name a person understands: address → name."""
    found: dict[str, str] = {}
    for device in DEVICES:
        found[str(device.management_address)] = f"{device.name} (manajemen)"
        found[loopback(device.name)] = f"{device.name} (loopback)"
        for neighbour, address in transit()[device.name].items():
            found[address] = f"{device.name} (ke {neighbour})"
    for office in OFFICES:
        found[office.gateway] = f"{office.router} (LAN {office})"
    found[str(ALLOCATIONS["data_centre"]["gateway"])] = "gateway pusat data"
    found[UPLINK_ADDRESS] = "router perbatasan (uplink)"
    return found


def server_addresses() -> dict[str, str]:
    """Every address of every server: address → name."""
    found = {str(server.management_address): f"{server.name} (manajemen)" for server in SERVERS}
    found.update({ALLOCATIONS["servers"][server.name]: server.name for server in SERVERS})
    return found


def application_server(address: str) -> bool:
    """Whether an application answers on port 80 of this address."""
    return address in {application.address for application in APPLICATIONS}


def by_air(office: Office) -> bool:
    """Whether a leased line through the air lies between the office and the core."""
    lines = (c for c in REGISTER.circuits if c.kind == "leased_line" and f"{c.opd}/{c.location}" == office.place)
    return any(line.media in radio.DELAYS_MS for line in lines)


def segment(use: str) -> tuple[Office, IPv4Network]:
    """The first office with such a segment, and its subnet."""
    for office in OFFICES:
        subnets = ALLOCATIONS["locations"][office.place].get("segments", {})
        if use in subnets:
            return office, IPv4Network(subnets[use])
    raise LookupError(use)


def other_office(office: Office) -> Office:
    return next(other for other in OFFICES if other != office)
