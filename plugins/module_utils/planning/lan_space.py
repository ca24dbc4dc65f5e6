# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a new LAN goes: in front of room to grow, so that it can become larger without moving."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network

from .pools import PoolExhaustedError, SubnetPool

POOL = "address_pools.office_lan"


class LanSpace:
    """LANs from the bottom of the pool up, segments from its top down.

    Room kept free for one LAN is given to another one only when nothing else is left. What offices use on their own
    (``foreign``) is never given out, since both networks live side by side while an office moves.
    """

    def __init__(self, pool: IPv4Network, taken: Iterable[IPv4Network], foreign: Iterable[IPv4Network]) -> None:
        gone = [*taken, *foreign]
        self._taken = SubnetPool(POOL, pool, gone)
        self._kept = SubnetPool(POOL, pool, gone)

    def keep_room(self, lan: IPv4Network, prefix_length: int) -> None:
        """Keep the /``prefix_length`` free that begins with ``lan``, or as much of it as can begin there."""
        while prefix_length < lan.prefixlen:
            block = lan.supernet(new_prefix=prefix_length)
            if block.network_address == lan.network_address:
                self._kept.take(block)
                return
            prefix_length += 1

    def lan(self, prefix_length: int, room: int) -> tuple[IPv4Network, bool]:
        """A new LAN with room for it to become a /``room``; the flag tells whether that room is there.

        Raises PoolExhaustedError.
        """
        pool = self._kept.pool
        for wanted in range(max(room, pool.prefixlen), prefix_length):
            block = self._kept.lowest(wanted)
            if block is not None:
                lan = IPv4Network((block.network_address, prefix_length))
                self._taken.take(lan)
                self._kept.take(block)
                return lan, wanted == room
        found = self._kept.lowest(prefix_length) or self._taken.lowest(prefix_length)
        return self._give(found), room >= prefix_length

    def segment(self, prefix_length: int) -> IPv4Network:
        """A network beside a LAN; it keeps its size, so no room is kept for it. Raises PoolExhaustedError."""
        return self._give(self._kept.highest(prefix_length) or self._taken.highest(prefix_length))

    def grown(self, lan: IPv4Network, prefix_length: int) -> IPv4Network | None:
        """``lan`` made as large as can be in its place, /``prefix_length`` at most; None when it cannot grow at all."""
        for wanted in range(max(prefix_length, self._taken.pool.prefixlen), lan.prefixlen):
            larger = lan.supernet(new_prefix=wanted)
            if larger.network_address != lan.network_address:
                continue
            steps = [larger] if wanted == lan.prefixlen else list(larger.address_exclude(lan))
            if all(self._taken.has(step) for step in steps):
                for step in steps:
                    self._taken.take(step)
                    self._kept.take(step)
                return larger
        return None

    def _give(self, found: IPv4Network | None) -> IPv4Network:
        if found is None:
            raise PoolExhaustedError(POOL, str(self._taken.pool))
        self._taken.take(found)
        self._kept.take(found)
        return found
