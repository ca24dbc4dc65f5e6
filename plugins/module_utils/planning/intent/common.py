# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of an intent that every kind of host has."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from ...register.models import Device, Server
from ..central.logging import log_servers
from ..links import BORDER
from ..network import Network, PlannedServer
from ..own_dns import dns_servers
from ..own_time import TIME_CLIENTS, time_servers
from ..shapes import Interface, Log, Management, Monitored, Ospf, OspfInterface, Time
from ..zones import zones

#: Names of secrets in the vault (`terpusat_secrets`).
OSPF_KEY = "ospf_key"
SNMP_AUTH, SNMP_PRIV = "snmp_auth", "snmp_priv"
LOOPBACK_INTERFACE = "lo"


def management(host: Device | Server, network: Network) -> Management:
    """Raises StopIteration for a host without management port (such a host has obstacles and is not planned)."""
    return {
        "interface": next(port.name for port in host.ports if port.use == "management"),
        "address": str(host.management_address),
        "sources": [str(source) for source in network.register.government.management_sources],
    }


def time(network: Network) -> Time:
    """Of everybody but our own time servers: these where there are some, else those outside."""
    return {"servers": own_time(network) or _outside_time(network)}


def own_time(network: Network) -> list[str]:
    """Addresses of our own time servers."""
    return [str(planned.address) for planned in time_servers(network)]


def server_time(planned: PlannedServer, network: Network) -> Time:
    """Our own time servers follow those outside and each other, and serve the network."""
    own = [other.address for other in time_servers(network)]
    if planned.address not in own:
        return time(network)
    areas = zones(network)
    return {
        "servers": _outside_time(network),
        "peers": [str(address) for address in own if address != planned.address],
        "clients": [subnet for zone in TIME_CLIENTS for subnet in areas[zone]],
    }


def _outside_time(network: Network) -> list[str]:
    return [str(server) for server in network.register.government.time_servers]


def border_loopbacks(network: Network) -> list[str]:
    """Where the resolvers of the border routers listen."""
    return [str(network.loopbacks[border.name]) for border in network.borders]


def own_resolvers(network: Network) -> list[str]:
    """Our filtering resolvers, which the offices ask; none where the government has no DNS of its own."""
    return [str(planned.address) for planned in dns_servers(network)]


def server_resolvers(planned: PlannedServer, network: Network) -> list[str]:
    """Of a server: our own resolvers, itself first where it is one, and the borders in case that none of them answers.

    The C library looks at three at most.
    """
    own = own_resolvers(network)
    return sorted(own, key=lambda address: address != str(planned.address)) + border_loopbacks(network)


def interface(name: str, use: str, description: str, address: IPv4Address, subnet: IPv4Network) -> Interface:
    return {
        "name": name,
        "use": use,
        "description": description,
        "addresses": [f"{address}/{subnet.prefixlen}"],
    }


def ospf(device: Device, network: Network, adjacent: list[str], passive: list[str]) -> Ospf:
    """``adjacent``: interfaces with one neighbour each; ``passive``: interfaces whose subnet is only announced."""
    own = str(network.areas[device.name])
    areas = _areas_of_links(device, network)
    interfaces: list[OspfInterface] = [
        {"name": name, "area": areas.get(name, own), "passive": False, "network": "point-to-point"} for name in adjacent
    ]
    interfaces += [{"name": name, "area": own, "passive": True} for name in [*passive, LOOPBACK_INTERFACE]]
    return {
        "router_id": str(network.loopbacks[device.name]),
        "key": OSPF_KEY if network.register.government.ospf_authentication else None,
        "interfaces": interfaces,
        "default_originate": device.role == BORDER,
    }


def _areas_of_links(device: Device, network: Network) -> dict[str, str]:
    """Our interface -> the area of the link behind it; both ends read it from the link's own numbers."""
    return {
        planned.vlan_interface if planned.link.core is device else planned.link.far_interface: str(
            planned.allocation.area
        )
        for planned in network.links_of(device)
    } | {planned.interface(device): str(planned.allocation.area) for planned in network.tunnels_of(device)}


def log(network: Network) -> Log:
    return {"servers": [str(server) for server in log_servers(network)]}


def snmp(device: Device, network: Network) -> Monitored:
    """The key ``snmp``, or nothing where the government does not monitor by SNMP."""
    wanted = network.register.government.snmp
    if wanted is None:
        return {}
    return {
        "snmp": {
            "user": wanted.user,
            "auth": SNMP_AUTH,
            "priv": SNMP_PRIV,
            "sources": [str(source) for source in wanted.sources],
            "location": device.location_ref,
        }
    }
