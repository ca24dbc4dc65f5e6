# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DNS servers of our own: which servers they are, whom they ask, and who may ask them."""

from __future__ import annotations

from .network import Network, PlannedServer
from .uplinks import resolvers, uplinks
from .zones import DATA_CENTRE, LOOPBACK, OFFICES, TRANSIT

DNS_PORT = 53
#: Zones for which they resolve everything. Visitors ask the router of their office.
DNS_CLIENTS = (DATA_CENTRE, OFFICES, TRANSIT, LOOPBACK)


def dns_servers(network: Network) -> list[PlannedServer]:
    """The primary first; none where the government has no DNS of its own."""
    dns = network.register.government.dns
    return network.servers_named(dns.servers) if dns is not None else []


def outside_resolvers(network: Network) -> list[str]:
    """Those of the providers, the preferred line's first."""
    found = [address for border in network.borders for address in resolvers(uplinks(border, network.register))]
    return list(dict.fromkeys(found))
