# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Address leases for the PCs of an office."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from ..network import Office
from ..shapes import Dhcp

LEASE_SECONDS = 3600


def dhcp(office: Office, domain: str) -> Dhcp:
    first, last = lease_range(office.lan)
    return {
        "interface": office.lan_port.name,
        "subnet": str(office.lan),
        "first": str(first),
        "last": str(last),
        "gateway": str(office.gateway),
        "dns": [str(office.gateway)],
        "domain": domain,
        "lease_seconds": LEASE_SECONDS,
    }


def lease_range(lan: IPv4Network) -> tuple[IPv4Address, IPv4Address]:
    """First and last address that is leased. Below and above stay free for printers and other fixed addresses.

    A /24 leases .100 to .249; a smaller LAN in proportion, a larger one from .100 of its first /24 to 6 before its end.
    """
    below = min(100, max(2, lan.num_addresses * 100 // 256))
    above = min(6, max(1, lan.num_addresses * 6 // 256))
    return lan.network_address + below, lan.broadcast_address - above
