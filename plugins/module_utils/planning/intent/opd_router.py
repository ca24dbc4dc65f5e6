# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Intent of an OPD router: the LAN of one office and what stands beside it, its ways out."""

from __future__ import annotations

from ...register.models import Device
from ..network import Network, Office
from ..services import services_of
from ..shapes import Interface, OpdRouterIntent
from ..uplinks import lines, own_routes, resolvers, translations
from ..zones import LOOPBACK, MANAGEMENT, OFFICES, PUBLIC_WIFI, TRANSIT, zones
from . import common, forwarding, office_forwarding, tunnels
from .dhcp import dhcp
from .link_interfaces import link_interfaces
from .shaping import uploads


def opd_router(device: Device, network: Network) -> OpdRouterIntent:
    government = network.register.government
    office = network.office_of(device)
    own = lines(device, network.register)
    links = link_interfaces(device, network)
    links += tunnels.interfaces(device, network)
    lan = common.interface(office.lan_port.name, "lan", f"LAN {device.location_ref}", office.gateway, office.lan)
    segments = _segments(office)
    outwards = [link["name"] for link in links]
    wifi = office.segment("public_wifi")
    browsing = [str(office.lan), *([str(wifi.subnet)] if wifi else [])]
    via = resolvers(own)
    return {
        "hostname": device.name,
        "domain": government.domain,
        "zones": zones(network),
        "management": common.management(device, network),
        "loopback": str(network.loopbacks[device.name]),
        "interfaces": [*(line.interface() for line in own), *links, lan, *segments],
        "ospf": common.ospf(
            device,
            network,
            adjacent=outwards,
            passive=[lan["name"], *(segment["name"] for segment in segments)],
        ),
        "tunnels": tunnels.ends(device, network),
        "routes": own_routes(device, network.register),
        "nat": translations(own, browsing, network.register.government),
        "dhcp": dhcp(office, government.domain),
        "dns": {
            "listen": [str(office.gateway), *([str(wifi.gateway)] if wifi else [])],
            "interfaces": [lan["name"], *([wifi.interface] if wifi else [])],
            "clients": browsing,
            "forwarders": [*common.border_loopbacks(network), *via],
            "via": via,
            "local_domain": government.domain,
            "records": [],
        },
        "shaping": [found for name in outwards if (found := uploads(network, office, name)) is not None],
        "firewall": {
            "services": services_of(network, device.name),
            "icmp_echo_from": [MANAGEMENT, OFFICES, TRANSIT, LOOPBACK, *([PUBLIC_WIFI] if wifi else [])],
            "forward": forwarding.possible(
                office_forwarding.of_opd_router(network, office, outwards, [line.port.name for line in own])
            ),
        },
        "log": common.log(network),
        **common.snmp(device, network),
        "time": common.time(network),
    }


def _segments(office: Office) -> list[Interface]:
    """The VLANs beside the LAN, which itself stays untagged on the port."""
    found: list[Interface] = []
    for segment in office.segments:
        interface = common.interface(
            segment.interface,
            segment.use,
            f"{segment.use} {office.router.location_ref}",
            segment.gateway,
            segment.subnet,
        )
        interface["parent"], interface["vlan"] = office.lan_port.name, segment.vlan
        found.append(interface)
    return found
