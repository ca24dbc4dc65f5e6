# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tunnels of offices that no cable reaches: from an OPD router, through its internet line, to a border router.

A tunnel is a link like any other: it has its numbers in the lock file and OSPF runs over it. Its VLAN is on no switch;
that number names the interface on both ends (``vpn101``, ``Tunnel101``), the border's UDP port, and the office's class
in the shaping of the border.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from ..register.models import Device, Register, Vpn
from ..register.tunnel_methods import TunnelMethod, common_method, is_fixed
from .allocations import LinkAllocation
from .links import BORDER, OPD
from .uplinks import Uplink, lines, main_uplink

#: UDP port of the border for tunnel 101: 51101. WireGuard has no port of its own; every tunnel has its interface there.
FIRST_PORT = 51000
_INTERFACE = {"ios": "Tunnel"}


@dataclass(frozen=True)
class Tunnel:
    """Wanted by the register, whatever the readiness of either end. ``far`` is the OPD router."""

    far: Device
    line: Uplink
    border: Device
    vpn: Vpn

    @property
    def key(self) -> str:
        """Name of the tunnel in the lock file, beside the links."""
        return f"{self.far.name}:vpn-{self.line.circuit.id}"


@dataclass(frozen=True)
class PlannedTunnel:
    """A tunnel whose two ends are in service, with its numbers. ``uplink``: where it enters the border."""

    tunnel: Tunnel
    allocation: LinkAllocation
    uplink: Uplink
    method: TunnelMethod

    @property
    def number(self) -> int:
        return self.allocation.vlan

    @property
    def port(self) -> int:
        """UDP port of the border."""
        return FIRST_PORT + self.number

    @property
    def mtu(self) -> int:
        """What a packet in the tunnel may measure: what the line carries, less what the tunnel adds."""
        return self.tunnel.vpn.mtu - self.method.overhead

    @property
    def known(self) -> bool:
        """Whether the border sees the office come from the address that its line has."""
        return is_fixed(self.tunnel.line.address)

    def interface(self, device: Device) -> str:
        """Name of the tunnel's interface on one of its ends."""
        return f"{_INTERFACE.get(device.platform, 'vpn')}{self.number}"


def tunnels(register: Register) -> list[Tunnel]:
    """All tunnels of the register, in the order of its devices and their lines; one a router at most."""
    return list(_tunnels(register))


def _tunnels(register: Register) -> Iterator[Tunnel]:
    borders = {device.name: device for device in register.devices if device.role == BORDER}
    for device in register.devices:
        if device.role != OPD:
            continue
        for line in lines(device, register):
            vpn = line.circuit.vpn
            if vpn is not None and vpn.to in borders:
                yield Tunnel(device, line, borders[vpn.to], vpn)
                break


def planned_tunnels(
    register: Register, links: Mapping[str, LinkAllocation], names: Container[str]
) -> list[PlannedTunnel]:
    """The tunnels between two of the devices ``names``, lowest number first. ``links``: those of the lock file."""
    found = []
    for tunnel in tunnels(register):
        uplink = main_uplink(tunnel.border, register)
        method = method_of(tunnel)
        if tunnel.far.name in names and tunnel.border.name in names and uplink is not None and method is not None:
            found.append(PlannedTunnel(tunnel, links[tunnel.key], uplink, method))
    return sorted(found, key=lambda planned: planned.number)


def method_of(tunnel: Tunnel) -> TunnelMethod | None:
    """None when the two routers have no method in common; the register's rules refuse that."""
    ends = [(end.platform, end.os_version) for end in (tunnel.far, tunnel.border)]
    return common_method(*ends, fixed=is_fixed(tunnel.line.address))
