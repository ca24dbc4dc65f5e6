# SPDX-License-Identifier: GPL-3.0-or-later
"""What a line does to echo requests, as a personality says it. Platforms print it each in its own way.

    pings:
      198.51.100.0/24: {ms: [12.3, 15.1], marks: "!!.!"}
      203.0.113.9: {printed: "PING: internal error"}

`ms`: round trips of the answers in turn; `marks`, repeated: `!` answered, `.` nothing came, `U` a router on the way
said that the host cannot be reached. `printed` stands in the place of all that the command would print. The longest
network counts; without any the device's routes decide and answers take `USUAL`.
"""

import ipaddress
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: milliseconds of a round trip of which nothing is said
USUAL = 4.617


@dataclass(frozen=True)
class Echo:
    """One request: its mark, and the round trip of the answer (or of the router's complaint) in milliseconds."""

    mark: str
    ms: float

    @property
    def answered(self) -> bool:
        return self.mark == "!"


@dataclass(frozen=True)
class Line:
    """The way to one address."""

    ms: tuple[float, ...] = (USUAL,)
    marks: str = "!"
    printed: str | None = None

    def echoes(self, count: int, *, alive: bool = True) -> Iterator[Echo]:
        """What becomes of `count` requests; nothing answers where there is no way."""
        times, marks = itertools.cycle(self.ms), itertools.cycle(self.marks)
        for _ in range(count):
            yield Echo(next(marks) if alive else ".", next(times))


def line_to(flags: Mapping[str, Any], address: str) -> Line | None:
    """The line that `flags.pings` describes for an address, None when it says nothing."""
    target = ipaddress.ip_address(address)
    found = [(ipaddress.ip_network(net), told) for net, told in flags.get("pings", {}).items()]
    fitting = [(net, told) for net, told in found if target in net]
    if not fitting:
        return None
    _, told = max(fitting, key=lambda pair: pair[0].prefixlen)
    return Line(tuple(told.get("ms", (USUAL,))), told.get("marks", "!"), told.get("printed"))
