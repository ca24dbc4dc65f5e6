# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a monitoring server looks at: everything that is in service, by the addresses it has from the data centre."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from ...register.models import Device, DevicePort, Place, Register
from ..links import CORE
from ..network import Network
from . import backup
from .edge_proxy import application_port, proxies

NODE_PORT = 9100
#: A port of these uses has its cable all the time; what hangs at a lan is people's own.
_CABLED = ("uplink", "link", "server", "trunk")


def nodes(network: Network) -> list[dict[str, Any]]:
    return [
        {"host": planned.server.name, "target": f"{planned.address}:{NODE_PORT}", "place": _rack(planned.server.place)}
        for planned in network.servers
    ]


def devices(network: Network) -> list[dict[str, Any]]:
    return [
        {
            "host": device.name,
            # The core switch is asked where servers meet it, as SNMP of all platforms expects.
            "target": str(network.data_centre.gateway if device.role == CORE else network.loopbacks[device.name]),
            "role": device.role,
            "platform": device.platform,
            "place": device.location_ref,
        }
        for device in network.devices
    ]


def offices(network: Network) -> list[dict[str, Any]]:
    """The router's own address in the LAN: it answers while the office's network is up."""
    register = network.register
    return [
        {
            "host": office.router.name,
            "target": str(office.gateway),
            "place": office.router.location_ref,
            "name": _name(register, office.router),
        }
        for office in network.offices
    ]


def applications(network: Network) -> list[dict[str, Any]]:
    """As people reach them: through each proxy by TLS, or at their server where there is no proxy."""
    found = []
    doors = proxies(network)
    for planned in network.servers:
        for application in network.register.applications_on(planned.server.name):
            path = application.health.path
            targets = [(door.server.name, f"https://{door.address}{path}") for door in doors] or [
                (planned.server.name, f"http://{planned.address}:{application_port(network)}{path}")
            ]
            found += [
                {
                    "application": application.code,
                    "domain": application.domain,
                    "host": planned.server.name,
                    "through": through,
                    "target": target,
                    "status": list(application.health.status),
                }
                for through, target in targets
            ]
    return found


def links(network: Network) -> list[dict[str, str]]:
    """Ports of devices that must be up, with what is at the other end."""
    there = {device.name for device in network.devices} | {planned.server.name for planned in network.servers}
    return [
        {"host": device.name, "port": port.name, "to": far}
        for device in network.devices
        for port in device.ports
        if port.use in _CABLED and (far := _far_end(port, there))
    ]


def _far_end(port: DevicePort, there: set[str]) -> str:
    """Empty where nothing is in service at the other end: that cable may rest."""
    if port.circuit is not None:
        return f"jalur {port.circuit}"
    return str(port.to) if port.to is not None and port.to.device in there else ""


def backups(network: Network) -> list[dict[str, str]]:
    """Which server must have a backup where."""
    return [
        {"host": planned.server.name, "place": place["name"]}
        for planned in network.servers
        for place in ((backup.part(planned, network, PurePath()) or {}).get("client") or {}).get("places", [])
    ]


def _name(register: Register, router: Device) -> str:
    opd = register.opd(router.opd)
    location = opd.location(router.location)
    return f"{opd.name}, {location.name}" if location is not None else opd.name


def _rack(place: Place) -> str:
    return f"{place.room}/{place.rack}"
