# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What core and border let out because a server opens it: certificates by ACME, the backup outside, applications.

Names, time and alerts have rules of their own (forwarding, monitoring_ways).
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from ..central import central_reaches
from ..network import Network
from ..reach_entry import ANYWHERE, INTERNET
from ..reaches import application_reaches
from ..zones import DATA_CENTRE, internal
from ..zones import INTERNET as OUTSIDE
from .forwarding import Candidate, Match, accept, host

_ELSEWHERE = {"dns", "telegram", "mail"}


def servers_outwards(network: Network, entering: list[str], leaving: list[str]) -> Iterator[Candidate]:
    """One rule for each thing and port, with all servers that open it."""
    sources: dict[tuple[str, str, int], list[str]] = {}
    destinations: dict[tuple[str, str, int], set[str]] = {}
    for planned in network.servers:
        central = [reach for reach in central_reaches(planned, network) if reach["name"] not in _ELSEWHERE]
        for kind, reaches in (("server", central), ("application", application_reaches(planned, network))):
            for reach in reaches:
                if outside := [to for to in reach["to"] if _is_outside(to, network)]:
                    key = (f"{kind}-{reach['name']}", reach["protocol"], reach["port"])
                    destinations.setdefault(key, set()).update(outside)
                    if (address := host(planned.address)) not in sources.setdefault(key, []):
                        sources[key].append(address)
    for (name, protocol, port), servers in sources.items():
        match: Match = {
            "in_interfaces": entering,
            "out_interfaces": leaving,
            "sources": servers,
            "protocol": protocol,
            "ports": [port],
        }
        wanted = destinations[name, protocol, port]
        if not wanted & {INTERNET, ANYWHERE}:
            match["destinations"] = sorted(wanted)
        yield accept(f"{name}-{protocol}-{port}", DATA_CENTRE, OUTSIDE, match)


def _is_outside(to: str, network: Network) -> bool:
    if to in (INTERNET, ANYWHERE):
        return True
    return not any(IPv4Network(to).subnet_of(IPv4Network(pool)) for pool in internal(network))
