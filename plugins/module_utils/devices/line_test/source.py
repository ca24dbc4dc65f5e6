# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a line is measured from, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ...planning.acceptance.statistics import Pings


class Unmeasured(Exception):  # noqa: N818 - not an error: a figure that this source cannot bring, and why
    """Why something is not measured, in Bahasa Indonesia, with what to do."""


@dataclass(frozen=True)
class Effort:
    """``pings`` to each target, ``queries`` to the resolver, ``tries`` of ``seconds`` in each direction."""

    pings: int = 50
    queries: int = 5
    seconds: int = 10
    tries: int = 3


class Source(Protocol):
    """One place to measure from. Every call raises `Unmeasured`, and `SessionLostError` when the session broke."""

    #: what the report says: "komputer 10.20.0.5 di LAN", "router rt-dinkes (10.20.0.1)"
    name: str

    def ping(self, target: str, count: int) -> Pings:
        """Echo requests to an address."""

    def dns(self, name: str) -> float:
        """Milliseconds until the office's resolver answered."""

    def throughput(self, server: str, ports: tuple[int, ...], seconds: int, *, down: bool) -> float:
        """bit/s of TCP payload from (``down``) or to an iperf3 server."""
