# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Intent of an OPD router: the LAN of one office and its line to the core switch."""

from __future__ import annotations

from ...register.models import Device
from ..network import Network
from ..services import services_of
from ..shapes import OpdRouterIntent
from ..zones import LOOPBACK, MANAGEMENT, OFFICES, TRANSIT, zones
from . import common, forwarding
from .dhcp import dhcp
from .shaping import uploads


def opd_router(device: Device, network: Network) -> OpdRouterIntent:
    government = network.register.government
    office = network.office_of(device)
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
    lan = common.interface(office.lan_port.name, "lan", f"LAN {device.location_ref}", office.gateway, office.lan)
    outwards = [link["name"] for link in links]
    return {
        "hostname": device.name,
        "domain": government.domain,
        "zones": zones(network),
        "management": common.management(device, network),
        "loopback": str(network.loopbacks[device.name]),
        "interfaces": [*links, lan],
        "ospf": common.ospf(device, network, adjacent=outwards, passive=[lan["name"]]),
        "dhcp": [dhcp(office, government.domain)],
        "dns": {
            "listen": [str(office.gateway)],
            "interfaces": [lan["name"]],
            "clients": [str(office.lan)],
            "forwarders": common.border_loopbacks(network),
            "local_domain": government.domain,
            "records": [],
        },
        "shaping": [found for name in outwards if (found := uploads(network, office, name)) is not None],
        "firewall": {
            "services": services_of(network, device.name),
            "icmp_echo_from": [MANAGEMENT, OFFICES, TRANSIT, LOOPBACK],
            "forward": forwarding.of_opd_router(network, office, outwards),
        },
        "time": common.time(network),
    }
