# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First free number of a pool: the only rule by which anything new gets an address or a VLAN."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network

from ..register.models import VlanRange


class PoolExhaustedError(Exception):
    """The pool called ``name`` (its key in government.yml) has no free number left; ``pool`` is what it holds."""

    def __init__(self, name: str, pool: str) -> None:
        super().__init__(f"{name} {pool}")
        self.name = name
        self.pool = pool


def first_free_subnet(name: str, pool: IPv4Network, prefix_length: int, taken: Iterable[IPv4Network]) -> IPv4Network:
    """Return the lowest /``prefix_length`` of ``pool`` that overlaps nothing in ``taken``.

    Raises PoolExhaustedError. Jumps over what is taken instead of trying every subnet, so a /8 pool costs no more.
    """
    if prefix_length < pool.prefixlen:
        raise PoolExhaustedError(name, str(pool))
    size = 1 << (32 - prefix_length)
    start = int(pool.network_address)
    end = int(pool.broadcast_address)
    for low, high in sorted((int(net.network_address), int(net.broadcast_address)) for net in taken):
        if high < start:
            continue
        if start + size - 1 < low:
            break
        start = (high // size + 1) * size
    if start + size - 1 > end:
        raise PoolExhaustedError(name, str(pool))
    return IPv4Network((start, prefix_length))


def first_free_address(name: str, network: IPv4Network, taken: Iterable[IPv4Address], skip: int = 0) -> IPv4Address:
    """Return the lowest free host address of ``network`` after its first ``skip`` host addresses.

    Raises PoolExhaustedError.
    """
    used = set(taken)
    for address in _hosts(network, skip):
        if address not in used:
            return address
    raise PoolExhaustedError(name, str(network))


def _hosts(network: IPv4Network, skip: int) -> Iterator[IPv4Address]:
    first, last = int(network.network_address) + 1 + skip, int(network.broadcast_address) - 1
    return (IPv4Address(number) for number in range(first, last + 1))


def first_free_vlan(name: str, pool: VlanRange, taken: Iterable[int]) -> int:
    """Return the lowest VLAN id of ``pool`` that is not in ``taken``.

    Raises PoolExhaustedError.
    """
    used = set(taken)
    for vlan in range(pool.first, pool.last + 1):
        if vlan not in used:
            return vlan
    raise PoolExhaustedError(name, str(pool))
