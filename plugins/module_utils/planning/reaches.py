# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a server may open towards others: the service list seen from the other side, and what lies outside of it."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from .central import central_reaches
from .intent import common
from .links import CORE
from .network import Network, PlannedServer
from .own_time import NTP_PORT
from .reach_entry import INTERNET, reach_entry
from .services import services
from .shapes import Reach, Service
from .zones import CCTV, MANAGEMENT, zones

HTTPS_PORT = 443
ANY_PORT = 0


def reaches(planned: PlannedServer, network: Network) -> list[Reach]:
    """Each (protocol, port) of one name once, with all addresses that are meant."""
    found: dict[tuple[str, str, int, bool], Reach] = {}
    for entry in _all(planned, network):
        key = (entry["name"], entry["protocol"], entry["port"], "by" in entry)
        if key not in found:
            found[key] = entry
        else:
            found[key]["to"] = sorted({*found[key]["to"], *entry["to"]})
    return list(found.values())


def _all(planned: PlannedServer, network: Network) -> Iterator[Reach]:
    for service in services(network):
        if service["host"] != planned.server.name:
            yield from _offered(service, planned, network)
    time = common.server_time(planned, network)
    yield reach_entry("ntp", [*time["servers"], *time.get("peers", [])], "udp", NTP_PORT)
    yield from central_reaches(planned, network)
    if planned.address in network.register.government.cctv_recorders and (cameras := zones(network).get(CCTV)):
        # The recorder fetches the pictures, at whatever port the maker of the camera chose.
        yield from (reach_entry("cameras", cameras, protocol, ANY_PORT) for protocol in ("tcp", "udp"))
    yield from application_reaches(planned, network)


def application_reaches(planned: PlannedServer, network: Network) -> Iterator[Reach]:
    """What the applications of a server call, as the register says."""
    for application in network.register.applications_on(planned.server.name):
        for outgoing in application.reaches:
            yield reach_entry(application.code, [outgoing.to], outgoing.protocol, outgoing.port)
        if application.runtime == "oci":
            # Where images lie is known by a name only.
            yield reach_entry("image-registry", [INTERNET], "tcp", HTTPS_PORT)


def _offered(service: Service, planned: PlannedServer, network: Network) -> Iterator[Reach]:
    """By the data side to the host's address there, by the management side to its management address."""
    inside = [zone for zone in service["from"] if zone != MANAGEMENT]
    if _covers(service, inside, str(planned.address), network):
        yield reach_entry(service["name"], _addresses(network)[service["host"]], service["protocol"], service["port"])
    if MANAGEMENT in service["from"] and _covers(
        service, [MANAGEMENT], str(planned.server.management_address), network
    ):
        address = network.register.node(service["host"]).management_address
        entry = reach_entry(service["name"], [address], service["protocol"], service["port"])
        yield {**entry, "by": MANAGEMENT}


def _covers(service: Service, names: list[str], address: str, network: Network) -> bool:
    areas = zones(network)
    one = ip_address(address)
    in_zone = any(one in ip_network(subnet) for zone in names for subnet in areas.get(zone, []))
    sources = service.get("sources")
    return in_zone and (not sources or any(one in ip_network(source) for source in sources))


def _addresses(network: Network) -> dict[str, list[str]]:
    """Where servers find a host: devices at their loopback, the core by its door to the data centre too."""
    found = {
        device.name: [
            str(network.loopbacks[device.name]),
            *([str(network.data_centre.gateway)] if device.role == CORE else []),
        ]
        for device in network.devices
    }
    return found | {planned.server.name: [str(planned.address)] for planned in network.servers}
