# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking a machine until it answers as hoped: what the tests of all router scenarios do on machines of any speed."""

from __future__ import annotations

import time
from collections.abc import Callable

from testinfra.host import Host

#: a busy machine takes so many times as long, or is asked so many times
BUSY = 4


def root(host: Host, command: str) -> str:
    """Run as root; the output, whatever the exit code."""
    with host.sudo():
        done = host.run(command)
    return str(done.stdout)


def eventually(check: Callable[[], bool], seconds: float = 40) -> bool:
    """Whether it comes true within some seconds, on a busy machine some times as many."""
    deadline = time.monotonic() + BUSY * seconds
    while not (answer := check()) and time.monotonic() < deadline:
        time.sleep(1)
    return answer


def fastest(measure: Callable[[], float], enough: float) -> float:
    """The highest of a few measurements, until one is enough: a busy machine is slower than a limit, never faster."""
    best = 0.0
    for _ in range(BUSY):
        best = max(best, measure())
        if best > enough:
            break
    return best
