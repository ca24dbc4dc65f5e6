# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which circuits a router uses to reach the internet, in which order, and how it knows that one of them lives."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from ..register.models import BgpSession, Circuit, Device, DevicePort, Government, Handoff, Register, Stage
from .shapes import Interface, Nat, Route

DEFAULT_ROUTE = "0.0.0.0/0"
#: Administrative distances. OSPF has 110 on every platform (FRR, IOS, RouterOS): a smaller one wins over what the
#: government's own network offers, a larger one waits behind it.
FIRST_DISTANCE = 10
BEHIND_OSPF = 200


@dataclass(frozen=True)
class Uplink:
    """A circuit that enters at ``port``. Without ``handoff`` the provider gives the address by DHCP."""

    port: DevicePort
    circuit: Circuit
    handoff: Handoff | None

    @property
    def gateway(self) -> IPv4Address | None:
        return self.handoff.gateway if self.handoff else None

    @property
    def address(self) -> IPv4Address | None:
        """Our address on the line."""
        return self.handoff.address.ip if self.handoff else None

    @property
    def resolvers(self) -> tuple[IPv4Address, ...]:
        return self.handoff.dns if self.handoff else ()

    @property
    def track(self) -> tuple[IPv4Address, ...]:
        """What answers when the line lives: what the register says, else the provider's gateway."""
        return self.circuit.track or ((self.gateway,) if self.gateway else ())

    def interface(self) -> Interface:
        found: Interface = {
            "name": self.port.name,
            "use": "uplink",
            "description": f"{self.circuit.id} {self.circuit.provider}",
            "addresses": [str(self.handoff.address)] if self.handoff else [],
            "circuit": self.circuit.id,
            "dhcp": self.handoff is None,
        }
        return found


def uplinks(device: Device, register: Register) -> list[Uplink]:
    """The uplinks of a border router that can be used, main circuits before backup ones, then in port order."""
    return [uplink for uplink in lines(device, register) if uplink.handoff is not None]


def lines(device: Device, register: Register) -> list[Uplink]:
    """Every circuit that enters at a port with ``use: uplink``, main before backup, then in port order."""
    found = []
    for port in device.ports:
        if port.use == "uplink" and port.circuit is not None:
            with suppress(KeyError):
                circuit = register.circuit(port.circuit)
                found.append(Uplink(port, circuit, circuit.handoff))
    return sorted(found, key=lambda uplink: uplink.circuit.role != "main")


#: Stages in which the office has moved to the government's network: its own line waits behind that.
MOVED: frozenset[Stage] = frozenset({"cutover", "terminated"})


def own_routes(device: Device, register: Register) -> list[Route]:
    """The default routes of an OPD router's own lines, before or behind the government's network.

    The register's ``preferred`` decides for a line; where it says nothing, the stage of the OPD does.
    """
    moved = register.opd(device.opd).stage in MOVED
    found: list[Route] = []
    for behind in (False, True):
        chosen = [
            line
            for line in lines(device, register)
            if (moved if line.circuit.preferred is None else not line.circuit.preferred) == behind
        ]
        found += default_routes(chosen, BEHIND_OSPF if behind else FIRST_DISTANCE, tracked=True)
    return found


def main_uplink(device: Device, register: Register) -> Uplink | None:
    """The uplink that carries while it lives, None when the device has none."""
    return next(iter(uplinks(device, register)), None)


def default_routes(found: Iterable[Uplink], first: int, *, tracked: bool) -> list[Route]:
    """One default route a line, in order of preference from distance ``first`` on.

    ``tracked``: whether there is another way when the line dies, so that knowing it is of use.
    """
    return [_default_route(uplink, first + number, tracked) for number, uplink in enumerate(found)]


def _default_route(uplink: Uplink, distance: int, tracked: bool) -> Route:
    route: Route = {
        "to": DEFAULT_ROUTE,
        "via": str(uplink.gateway) if uplink.gateway else None,
        "interface": uplink.port.name,
        "distance": distance,
        "track": [str(address) for address in uplink.track] if tracked else [],
        "circuit": uplink.circuit.id,
    }
    if uplink.circuit.bgp is not None:
        route["bgp"] = True
    return route


def announced(government: Government, session: BgpSession | None = None) -> tuple[IPv4Network, ...]:
    """The prefixes that are announced on a session, or all that may be on any."""
    every = government.bgp.prefixes if government.bgp is not None else ()
    return every if session is None or session.announce is None else session.announce


def translations(found: Iterable[Uplink], sources: list[str], government: Government) -> list[Nat]:
    """Source NAT by each line: to its own address, or to whatever address the provider gave.

    Where a line announces prefixes, what has an address of them goes as it is, and the rest gets the government's own
    one if it has chosen one: connections then live on when another such line takes over.
    """
    return [nat for uplink in found if (nat := _translation(uplink, sources, government))["sources"]]


def _translation(uplink: Uplink, sources: list[str], government: Government) -> Nat:
    prefixes = announced(government, uplink.circuit.bgp) if uplink.circuit.bgp is not None else ()
    chosen = government.bgp.nat_address if government.bgp is not None else None
    address = chosen if chosen is not None and any(chosen in prefix for prefix in prefixes) else uplink.address
    return {
        "interface": uplink.port.name,
        "address": str(address) if address else None,
        "sources": [
            source for source in sources if not any(IPv4Network(source).subnet_of(prefix) for prefix in prefixes)
        ],
    }


def resolvers(found: Iterable[Uplink]) -> dict[str, str]:
    """Resolver of a provider -> the interface by which it is asked; the preferred line's come first.

    A resolver that two lines name is asked by the first of them.
    """
    via: dict[str, str] = {}
    for uplink in found:
        for resolver in uplink.resolvers:
            via.setdefault(str(resolver), uplink.port.name)
    return via
