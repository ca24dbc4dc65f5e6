# SPDX-License-Identifier: GPL-3.0-or-later
"""Measuring from a RouterOS or IOS router itself, with what is there: pings, and on RouterOS the resolver.

Neither speaks iperf3, and a bandwidth test of RouterOS needs a RouterOS at the other end and loads the router itself
(MikroTik's manual, Bandwidth Test), so throughput needs a computer in the LAN. IOS tells no single round trip, so no
jitter; its IP SLA UDP jitter needs a responder in the internet.
"""

from __future__ import annotations

import re
import secrets

from ...planning.acceptance.statistics import Pings
from ..platforms.ios.cli import Terminal
from ..platforms.routeros.cli import CommandError, run
from ..platforms.routeros.quote import string
from ..session import Session
from .source import Unmeasured
from .texts import ios_ping, routeros_pings

_PROBE = "pasang komputer Linux di LAN kantor dan tulis sebagai probe lokasi itu (opds.yml)"
_TIMED = re.compile(r"(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?(?:(\d+)us)?$")
_CLOCK = re.compile(r"(\d+):(\d+):(\d+(?:\.\d+)?)$")


class RouterosSource:
    """A RouterOS router under its LAN address."""

    def __init__(self, session: Session, name: str, resolver: str, address: str) -> None:
        self._session = session
        self.name = name
        self._resolver = resolver
        self._address = address

    def ping(self, target: str, count: int) -> Pings:
        # RouterOS waits for an answer no longer than until the next request is due: a quicker rhythm would count every
        # answer by satellite as lost.
        command = f"/ping address={target} count={count} interval=1s src-address={self._address}"
        text = self._run(command, count * 1.2 + 20)
        found = routeros_pings(target, text)
        if found is None or found.sent != count:
            raise Unmeasured(f"jawaban ping ke {target} dari {self.name} tidak terbaca: {_last(text)}")
        return found

    def dns(self, name: str) -> float:
        # Asked of the resolver that the office's own forwards to, so that nothing is answered from memory.
        self._answered(self._ask(name))
        # The time of an error is taken without its words, and a refusal is quick: so the words were asked for before.
        took = milliseconds(self._run(f":put [:time {{:do {{{self._ask(name)}}} on-error={{}}}}]", 20))
        # Its resolver gives up after that long (query-server-timeout) and asks again.
        if took is None or took >= 2000:
            raise Unmeasured(f"DNS {self._resolver} tidak menjawab {self.name} dalam 2 detik")
        return took

    def _ask(self, name: str) -> str:
        fresh = string(f"uji-{secrets.token_hex(6)}.{name}")
        return f":resolve domain-name={fresh} server={self._resolver}"

    def _answered(self, ask: str) -> None:
        """That there is no such name is an answer; silence and a resolver that fails are none."""
        try:
            run(self._session, ask, 20)
        except CommandError as error:
            if "does not exist" not in str(error):
                raise Unmeasured(f"DNS {self._resolver} tidak menjawab {self.name}: {error}") from error

    def throughput(self, server: str, ports: tuple[int, ...], seconds: int, *, down: bool) -> float:  # noqa: ARG002
        raise Unmeasured(f"RouterOS tidak punya iperf3; {_PROBE}")

    def by_central(self) -> bool:
        """Whether the internet is reached by the government's network, whose default route alone comes by OSPF."""
        script = ":put [:len [/ip route find where dst-address=0.0.0.0/0 and active and ospf]]"
        return self._run(script, 20).strip() not in ("", "0")

    def _run(self, script: str, timeout: float) -> str:
        try:
            return run(self._session, script, timeout)
        except CommandError as error:
            raise Unmeasured(f"{self.name} menolak: {error}") from error


def _last(text: str) -> str:
    """For messages: the end of an output."""
    return (text.strip().splitlines() or ["tidak ada keluaran"])[-1].strip()[-200:]


def milliseconds(text: str) -> float | None:
    """A duration as RouterOS prints it: ``00:00:00.012`` (6.x), ``12ms345us`` (7.x)."""
    text = text.strip()
    clock = _CLOCK.match(text)
    if clock:
        return (int(clock[1]) * 3600 + int(clock[2]) * 60 + float(clock[3])) * 1000
    found = _TIMED.match(text)
    if not text or found is None:
        return None
    hours, minutes, seconds, thousandths, millionths = (int(part or 0) for part in found.groups())
    return (hours * 3600 + minutes * 60 + seconds) * 1000.0 + thousandths + millionths / 1000


class IosSource:
    """An IOS router under its LAN address."""

    def __init__(self, session: Session, name: str, address: str) -> None:
        self._terminal = Terminal(session)
        self.name = name
        self._address = address

    def ping(self, target: str, count: int) -> Pings:
        text = self._terminal.run(
            f"ping {target} repeat {count} timeout 2 source {self._address}", quiet=2 * count + 10
        )
        found = ios_ping(text)
        if found is None or found[0] != count:
            raise Unmeasured(f"jawaban ping ke {target} dari {self.name} tidak terbaca: {_last(text)}")
        sent, received, mean = found
        return Pings(target, sent, told=(received, mean))

    def dns(self, name: str) -> float:  # noqa: ARG002
        raise Unmeasured(f"IOS tidak memberi tahu lama jawaban DNS; {_PROBE}")

    def throughput(self, server: str, ports: tuple[int, ...], seconds: int, *, down: bool) -> float:  # noqa: ARG002
        raise Unmeasured(f"IOS tidak punya iperf3; {_PROBE}")

    def by_central(self) -> bool:
        """Whether the internet is reached by the government's network, whose default route alone comes by OSPF."""
        return 'Known via "ospf' in self._terminal.run("show ip route 0.0.0.0", quiet=20)
