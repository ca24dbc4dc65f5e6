# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Intent of the core switch: one VLAN for each link, one for the servers, and routing between them.

A port whose other end is not in service (or has no numbers yet) is left out: it belongs to no VLAN and carries nothing,
while its VLAN and subnet stay reserved in the lock file.
"""

from __future__ import annotations

from ...register.models import Device
from ..links import BORDER, OPD
from ..network import Network, PlannedLink
from ..services import services_of
from ..shapes import CoreSwitchIntent, DualStack, Interface, Ospf, Vlan
from ..zones import DATA_CENTRE, LOOPBACK, MANAGEMENT, TRANSIT, zones
from . import common, forwarding, monitoring_ways
from .dual_stack import dual_stack
from .servers_outwards import servers_outwards
from .switch_ports import switch_ports
from .watching import watching

BRIDGE = "br0"
#: The middle of the network is the root of its spanning tree: below the 32768 that every switch has from the factory.
ROOT_PRIORITY = 4096


def core_switch(device: Device, network: Network) -> CoreSwitchIntent:
    links = network.links_of(device)
    data_centre = network.data_centre
    servers_vlan: Vlan = {"id": data_centre.vlan, "name": "data_centre", "interface": f"vlan{data_centre.vlan}"}
    servers_interface = common.interface(
        servers_vlan["interface"], "data_centre", "server pusat data", data_centre.gateway, data_centre.subnet
    )
    towards = {
        role: [planned.vlan_interface for planned in links if planned.link.far.role == role] for role in (BORDER, OPD)
    }
    # Offices behind a tunnel come by the border router.
    tunnelled = towards[BORDER] if network.tunnels else []
    ospf = common.ospf(
        device,
        network,
        adjacent=[planned.vlan_interface for planned in links],
        passive=[servers_interface["name"]],
    )
    pinged_from = [MANAGEMENT, DATA_CENTRE, TRANSIT, LOOPBACK]
    return {
        "hostname": device.name,
        "domain": network.register.government.domain,
        "zones": zones(network),
        "management": common.management(device, network),
        "loopback": str(network.loopbacks[device.name]),
        "switch": {"bridge": BRIDGE, "priority": ROOT_PRIORITY, "ports": switch_ports(device, network)},
        "vlans": sorted([servers_vlan, *_vlans(links)], key=lambda vlan: vlan["id"]),
        "interfaces": [*(_interface(planned) for planned in links), servers_interface],
        "ospf": ospf,
        "firewall": {
            "services": services_of(network, device.name),
            "icmp_echo_from": pinged_from,
            "forward": [
                *forwarding.of_core(network, towards[BORDER], towards[OPD], servers_interface["name"], tunnelled),
                *forwarding.possible(watching(network, servers_interface["name"])),
                *forwarding.possible(monitoring_ways.pings(network, servers_interface["name"])),
                *forwarding.possible(monitoring_ways.alerts(network, [servers_interface["name"]], towards[BORDER])),
                *forwarding.possible(servers_outwards(network, [servers_interface["name"]], towards[BORDER])),
            ],
        },
        "log": common.log(network),
        **common.snmp(device, network),
        "time": common.time(network),
        **_ipv6(device, network.six, towards, servers_interface["name"], tunnelled, ospf, pinged_from),
    }


def _ipv6(
    device: Device,
    network: Network | None,
    towards: dict[str, list[str]],
    data_centre: str,
    tunnelled: list[str],
    ospf: Ospf,
    pinged_from: list[str],
) -> DualStack:
    if network is None:
        return {}
    forward = forwarding.of_core(network, towards[BORDER], towards[OPD], data_centre, tunnelled)
    return dual_stack(device, network, ospf, forward, pinged_from)


def _interface(planned: PlannedLink) -> Interface:
    return common.interface(
        planned.vlan_interface, "link", planned.link.key, planned.allocation.core_address, planned.allocation.subnet
    )


def _vlans(links: list[PlannedLink]) -> list[Vlan]:
    """Named after the place they lead to; a second link to the same place adds its port, as names must be unique."""
    found: list[Vlan] = []
    for planned in links:
        far = planned.link.far
        name = f"{far.opd}-{far.location}" if far.role == OPD else far.name
        if any(vlan["name"] == name for vlan in found):
            name = f"{name}-{planned.link.far_interface}"
        found.append({"id": planned.allocation.vlan, "name": name, "interface": planned.vlan_interface})
    return found
