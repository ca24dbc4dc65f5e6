# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Intent of the border router: the door to the provider, and the resolver that knows our own names."""

from __future__ import annotations

from ...register.models import Device
from ..network import Network
from ..services import services_of
from ..shapes import BorderRouterIntent, Interface
from ..uplinks import main_uplink
from ..zones import DATA_CENTRE, LOOPBACK, MANAGEMENT, OFFICES, TRANSIT, zones
from . import common, forwarding
from .dns import records
from .shaping import downloads


def border_router(device: Device, network: Network) -> BorderRouterIntent:
    """Raises ValueError for a device without uplink (such a device has obstacles and is not planned)."""
    government = network.register.government
    uplink = main_uplink(device, network.register)
    if uplink is None:
        raise ValueError(f"{device.name} has no uplink")
    areas = zones(network)
    loopback = str(network.loopbacks[device.name])
    outside: Interface = {
        "name": uplink.port.name,
        "use": "uplink",
        "description": f"{uplink.circuit.id} {uplink.circuit.provider}",
        "addresses": [str(uplink.handoff.address)],
    }
    links = [
        common.interface(
            planned.link.far_port.name,
            "link",
            f"{planned.link.core.name}:{planned.link.core_port.name}",
            planned.allocation.far_address,
            planned.allocation.subnet,
        )
        for planned in network.links_of(device)
    ]
    inside = [link["name"] for link in links]
    behind_nat = [*areas[DATA_CENTRE], *areas[OFFICES], *areas[TRANSIT], *areas[LOOPBACK]]
    return {
        "hostname": device.name,
        "domain": government.domain,
        "zones": areas,
        "management": common.management(device, network),
        "loopback": loopback,
        "interfaces": [outside, *links],
        "ospf": common.ospf(device, network, adjacent=inside, passive=[]),
        "routes": [{"to": "0.0.0.0/0", "via": str(uplink.handoff.gateway), "interface": uplink.port.name}],
        "nat": {"interface": uplink.port.name, "address": str(uplink.handoff.address.ip), "sources": behind_nat},
        "dns": {
            "listen": [loopback],
            "interfaces": [common.LOOPBACK_INTERFACE, *inside],
            "clients": [*areas[DATA_CENTRE], *areas[TRANSIT], *areas[LOOPBACK]],
            "forwarders": [str(server) for server in uplink.handoff.dns],
            "local_domain": government.domain,
            "records": records(network),
        },
        "shaping": [downloads(network, name, uplink.circuit.capacity.usable) for name in inside],
        "firewall": {
            "services": services_of(network, device.name),
            "icmp_echo_from": [MANAGEMENT, DATA_CENTRE, TRANSIT, LOOPBACK],
            "forward": forwarding.of_border(network, inside, uplink.port.name),
        },
        "time": common.time(network),
    }
