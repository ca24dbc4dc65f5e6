# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs in a relay node: ``air.py PORT PORT BITS_PER_SECOND DELAY_MS``. Carries every frame from one port to the other.

Each direction sends one frame after the other at the given rate and loses what would wait longer than ``QUEUE``; every
frame then needs the delay for the way. For cables without VLANs: the kernel takes tags off before a socket sees them.
Standard library only.
"""

from __future__ import annotations

import heapq
import select
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field

#: seconds of traffic that the sender's queue holds
QUEUE = 0.1
#: bytes on the wire that a frame has beyond what a socket sees: preamble, check sequence, gap (IEEE 802.3)
OVERHEAD = 24
ETH_P_ALL = 3
PACKET_OUTGOING = 4
LARGEST = 9216


@dataclass
class Direction:
    """Frames that wait (``busy_until``) and that are in the air (``flying``: arrival, number, frame)."""

    rate_bps: float
    delay: float
    busy_until: float = 0.0
    sent: int = 0
    flying: list[tuple[float, int, bytes]] = field(default_factory=list)

    def take(self, frame: bytes, now: float) -> bool:
        """Send a frame; False when the queue is full and it is lost."""
        begin = max(now, self.busy_until)
        if begin - now > QUEUE:
            return False
        self.busy_until = begin + (len(frame) + OVERHEAD) * 8 / self.rate_bps
        self.sent += 1
        heapq.heappush(self.flying, (self.busy_until + self.delay, self.sent, frame))
        return True

    def arrived(self, now: float) -> list[bytes]:
        """The frames that are at the other end by ``now``, in their order."""
        found = []
        while self.flying and self.flying[0][0] <= now:
            found.append(heapq.heappop(self.flying)[2])
        return found

    def next_arrival(self) -> float | None:
        return self.flying[0][0] if self.flying else None


def opened(port: str) -> socket.socket:
    """Everything that arrives at a port, whomever it is for."""
    found = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    found.bind((port, 0))
    # struct packet_mreq: interface, PACKET_MR_PROMISC, no address
    request = socket.if_nametoindex(port).to_bytes(4, sys.byteorder) + (1).to_bytes(2, sys.byteorder) + bytes(10)
    found.setsockopt(263, 1, request)  # SOL_PACKET, PACKET_ADD_MEMBERSHIP
    found.setblocking(False)
    return found


def received(port: socket.socket) -> list[bytes]:
    """All frames that wait at a port."""
    found = []
    with suppress(BlockingIOError, OSError):
        while True:
            frame, where = port.recvfrom(LARGEST)
            if where[2] != PACKET_OUTGOING:
                found.append(frame)
    return found


def main(arguments: list[str]) -> int:
    one, other = opened(arguments[0]), opened(arguments[1])
    rate, delay = float(arguments[2]), float(arguments[3]) / 1000
    ways = {one: (other, Direction(rate, delay)), other: (one, Direction(rate, delay))}
    while True:
        times = [at for _, way in ways.values() if (at := way.next_arrival()) is not None]
        patience = max(0.0, min(times) - time.monotonic()) if times else None
        ready, _, _ = select.select(list(ways), [], [], patience)
        now = time.monotonic()
        for port in ready:
            for frame in received(port):
                ways[port][1].take(frame, now)
        for target, way in ways.values():
            for frame in way.arrived(now):
                with suppress(OSError):  # the far end is down: what is in the air is lost
                    target.send(frame)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
