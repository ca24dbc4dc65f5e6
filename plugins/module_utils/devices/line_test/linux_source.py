# SPDX-License-Identifier: GPL-3.0-or-later
"""Measuring from a Linux computer: in the office's LAN, or the office's router under its LAN address."""

from __future__ import annotations

import secrets
import shlex

from ...planning.acceptance.statistics import Pings
from ..session import Session
from .source import Unmeasured
from .texts import answer_moments, dig_milliseconds, dig_status, iperf_rate, linux_pings

_INTERVAL = 0.2  # the shortest that ping grants to everybody on every version
_PACKAGES = {"ping": "iputils-ping", "dig": "bind9-dnsutils", "iperf3": "iperf3"}
_NO_COMMAND = 127


class LinuxSource:
    """``address``: what packets are sent from, None for whatever the computer has. ``resolver``: the office's."""

    def __init__(self, session: Session, name: str, resolver: str, address: str | None = None) -> None:
        self._session = session
        self.name = name
        self._resolver = resolver
        self._address = address
        self._root: list[str] = []

    def ping(self, target: str, count: int) -> Pings:
        bound = ["-I", self._address] if self._address else []
        words = ["ping", "-n", "-c", str(count), "-i", str(_INTERVAL), "-W", "2", *bound, target]
        text = self._run([*self._root, *words], count * _INTERVAL + 20)
        if linux_pings(target, text) is None and "not permitted" in text and not self._root:
            # Some installations grant raw sockets to nobody but root.
            self._root = ["sudo", "-n"]
            text = self._run([*self._root, *words], count * _INTERVAL + 20)
        found = linux_pings(target, text)
        if found is None:
            told = (text.strip().splitlines() or ["tidak ada keluaran"])[-1][:200]
            raise Unmeasured(f"ping ke {target} dari {self.name} gagal: {told}")
        return found

    def dns(self, name: str) -> float:
        bound = ["-b", self._address] if self._address else []
        # A name that nobody asked for before: else the answer comes from the router's memory and says nothing.
        fresh = f"uji-{secrets.token_hex(6)}.{name}"
        words = ["dig", "-u", "+tries=1", "+time=2", "+noall", "+comments", "+stats", *bound]
        text = self._run([*words, f"@{self._resolver}", fresh, "A"], 10)
        took = dig_milliseconds(text)
        if took is None:
            raise Unmeasured(f"DNS {self._resolver} untuk {name}: {dig_status(text)}; periksa dns_names dan resolver")
        return took

    def throughput(self, server: str, ports: tuple[int, ...], seconds: int, *, down: bool) -> float:
        words = ["iperf3", "--json", "--connect-timeout", "3000", "--time", str(seconds), "--omit", "1"]
        # As people use a line: one stream alone does not fill a long or lossy one.
        words += ["--parallel", "4"]
        words += ["--bind", self._address] if self._address else []
        words += ["--reverse"] if down else []
        why = ""
        for port in ports:
            rate, why = iperf_rate(self._run([*words, "--client", server, "--port", str(port)], seconds + 25))
            if rate is not None:
                return rate
        raise Unmeasured(f"iperf3 ke {server} port {', '.join(map(str, ports))}: {why}")

    def start_pinging(self, target: str, seconds: int) -> str:
        """Ping in the background for so long, whatever becomes of this session; the file that it writes."""
        bound = f" -I {shlex.quote(self._address)}" if self._address else ""
        self.ping(target, 1)
        ping = f"{' '.join(self._root)} ping -n -D -O -i {_INTERVAL}{bound} -w {seconds} {shlex.quote(target)}"
        script = f'f=$(mktemp) && {{ LC_ALL=C setsid {ping} >"$f" 2>&1 </dev/null & }} && echo "$f"'
        return self._run(["sh", "-c", script], 15).strip()

    def answers(self, file: str) -> list[float]:
        """When answers came so far, by this computer's clock (seconds since 1970)."""
        return answer_moments(self._run(["cat", file], 15))

    def now(self) -> float:
        """This computer's clock."""
        return float(self._run(["date", "+%s.%N"], 15))

    def forget(self, file: str) -> None:
        """Remove the file of `start_pinging`; its process ends by itself."""
        self._run(["rm", "-f", file], 15)

    def _run(self, words: list[str], timeout: float) -> str:
        done = self._session.run(f"env LC_ALL=C {shlex.join(words)}", timeout=timeout)
        text = done.out.decode(errors="replace")
        if done.code == _NO_COMMAND or (done.code != 0 and b"No such file or directory" in done.err and not text):
            package = _PACKAGES.get(words[0], words[0])
            raise Unmeasured(f"{words[0]} belum ada di {self.name}; pasang dengan: apt-get install {package}")
        return text or done.err.decode(errors="replace")
