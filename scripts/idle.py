# SPDX-License-Identifier: GPL-3.0-or-later
"""How idle the machine is, which no share written into a file can tell: containers compute outside our processes."""

from __future__ import annotations

import time
from pathlib import Path

_STAT = Path("/proc/stat")
#: proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal; guest times are part of the first two
_FIELDS = 8
#: what has been made nicer gives way, so its time is to be had
_TO_BE_HAD = (1, 3, 4)


def _ticks() -> tuple[int, int]:
    fields = [int(field) for field in _STAT.read_text().split("\n", 1)[0].split()[1 : _FIELDS + 1]]
    return sum(fields[number] for number in _TO_BE_HAD), sum(fields)


class Idle:
    """Looks at spans of at least ``span`` seconds; the first one begins when it is made."""

    def __init__(self, span: float) -> None:
        self._span = span
        self.begin()

    def begin(self) -> None:
        """Forget what was: the span begins now."""
        self._since, self._ticks = time.monotonic(), _ticks()

    def share(self) -> float | None:
        """Part of all cores that was to be had, 0 to 1, in the span that has just ended; None while it goes on."""
        if time.monotonic() - self._since < self._span:
            return None
        idle, every = (now - then for now, then in zip(_ticks(), self._ticks, strict=True))
        self.begin()
        return idle / every if every else 0.0
