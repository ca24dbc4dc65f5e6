# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both ends of a tunnel, from one set of numbers, so that they always agree.

The office calls and the border answers: an office may be behind somebody's NAT, and then only it can. Keys are not
here; they are named, and come from the vault when the configuration is rendered.
"""

from __future__ import annotations

from ...register.models import Device
from ..network import Network
from ..shapes import Interface, TunnelEnd
from ..tunnels import PlannedTunnel
from . import common

#: Seconds. NAT devices forget a silent UDP flow after 30 seconds or more (RFC 4787 demands 120); wg(8) recommends 25.
KEEPALIVE = 25


def interfaces(device: Device, network: Network) -> list[Interface]:
    """The interfaces of the tunnels that end on ``device``."""
    return [_interface(device, planned) for planned in network.tunnels_of(device)]


def ends(device: Device, network: Network) -> list[TunnelEnd]:
    """The ends of tunnels on ``device``, lowest number first."""
    return [_end(device, planned) for planned in network.tunnels_of(device)]


def _interface(device: Device, planned: PlannedTunnel) -> Interface:
    tunnel, numbers = planned.tunnel, planned.allocation
    ours = numbers.core_address if device is tunnel.border else numbers.far_address
    other = tunnel.far if device is tunnel.border else tunnel.border
    found = common.interface(
        planned.interface(device), "link", f"VPN {other.name} lewat {tunnel.line.circuit.id}", ours, numbers.subnet
    )
    found["tunnel"], found["mtu"] = True, planned.mtu
    return found


def _end(device: Device, planned: PlannedTunnel) -> TunnelEnd:
    """Where the tunnel starts and ends on the internet, as seen from ``device``."""
    tunnel, line, uplink = planned.tunnel, planned.tunnel.line, planned.uplink
    calls = device is tunnel.far
    here, there = (line, uplink) if calls else (uplink, line)
    other = tunnel.border if calls else tunnel.far
    return {
        "name": planned.interface(device),
        "number": planned.number,
        "method": planned.method.name,
        "circuit": line.circuit.id,
        "calls": calls,
        "device": device.name,
        "interface": here.port.name,
        "local": str(here.address) if here.address else None,
        "gateway": str(here.gateway) if calls and here.gateway else None,
        "port": None if calls else planned.port,
        "peer": {
            "device": other.name,
            # A translated or changing address cannot be named in advance.
            "address": str(there.address) if there.address and (calls or planned.known) else None,
            "port": planned.port if calls else None,
        },
        "keepalive": KEEPALIVE if calls else None,
        "mtu": planned.mtu,
    }
