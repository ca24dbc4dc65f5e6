# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Free room in a range of whole numbers: the one search behind every subnet, IPv4 or IPv6."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Space:
    """The numbers from ``first`` to ``last``; what is taken is never given back.

    Blocks have a power of two as size and start at a multiple of it. Because room only shrinks, a search goes on where
    the last one of the same size ended, so giving out n blocks costs about n log n.
    """

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last
        # What is taken, as disjoint ranges in order.
        self._lows: list[int] = []
        self._highs: list[int] = []
        self._up: dict[int, int] = {}
        self._down: dict[int, int] = {}

    def take(self, low: int, high: int) -> None:
        """Mark ``low`` to ``high``, both included, as taken; they may be taken in part already."""
        start = bisect_left(self._highs, low)
        end = bisect_right(self._lows, high)
        if start < end:
            low, high = min(low, self._lows[start]), max(high, self._highs[end - 1])
        self._lows[start:end] = [low]
        self._highs[start:end] = [high]

    def is_free(self, low: int, high: int) -> bool:
        """Whether all of ``low`` to ``high`` lies inside and nothing of it is taken."""
        place = bisect_left(self._highs, low)
        clear = place == len(self._lows) or self._lows[place] > high
        return clear and self.first <= low and high <= self.last

    def lowest(self, size: int) -> int | None:
        """Start of the lowest free block of ``size``, None when there is none."""
        start = max(self._up.get(size, 0), -(-self.first // size) * size)
        while start + size - 1 <= self.last:
            place = bisect_right(self._lows, start + size - 1) - 1
            if place < 0 or self._highs[place] < start:
                break
            start = (self._highs[place] // size + 1) * size
        self._up[size] = start
        return start if start + size - 1 <= self.last else None

    def highest(self, size: int) -> int | None:
        """Start of the highest free block of ``size``, None when there is none."""
        top = ((self.last + 1) // size - 1) * size
        start = min(self._down.get(size, top), top)
        while start >= self.first:
            place = bisect_left(self._highs, start)
            if place == len(self._lows) or self._lows[place] > start + size - 1:
                break
            start = (self._lows[place] // size - 1) * size
        self._down[size] = start
        return start if start >= self.first else None
