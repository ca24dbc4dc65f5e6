# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Address leases of an office: PCs in the LAN, cameras and visitors in their segments."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from ..leases import LeaseRange, default_range
from ..network import Office
from ..shapes import Dhcp

LEASE_SECONDS = 3600


def dhcp(office: Office, domain: str, time_servers: list[str]) -> list[Dhcp]:
    """The LAN first. Cameras get no resolver: they reach nothing but the recorder."""
    found = [_dhcp(office.lan_port.name, office.lan, office.leases, office.gateway, [str(office.gateway)], domain)]
    if time_servers:
        found[0]["ntp"] = time_servers
    for segment in office.segments:
        resolvers = [str(segment.gateway)] if segment.use == "public_wifi" else []
        leases = default_range(segment.subnet)
        found.append(_dhcp(segment.interface, segment.subnet, leases, segment.gateway, resolvers, domain))
    return found


def _dhcp(
    interface: str, subnet: IPv4Network, leases: LeaseRange, gateway: IPv4Address, dns: list[str], domain: str
) -> Dhcp:
    return {
        "interface": interface,
        "subnet": str(subnet),
        "first": str(leases.first),
        "last": str(leases.last),
        "gateway": str(gateway),
        "dns": dns,
        "domain": domain,
        "lease_seconds": LEASE_SECONDS,
    }
