# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Intent of an OPD router: the LAN of one office and what stands beside it, its ways out."""

from __future__ import annotations

from ...register.models import Device
from ..network import Network, Office
from ..services import services_of
from ..shapes import DualStack, Interface, OpdRouterIntent, Ospf, Shaping
from ..uplinks import lines, own_routes, resolvers, translations
from ..zones import DATA_CENTRE, LOOPBACK, MANAGEMENT, OFFICES, PUBLIC_WIFI, TRANSIT, zones
from . import common, forwarding, office_forwarding, tunnels
from .dhcp import dhcp
from .dual_stack import dual_stack
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
    ospf = common.ospf(
        device,
        network,
        adjacent=outwards,
        passive=[lan["name"], *(segment["name"] for segment in segments)],
    )
    pinged_from = [MANAGEMENT, OFFICES, TRANSIT, LOOPBACK, *([PUBLIC_WIFI] if wifi else [])]
    if government.monitoring is not None:
        pinged_from.append(DATA_CENTRE)
    return {
        "hostname": device.name,
        "domain": government.domain,
        "zones": zones(network),
        "management": common.management(device, network),
        "loopback": str(network.loopbacks[device.name]),
        "interfaces": [*(line.interface() for line in own), *links, lan, *segments],
        "ospf": ospf,
        "tunnels": tunnels.ends(device, network),
        "routes": own_routes(device, network.register),
        "nat": translations(own, browsing, network.register.government),
        "dhcp": dhcp(office, government.domain, common.own_time(network)),
        "dns": {
            "listen": [str(office.gateway), *([str(wifi.gateway)] if wifi else [])],
            "interfaces": [lan["name"], *([wifi.interface] if wifi else [])],
            "clients": browsing,
            # Never the borders beside ours: they would answer what ours filter.
            "forwarders": [*(common.own_resolvers(network) or common.border_loopbacks(network)), *via],
            "via": via,
            "local_domain": government.domain,
            "records": [],
        },
        "shaping": _shaping(network, office, outwards),
        "firewall": {
            "services": services_of(network, device.name),
            "icmp_echo_from": pinged_from,
            "forward": forwarding.possible(
                office_forwarding.of_opd_router(network, office, outwards, [line.port.name for line in own])
            ),
        },
        "log": common.log(network),
        **common.snmp(device, network),
        "time": common.time(network),
        **_ipv6(device, network.six, outwards, ospf, pinged_from),
    }


def _ipv6(
    device: Device, network: Network | None, outwards: list[str], ospf: Ospf, pinged_from: list[str]
) -> DualStack:
    """An office's own line is not ours to route our prefix by: IPv6 knows the government's network only."""
    if network is None:
        return {}
    office = network.office_of(device)
    forward = forwarding.possible(office_forwarding.of_opd_router(network, office, outwards, []))
    return dual_stack(device, network, ospf, forward, pinged_from, shaping=_shaping(network, office, outwards))


def _shaping(network: Network, office: Office, outwards: list[str]) -> list[Shaping]:
    return [found for name in outwards if (found := uploads(network, office, name)) is not None]


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
