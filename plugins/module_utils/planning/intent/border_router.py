# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Intent of the border router: the doors to the providers, and the resolver that knows our own names."""

from __future__ import annotations

from ...register.models import Device
from ..bandwidth.supply import shaped
from ..network import Network
from ..services import services_of
from ..shapes import BorderRouterIntent, DualStack, Ospf, Route, Shaping
from ..uplinks import FIRST_DISTANCE, Uplink, default_routes, resolvers, translations, uplinks
from ..zones import DATA_CENTRE, LOOPBACK, MANAGEMENT, OFFICES, PUBLIC_WIFI, TRANSIT, zones
from . import common, forwarding, monitoring_ways, tunnels
from .bgp import bgp
from .dns import records
from .dual_stack import dual_stack, ways_out
from .link_interfaces import link_interfaces
from .servers_outwards import servers_outwards
from .shaping import downloads, tunnel_downloads


def border_router(device: Device, network: Network) -> BorderRouterIntent:
    """Raises ValueError for a device without uplink (such a device has obstacles and is not planned)."""
    government = network.register.government
    outside = uplinks(device, network.register)
    if not outside:
        raise ValueError(f"{device.name} has no uplink")
    first, *spare = outside
    areas = zones(network)
    loopback = str(network.loopbacks[device.name])
    via = resolvers(outside)
    links = link_interfaces(device, network)
    through = tunnels.interfaces(device, network)
    cabled = [link["name"] for link in links]
    tunnelled = [tunnel["name"] for tunnel in through]
    inside = [*cabled, *tunnelled]
    leaving = [uplink.port.name for uplink in outside]
    browsing = [*areas[OFFICES], *areas.get(PUBLIC_WIFI, [])]
    behind_nat = [*areas[DATA_CENTRE], *browsing, *areas[TRANSIT], *areas[LOOPBACK]]
    ospf = common.ospf(device, network, adjacent=inside, passive=[])
    routes = default_routes(outside, FIRST_DISTANCE, tracked=bool(spare or first.circuit.track))
    pinged_from = [MANAGEMENT, DATA_CENTRE, TRANSIT, LOOPBACK]
    return {
        "hostname": device.name,
        "domain": government.domain,
        "zones": areas,
        "management": common.management(device, network),
        "loopback": loopback,
        "interfaces": [*(uplink.interface() for uplink in outside), *links, *through],
        "ospf": ospf,
        "tunnels": tunnels.ends(device, network),
        "routes": routes,
        **bgp(device, network, outside),
        "nat": translations(outside, behind_nat, government),
        "dns": {
            "listen": [loopback],
            "interfaces": [common.LOOPBACK_INTERFACE, *inside],
            "clients": [*areas[DATA_CENTRE], *areas[TRANSIT], *areas[LOOPBACK]],
            "forwarders": list(via),
            "via": via if spare else {},
            "local_domain": government.domain,
            "records": records(network),
        },
        "shaping": _shaping(device, network, cabled, first),
        "backup_shaping": [
            {
                "circuit": uplink.circuit.id,
                "shaping": _shaping(device, network, cabled, uplink),
            }
            for uplink in spare
        ],
        "firewall": {
            "services": services_of(network, device.name),
            "icmp_echo_from": pinged_from,
            "forward": [
                *forwarding.of_border(network, cabled, tunnelled, leaving),
                *forwarding.possible(monitoring_ways.alerts(network, cabled, leaving)),
                *forwarding.possible(servers_outwards(network, cabled, leaving)),
            ],
        },
        "log": common.log(network),
        **common.snmp(device, network),
        "time": common.time(network),
        **_ipv6(device, network.six, cabled, tunnelled, outside, ospf, routes, pinged_from),
    }


def _ipv6(
    device: Device,
    network: Network | None,
    cabled: list[str],
    tunnelled: list[str],
    outside: list[Uplink],
    ospf: Ospf,
    routes: list[Route],
    pinged_from: list[str],
) -> DualStack:
    if network is None:
        return {}
    return dual_stack(
        device,
        network,
        ospf,
        forwarding.of_border(network, cabled, tunnelled, ways_out(outside)),
        pinged_from,
        outside=outside,
        routes=routes,
        shaping=_shaping(device, network, cabled, outside[0]),
    )


def _shaping(device: Device, network: Network, cabled: list[str], line: Uplink) -> list[Shaping]:
    """Of everything that leads inside, while ``line`` carries."""
    carried = shaped(line.circuit.capacity.usable, network.register)
    return [
        *(downloads(network, name, carried) for name in cabled),
        *(tunnel_downloads(network, planned, carried) for planned in network.tunnels_of(device)),
    ]
