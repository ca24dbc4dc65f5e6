# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The key ``ipv6`` of a device's intent: what it has in IPv6 beside what it has in IPv4.

Same interfaces, areas and rules (see `network6`); no translation. Servers and cameras stay on IPv4, so the interfaces
towards them get no address and stay shut.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv6Address, IPv6Interface, IPv6Network

from ...register.models import Device
from ..network import Network
from ..network6 import link_local
from ..services import services_of
from ..shapes import Advertisement, DualStack, ForwardRule, Interface6, Ipv6, Ospf, Route, Shaping
from ..uplinks import BEHIND_OSPF, Uplink, own_routes
from ..zones import zones
from . import common

DEFAULT_ROUTE6 = "::/0"


def dual_stack(
    device: Device,
    network: Network,
    ospf: Ospf,
    forward: Iterable[ForwardRule],
    pinged_from: Iterable[str],
    *,
    outside: Iterable[Uplink] = (),
    routes: Iterable[Route] = (),
    shaping: Iterable[Shaping] = (),
) -> DualStack:
    """The key ``ipv6``, or nothing where the government runs IPv4 only.

    ``network`` is the IPv6 one; ``ospf``, ``pinged_from`` (zones) and ``routes`` are those of IPv4, ``outside`` the
    uplinks of a border router.
    """
    prefix = str(network.register.government.address_pools.ipv6)
    lines = [uplink for uplink in outside if uplink.circuit.handoff6 is not None]
    interfaces = [*_uplinks(lines), *_links(device, network), *_edges(device, network)]
    with_ipv6 = {interface["name"] for interface in interfaces} | {common.LOOPBACK_INTERFACE}
    areas = zones(network)
    found: Ipv6 = {
        "prefix": prefix,
        "zones": areas,
        "loopback": str(network.loopbacks[device.name]),
        "interfaces": interfaces,
        "ospf": {**ospf, "interfaces": [item for item in ospf["interfaces"] if item["name"] in with_ipv6]},
        "routes": _default_routes(lines, routes),
        "shaping": list(shaping),
        "firewall": {
            "services": services_of(network, device.name),
            "icmp_echo_from": [zone for zone in pinged_from if areas.get(zone)],
            "forward": list(forward),
        },
    }
    return {"ipv6": found}


def ways_out(outside: Iterable[Uplink]) -> list[str]:
    """Interfaces of the uplinks by which IPv6 leaves."""
    return [uplink.port.name for uplink in outside if uplink.circuit.handoff6 is not None]


def _uplinks(lines: Iterable[Uplink]) -> Iterable[Interface6]:
    for uplink in lines:
        handoff = uplink.circuit.handoff6
        assert handoff is not None
        yield {"name": uplink.port.name, "use": "uplink", "addresses": [str(handoff.address)]}


def _links(device: Device, network: Network) -> Iterable[Interface6]:
    for planned in network.links_of(device):
        link, numbers = planned.link, planned.allocation
        if link.core is device:
            yield _link(planned.vlan_interface, numbers.core_address6, numbers.subnet6)
        else:
            yield _link(link.far_interface, numbers.far_address6, numbers.subnet6)
    for tunnel in network.tunnels_of(device):
        numbers = tunnel.allocation
        ours = numbers.core_address6 if device is tunnel.tunnel.border else numbers.far_address6
        found = _link(tunnel.interface(device), ours, numbers.subnet6)
        assert ours is not None
        # A tunnel has no hardware address to make one from, and OSPFv3 speaks between such addresses only.
        found["link_local"] = f"{link_local(ours)}/64"
        yield found


def _link(name: str, address: IPv6Address | None, subnet: IPv6Network | None) -> Interface6:
    assert address is not None
    assert subnet is not None
    return {"name": name, "use": "link", "addresses": [str(IPv6Interface((address, subnet.prefixlen)))]}


def _edges(device: Device, network: Network) -> Iterable[Interface6]:
    """The LAN of an OPD router and its public Wi-Fi, whose hosts make their own addresses (RFC 4862)."""
    for office in network.offices:
        if office.router is not device:
            continue
        central = all(route["distance"] >= BEHIND_OSPF for route in own_routes(device, network.register))
        places = [(office.lan_port.name, "lan", office.lan, office.gateway)]
        places += [(segment.interface, segment.use, segment.subnet, segment.gateway) for segment in office.segments]
        for name, use, subnet, gateway in places:
            advertise: Advertisement = {"prefix": str(subnet), "dns": [str(gateway)], "default": central}
            yield {
                "name": name,
                "use": use,
                "addresses": [f"{gateway}/{subnet.prefixlen}"],
                "advertise": advertise,
            }


def _default_routes(lines: Iterable[Uplink], routes: Iterable[Route]) -> list[Route]:
    """A line lives or is dead as a whole, so IPv6 goes by the verdict on IPv4: distance and track are the same."""
    of_line = {route["circuit"]: route for route in routes}
    found: list[Route] = []
    for uplink in lines:
        assert uplink.circuit.handoff6 is not None
        four = of_line[uplink.circuit.id]
        found.append(
            {
                "to": DEFAULT_ROUTE6,
                "via": str(uplink.circuit.handoff6.gateway),
                "interface": four["interface"],
                "distance": four["distance"],
                "track": four["track"],
                "circuit": four["circuit"],
            }
        )
    return found
