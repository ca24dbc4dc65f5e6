# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold between the IPv6 numbers of the lock file, and between them and the government's prefix."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv6Network

from ..register.document import KeyPath
from ..register.models import Government
from ..register.problem import Problem
from .allocations import Allocations
from .ipv6_parts import LAN_PREFIX, LINK_PREFIX, POOL
from .lock_flag import Flag


def check_rules6(allocations: Allocations, government: Government, flag: Flag) -> Iterator[Problem]:
    """Nothing is said when the government has no prefix: its IPv6 numbers then only wait for one."""
    prefix = government.address_pools.ipv6
    if prefix is None:
        return
    subnets = dict(_subnets(allocations))
    for path, subnet in subnets.items():
        length = LINK_PREFIX if path[0] == "links" else LAN_PREFIX
        if not subnet.subnet_of(prefix):
            yield flag.outside(path, subnet, POOL, prefix)
        if subnet.prefixlen != length:
            reason = "dua alamat, satu di tiap ujung (RFC 6164)" if path[0] == "links" else "satu jaringan kantor"
            yield flag(path, f"{subnet} bukan /{length}.", f"Tulis /{length}: {reason}.")
    yield from flag.overlapping(subnets)
    for section, numbers in (("loopbacks6", allocations.loopbacks6), ("servers6", allocations.servers6)):
        for key, address in numbers.items():
            if address not in prefix:
                yield flag.outside((section, key), address, POOL, prefix)
        yield from flag.repeated(section, numbers)
    centre = allocations.data_centre
    if centre is not None and centre.subnet6 is not None:
        if centre.gateway6 is not None and centre.gateway6 not in centre.subnet6:
            yield flag.outside(("data_centre", "gateway6"), centre.gateway6, "data_centre.subnet6", centre.subnet6)
        for key, address in allocations.servers6.items():
            if address not in centre.subnet6:
                yield flag.outside(("servers6", key), address, "data_centre.subnet6", centre.subnet6)
            elif address == centre.gateway6:
                yield flag.twice(("servers6", key), address, "data_centre.gateway6")


def _subnets(allocations: Allocations) -> Iterator[tuple[KeyPath, IPv6Network]]:
    if allocations.data_centre is not None and allocations.data_centre.subnet6 is not None:
        yield ("data_centre", "subnet6"), allocations.data_centre.subnet6
    for key, item in allocations.locations.items():
        if item.lan6 is not None:
            yield ("locations", key, "lan6"), item.lan6
        for name, subnet in item.segments6.items():
            yield ("locations", key, "segments6", name), subnet
    for key, link in allocations.links.items():
        if link.subnet6 is not None:
            yield ("links", key, "subnet6"), link.subnet6
