# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ports of the core switch: to devices and servers, trunks to a second switch, aggregates of either."""

from __future__ import annotations

from collections.abc import Iterable

from ...register.models import Device, DevicePort
from ..network import Network
from ..shapes import SwitchPort


def switch_ports(device: Device, network: Network) -> list[SwitchPort]:
    """In the order of the register. A port behind which nothing is in service is left out."""
    links = [planned for planned in network.links_of(device) if planned.link.core is device]
    servers = {planned.server.name for planned in network.servers}
    access = {
        port.name: planned.allocation.vlan for planned in links for port, _ in planned.link.cables if port.use == "link"
    }
    access |= {
        port.name: network.data_centre.vlan
        for port in device.ports
        if port.use == "server" and port.to is not None and port.to.device in servers
    }
    found: list[SwitchPort] = []
    for name, ports in _interfaces(device.ports).items():
        carrying = [port for port in ports if port.name in access]
        tagged = _tagged(device, network, {port.name for port in ports}) if ports[0].use == "trunk" else []
        port: SwitchPort
        if tagged:
            port = {"name": name, "mode": "trunk", "vlans": tagged, "description": "switch kedua"}
        elif carrying:
            ends = ", ".join(str(port.to) for port in carrying)
            port = {"name": name, "mode": "access", "vlan": access[carrying[0].name], "description": ends}
        else:
            continue
        if ports[0].bundle:
            port["members"] = [member.name for member in (ports if port["mode"] == "trunk" else carrying)]
        found.append(port)
    return found


def _interfaces(ports: Iterable[DevicePort]) -> dict[str, list[DevicePort]]:
    """Name of the port or aggregate -> its ports."""
    found: dict[str, list[DevicePort]] = {}
    for port in ports:
        found.setdefault(port.interface, []).append(port)
    return found


def _tagged(device: Device, network: Network, ports: set[str]) -> list[int]:
    """VLANs of whatever says that it hangs behind one of these ports of a trunk, and those asked for by name."""
    vlans = {
        planned.allocation.vlan
        for planned in network.links_of(device)
        if planned.link.core is device and planned.link.tagged and planned.link.core_port.name in ports
    }
    servers = any(
        port.to is not None and port.to.device == device.name and port.to.port in ports
        for planned in network.servers
        for port in planned.server.ports
    )
    asked = any("data_centre" in port.vlans for port in device.ports if port.name in ports)
    if servers or asked:
        vlans.add(network.data_centre.vlan)
    return sorted(vlans)
