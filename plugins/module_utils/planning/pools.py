# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First free number of a pool: the only rule by which anything new gets an address, a subnet or a VLAN.

A pool remembers what it gave out, so that thousands of numbers are planned in one go.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Network

from ..register.models import VlanRange
from .space import Space


class PoolExhaustedError(Exception):
    """The pool called ``name`` (its key in government.yml) has no free number left; ``pool`` is what it holds."""

    def __init__(self, name: str, pool: str) -> None:
        super().__init__(f"{name} {pool}")
        self.name = name
        self.pool = pool


class SubnetPool[N: (IPv4Network, IPv6Network)]:
    """Subnets of ``pool``. ``name`` is its key in government.yml; ``taken`` may lie outside."""

    def __init__(self, name: str, pool: N, taken: Iterable[N] = ()) -> None:
        self.name = name
        self.pool: N = pool
        self._space = Space(int(pool.network_address), int(pool.broadcast_address))
        for subnet in taken:
            self.take(subnet)

    def take(self, subnet: N) -> None:
        self._space.take(int(subnet.network_address), int(subnet.broadcast_address))

    def has(self, subnet: N) -> bool:
        """Whether ``subnet`` lies in the pool and nothing of it is taken."""
        return self._space.is_free(int(subnet.network_address), int(subnet.broadcast_address))

    def lowest(self, prefix_length: int) -> N | None:
        """The lowest free /``prefix_length``; it is not taken yet."""
        return self._subnet(self._space.lowest(1 << (self.pool.max_prefixlen - prefix_length)), prefix_length)

    def highest(self, prefix_length: int) -> N | None:
        """The highest free /``prefix_length``; it is not taken yet."""
        return self._subnet(self._space.highest(1 << (self.pool.max_prefixlen - prefix_length)), prefix_length)

    def give(self, prefix_length: int) -> N:
        """Take the lowest free /``prefix_length``. Raises PoolExhaustedError."""
        found = self.lowest(prefix_length)
        if found is None:
            raise self.dry()
        self.take(found)
        return found

    def dry(self) -> PoolExhaustedError:
        return PoolExhaustedError(self.name, str(self.pool))

    def _subnet(self, start: int | None, prefix_length: int) -> N | None:
        return None if start is None else type(self.pool)((start, prefix_length))


class AddressPool:
    """Host addresses of ``network`` after its first ``skip`` ones."""

    def __init__(self, name: str, network: IPv4Network, taken: Iterable[IPv4Address], skip: int = 0) -> None:
        self.name = name
        self.network = network
        self._space = Space(int(network.network_address) + 1 + skip, int(network.broadcast_address) - 1)
        for address in taken:
            self._space.take(int(address), int(address))

    def give(self) -> IPv4Address:
        """Take the lowest free address. Raises PoolExhaustedError."""
        found = self._space.lowest(1)
        if found is None:
            raise PoolExhaustedError(self.name, str(self.network))
        self._space.take(found, found)
        return IPv4Address(found)


class VlanPool:
    """VLAN ids of a range."""

    def __init__(self, name: str, vlans: VlanRange, taken: Iterable[int]) -> None:
        self.name = name
        self.vlans = vlans
        self._space = Space(vlans.first, vlans.last)
        for vlan in taken:
            self._space.take(vlan, vlan)

    def give(self) -> int:
        """Take the lowest free VLAN id. Raises PoolExhaustedError."""
        found = self._space.lowest(1)
        if found is None:
            raise PoolExhaustedError(self.name, str(self.vlans))
        self._space.take(found, found)
        return found
