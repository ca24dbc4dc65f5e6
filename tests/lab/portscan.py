# SPDX-License-Identifier: GPL-3.0-or-later
"""Which TCP ports of some addresses answer: every port, asked with bare SYNs from a network namespace.

A program of its own that needs nothing but the standard library and root: the machine's Python runs it inside a node's
namespace, so the node needs no tools. A job (JSON) comes on standard input, the findings leave on standard output.

Answers are read from the wire, before any packet filter of the asking node. A lost packet can only hide a port, so all
ports are asked in two passes, in different orders; whatever answered once, and whatever is expected, is asked again.
"""

from __future__ import annotations

import errno
import json
import secrets
import select
import socket
import struct
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

OPEN, REFUSED, PROHIBITED = "open", "refused", "prohibited"
SYN, RST, ACK = 0x02, 0x04, 0x10
#: above what Linux gives to connections; each turn asks from the next one
FIRST_LOCAL_PORT = 61001
#: odd numbers, so every one of 65536 is met once, neighbours far from one another
_STRIDES = (40503, 25717, 61681)
_BATCH = 200
_ATTEMPTS = 5
_ETH_P_IP = 0x0800
_SO_RCVBUFFORCE, _SO_MARK = 33, 36
#: nobody answers a packet that did not leave: told apart from silence
_UNSENT = (errno.EPERM, errno.EACCES, errno.ENETUNREACH, errno.EHOSTUNREACH)


class Answer(NamedTuple):
    """What came back for a SYN to ``address``:``port``; ``token`` is the sequence number it was sent with."""

    address: str
    port: int
    local_port: int
    token: int
    kind: str


def checksum(data: bytes) -> int:
    """Of the internet (RFC 1071)."""
    data += b"\0" * (len(data) % 2)
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def syn(source: str, target: str, local_port: int, port: int, token: int) -> bytes:
    """A TCP header that asks for a connection; the kernel puts the IP header before it."""
    pseudo = socket.inet_aton(source) + socket.inet_aton(target) + struct.pack("!BBH", 0, socket.IPPROTO_TCP, 20)
    header = struct.pack("!HHIIBBHHH", local_port, port, token, 0, 5 << 4, SYN, 64240, 0, 0)
    return header[:16] + struct.pack("!H", checksum(pseudo + header)) + header[18:]


def read(packet: bytes) -> Answer | None:
    """The answer that an IP packet carries; nothing when it is something else."""
    if len(packet) < 20 or packet[0] >> 4 != 4:
        return None
    start, protocol = (packet[0] & 15) * 4, packet[9]
    if protocol == socket.IPPROTO_TCP and len(packet) >= start + 20:
        port, local_port, _, acknowledged = struct.unpack_from("!HHII", packet, start)
        flags = packet[start + 13]
        if not flags & ACK or not flags & (SYN | RST):
            return None
        kind = REFUSED if flags & RST else OPEN
        return Answer(socket.inet_ntoa(packet[12:16]), port, local_port, (acknowledged - 1) & 0xFFFFFFFF, kind)
    inner = start + 8
    if protocol == socket.IPPROTO_ICMP and len(packet) >= inner + 20 and packet[start] == 3:
        ports = inner + (packet[inner] & 15) * 4
        if packet[inner + 9] == socket.IPPROTO_TCP and len(packet) >= ports + 8:
            local_port, port, token = struct.unpack_from("!HHI", packet, ports)
            return Answer(socket.inet_ntoa(packet[inner + 16 : inner + 20]), port, local_port, token, PROHIBITED)
    return None


def order(turn: int) -> Iterator[int]:
    """Every port once."""
    stride = _STRIDES[turn % len(_STRIDES)]
    return (port for port in ((number * stride) & 0xFFFF for number in range(65536)) if port)


class Scanner:
    """``rate``: packets per second; ``mark``: for a packet filter of this node that shall let them out."""

    def __init__(self, targets: Iterable[str], rate: int, patience: float, mark: int = 0) -> None:
        self._targets = list(targets)
        self._rate, self._patience = rate, patience
        self._token = secrets.randbits(32)
        self._local_port = FIRST_LOCAL_PORT
        self._heard: set[tuple[str, int]] = set()
        self.counts: dict[str, Counter[str]] = {target: Counter() for target in self._targets}
        self._sources = {target: _source(target) for target in self._targets}
        self._ear = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ETH_P_IP))
        self._ear.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, 64 << 20)
        self._ear.setblocking(False)
        self._mouth = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
        self._mouth.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)  # nobody reads there
        if mark:
            self._mouth.setsockopt(socket.SOL_SOCKET, _SO_MARK, mark)

    def ask(self, wanted: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
        """One SYN to each (address, port); those that are open."""
        self._heard = set()
        begin = time.monotonic()
        for sent, (target, port) in enumerate(wanted, 1):
            self._send(target, port)
            if sent % _BATCH == 0:
                self._listen(begin + sent / self._rate)
        self._listen(time.monotonic() + self._patience)
        self._local_port += 1
        return self._heard

    def ask_all(self, turn: int) -> set[tuple[str, int]]:
        """All ports of all targets, one target after the other with each port."""
        return self.ask((target, port) for port in order(turn) for target in self._targets)

    def ask_again(self, wanted: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
        """Until each has answered, five times at most; those that are open."""
        left = set(wanted)
        found: set[tuple[str, int]] = set()
        for _ in range(_ATTEMPTS):
            found |= self.ask(sorted(left - found)) if left - found else set()
        return found & left

    def _send(self, target: str, port: int) -> None:
        packet = syn(self._sources[target], target, self._local_port, port, self._token)
        for _ in range(100):
            try:
                self._mouth.sendto(packet, (target, 0))
                return
            except OSError as error:
                if error.errno in _UNSENT:
                    break
                if error.errno not in (errno.ENOBUFS, errno.EAGAIN):
                    raise
                time.sleep(0.001)  # the queue of the port is full
        self.counts[target]["unsent"] += 1

    def _listen(self, until: float) -> None:
        """Take what has come, then wait for more until that time."""
        while True:
            try:
                packet = self._ear.recv(128)
            except BlockingIOError:
                left = until - time.monotonic()
                if left <= 0 or not select.select([self._ear], [], [], left)[0]:
                    return
                continue
            found = read(packet)
            if found is None or (found.local_port, found.token) != (self._local_port, self._token):
                continue
            if found.address in self.counts:
                self.counts[found.address][found.kind] += 1
                if found.kind == OPEN:
                    self._heard.add((found.address, found.port))


def _source(target: str) -> str:
    """The address that the kernel would ask this target from."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect((target, 9))
        return str(one.getsockname()[0])


def main() -> None:
    """``targets``: address → ports expected open. Answers address → open, once (did not answer again), counts."""
    job = json.load(sys.stdin)
    scanner = Scanner(job["targets"], job["rate"], job["patience"], job["mark"])
    seen = {one for turn in range(job["passes"]) for one in scanner.ask_all(turn)}
    expected = {(target, port) for target, ports in job["targets"].items() for port in ports}
    confirmed = scanner.ask_again(seen | expected)
    found = {
        target: {
            "open": sorted(port for address, port in confirmed if address == target),
            "once": sorted(port for address, port in seen - confirmed if address == target),
            "counts": dict(scanner.counts[target]),
        }
        for target in job["targets"]
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
