#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Watches the lines to the providers, and keeps a default route by the best one that lives.

A line lives while one of its addresses answers to a ping that leaves by this very line; whether its cable has a link
says little. Routes are kernel routes, which FRR's zebra sees: it reads the administrative distance from the highest
byte of the metric. So nothing in FRR's configuration changes when a line dies, and OSPF follows.

A line that has never answered since the start is not called dead (there are providers that answer no ping): it carries
when no other one lives. For pings every line has a routing table of its own, for packets bound to its interface.

Where a provider gives its default route by BGP, FRR has it with the same distance that the line has here; such a line
gets no route from us, but it is watched and its turn to carry is noticed like any other's.
"""

from __future__ import annotations

import configparser
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

CONFIG = "/etc/terpusat/lines.conf"
STATE = "/run/terpusat"
#: Number by which rtnetlink knows who put a route; free in iproute2's list (rt_protos) and none of FRR's.
PROTOCOL = "77"
#: rtnetlink's number of the main table
MAIN = "254"
ECHO_REQUEST, ECHO_REPLY = 8, 0

#: added to a table's number gives a rule's priority behind the main table's 32766
BEHIND_MAIN = 26000
#: added to a table's number gives the priority of "else nowhere", behind all tables of lines and before the main one
NOWHERE = 1000
UNREACHABLE = "unreachable"

#: priority, iif, oif or to, interface or address, table or `UNREACHABLE`
Rule = tuple[str, str, str, str]
#: table, gateway, interface, metric of a default route
Place = tuple[str, str, str, int]


@dataclass(frozen=True)
class Settings:
    """``interval``: seconds between two pings. So many lost in a row: dead; so many answered in a row: alive again."""

    interval: float = 1.0
    lost: int = 3
    back: int = 10


@dataclass
class Line:
    """One line. ``gateway`` empty: whatever DHCP put into the line's table. ``gateway6`` empty: no IPv6 by this line.

    ``reach``: addresses that are reached by this line or not at all, the far ends of tunnels through it. ``bgp``: its
    default route comes from a session. ``address``: what the internet sees of who goes by it; empty when not known.
    """

    name: str
    interface: str
    gateway: str
    distance: int
    table: int
    track: list[str]
    sources: list[str]
    settings: Settings = Settings()
    reach: tuple[str, ...] = ()
    bgp: bool = False
    address: str = ""
    gateway6: str = ""
    verdict: str = "judging"
    proven: bool = False
    good: int = 0
    bad: int = 0

    @property
    def metric(self) -> int:
        return self.distance << 24

    def judge(self, answered: bool) -> bool:
        """Take one round into account; True when the verdict changed."""
        before = self.verdict
        if answered:
            self.good, self.bad, self.proven = self.good + 1, 0, True
            # The first answer after the start needs no patience: nothing is known against the line.
            if self.verdict in ("judging", "unproven") or self.good >= self.settings.back:
                self.verdict = "alive"
        else:
            self.good, self.bad = 0, self.bad + 1
            if self.bad >= self.settings.lost:
                self.verdict = "dead" if self.proven else "unproven"
        return self.verdict != before


def carrier(lines: list[Line]) -> Line | None:
    """The line that gets the default route: the first that lives or is still being judged, else that never answered.

    One and no more: of several kernel routes to one place zebra keeps only the last that it saw.
    """
    lines = [line for line in lines if not line.bgp]
    good = [line for line in lines if line.verdict in ("alive", "judging")]
    found = good or [line for line in lines if line.verdict == "unproven"]
    return min(found, key=lambda line: line.distance, default=None)


def read(path: str) -> list[Line]:
    """The lines of a configuration file; raises configparser.Error or ValueError for one that is not ours."""
    parser = configparser.ConfigParser(interpolation=None)
    with open(path, encoding="utf-8") as file:
        parser.read_file(file)
    found = []
    for name in parser.sections():
        part = parser[name]
        settings = Settings(part.getfloat("interval", 1.0), part.getint("lost", 3), part.getint("back", 10))
        found.append(
            Line(
                name,
                part["interface"],
                part.get("gateway", ""),
                part.getint("distance", 10),
                part.getint("table", 0),
                part.get("track", "").split(),
                part.get("sources", "").split(),
                settings,
                tuple(part.get("reach", "").split()),
                part.getboolean("bgp", False),
                part.get("address", ""),
                part.get("gateway6", ""),
            )
        )
    return found


def ip(*words: str, family: str = "-4") -> str:
    """Run ``ip``; what it says, nothing when it fails (a route that is gone already, an interface that is down)."""
    done = subprocess.run(["ip", family, *words], capture_output=True, text=True, check=False)
    return done.stdout


def defaults(family: str = "-4") -> list[dict[str, Any]]:
    """All default routes of all tables, as ``ip -json`` shows them."""
    return list(json.loads(ip("-N", "-j", "route", "show", "table", "all", "exact", "default", family=family) or "[]"))


def table_of(route: dict[str, Any]) -> str:
    return str(route.get("table", MAIN))


def place(route: dict[str, Any]) -> Place:
    return table_of(route), str(route.get("gateway", "")), str(route["dev"]), int(route.get("metric", 0))


def _target(target: str) -> tuple[str, ...]:
    return (UNREACHABLE,) if target == UNREACHABLE else ("table", target)


@dataclass
class Router:
    """What the kernel is asked to do. ``active``: line that carries, empty when another way does, None before the first
    look."""

    lines: list[Line]
    active: str | None = None
    #: whether a default route of IPv6 may stand: at the start a former configuration's may
    routed6: bool = True

    def prepare(self) -> None:
        """Two rules a line: a bound ping leaves by its interface, and answers are believed without a default route.

        The kernel drops what comes from where it knows no way back to (rp_filter, RFC 3704: loose mode), answers to our
        pings too, so a router whose lines have all died would never see them live again. The second rule, behind the
        main table's, gives what the router itself sends, and that test, a way; what it forwards has none.

        The far end of a tunnel has two more: it is reached by the tunnel's own line, else not at all. The default route
        may lead into that very tunnel, and a tunnel that goes through itself never comes up.
        """
        wanted: set[Rule] = set()
        for line in self.lines:
            wanted.add((str(line.table), "oif", line.interface, str(line.table)))
            wanted.add((str(line.table + BEHIND_MAIN), "iif", "lo", str(line.table)))
            for address in line.reach:
                wanted.add((str(line.table), "to", address, str(line.table)))
                wanted.add((str(line.table + NOWHERE), "to", address, UNREACHABLE))
        for rule in json.loads(ip("-N", "-j", "rule", "show") or "[]"):
            if str(rule.get("protocol", "")) != PROTOCOL:
                continue
            way = next((key for key in ("oif", "iif") if key in rule), "to")
            value = str(rule.get("dst" if way == "to" else way, ""))
            known = str(rule["priority"]), way, value, str(rule.get("table", rule.get("action", "")))
            if known in wanted:
                wanted.discard(known)
            else:
                ip("rule", "del", "pref", known[0], way, value, *_target(known[3]))
        for pref, way, value, target in sorted(wanted):
            ip("rule", "add", "pref", pref, way, value, *_target(target), "protocol", PROTOCOL)

    def gateway(self, line: Line, shown: list[dict[str, Any]]) -> str:
        if line.gateway:
            return line.gateway
        return next((str(r["gateway"]) for r in shown if table_of(r) == str(line.table) and "gateway" in r), "")

    def settle(self) -> None:
        """Make the kernel's default routes ours, and tell others when another line carries from now on."""
        shown = defaults()
        present = {place(route) for route in shown if str(route.get("protocol")) == PROTOCOL}
        wanted: set[Place] = set()
        carrying = carrier(self.lines)
        for line in self.lines:
            gateway = self.gateway(line, shown)
            if gateway and line.gateway:
                wanted.add((str(line.table), gateway, line.interface, 0))
            if gateway and line is carrying:
                wanted.add((MAIN, gateway, line.interface, line.metric))
        new, gone = wanted - present, present - wanted
        # zebra tells kernel routes apart by their gateway, not by their distance: were the one with the old distance
        # taken away second, it would forget the new one with it, and OSPF's would carry.
        renewed = {old for old in gone if any(old[:3] == later[:3] for later in new)}
        for verb, places in (("del", renewed), ("replace", new), ("del", gone - renewed)):
            for table, gateway, interface, metric in sorted(places):
                words = ["via", gateway, "dev", interface, "metric", str(metric), "table", table, "proto", PROTOCOL]
                ip("route", verb, "default", *words)
        self.look(shown if wanted == present else defaults())
        self.settle6()

    def settle6(self) -> None:
        """IPv6 leaves by the line that carries now, if its provider routes our prefix, else not at all.

        Whoever tries is told so at once and goes by IPv4. A line lives or is dead as a whole, so it is judged once.
        """
        if not any(line.gateway6 for line in self.lines) and not self.routed6:
            return
        present = {place(route) for route in defaults("-6") if str(route.get("protocol")) == PROTOCOL}
        wanted: set[Place] = {
            (MAIN, line.gateway6, line.interface, line.metric)
            for line in self.lines
            if line.gateway6 and line.name == self.active
        }
        for verb, places in (("del", present - wanted), ("replace", wanted - present)):
            for table, gateway, interface, metric in sorted(places):
                words = ["via", gateway, "dev", interface, "metric", str(metric), "table", table, "proto", PROTOCOL]
                ip("route", verb, "default", *words, family="-6")
        self.routed6 = bool(wanted)

    def look(self, shown: list[dict[str, Any]]) -> None:
        """Which line carries now: FRR may know a better way than any of ours, or none."""
        routes = [route for route in shown if table_of(route) == MAIN]
        best = min(routes, key=lambda route: int(route.get("metric", 0)), default=None)
        device = str(best.get("dev", "")) if best else ""
        now = next((line.name for line in self.lines if line.interface == device), "")
        if now == self.active:
            return
        former, self.active = self.active, now
        write(os.path.join(STATE, "line"), now + "\n")
        # At the start too: what the tree was last given may have been another line's.
        shape(now)
        if former is None:
            return
        print(f"jalur yang dipakai: {now or 'jaringan pemerintah daerah'} (sebelumnya: {former or 'lain'})", flush=True)
        seen_as = {line.name: line.address for line in self.lines if line.address}
        if seen_as.get(former, former) != seen_as.get(now, now):
            self.forget()

    def forget(self) -> None:
        """Connections from inside begin anew: those of the former line have its address, which no other one takes.

        An address of our own, announced by BGP on both lines, is the exception: there they live on.
        """
        for source in sorted({source for line in self.lines for source in line.sources}):
            subprocess.run(["conntrack", "-D", "-s", source], capture_output=True, check=False)


def shape(name: str) -> None:
    """Shape to what this line carries: the same tree with other figures, sent to the standing one without a gap."""
    if not any(entry.startswith("shaping-") for entry in os.listdir(os.path.dirname(CONFIG))):
        return
    path = os.path.join(os.path.dirname(CONFIG), f"shaping-{name}.tc")
    if not os.path.exists(path):
        path = os.path.join(os.path.dirname(CONFIG), "shaping.tc")
    with open(path, encoding="utf-8") as file:
        text = "".join(line for line in file if " root " not in line)
    subprocess.run(["tc", "-batch", "-"], input=text, text=True, check=False)


class Pinger:
    """Echo requests of all lines in one round, each by its own line (RFC 792)."""

    def __init__(self, lines: list[Line]) -> None:
        self.sockets: dict[str, socket.socket] = {}
        self.lines = lines
        self.sequence = 0

    def round(self, patience: float) -> set[str]:
        """Names of the lines of which an address answered within ``patience`` seconds."""
        self.sequence = (self.sequence + 1) % 65536
        waiting: dict[str, set[str]] = {}
        for line in self.lines:
            sent = {address for address in line.track if self._send(line, address)}
            if sent:
                waiting[line.name] = sent
        answered: set[str] = set()
        end = time.monotonic() + patience
        while (left := end - time.monotonic()) > 0:
            pending = [self.sockets[name] for name in waiting if name not in answered and name in self.sockets]
            if not pending:
                break
            for ready in select.select(pending, [], [], left)[0]:
                name = next(name for name, known in self.sockets.items() if known is ready)
                try:
                    packet, (source, _) = ready.recvfrom(2048)
                except OSError:
                    self._drop(name)
                    continue
                if source in waiting[name] and is_reply(packet, os.getpid() & 0xFFFF, self.sequence):
                    answered.add(name)
        return answered

    def _send(self, line: Line, address: str) -> bool:
        try:
            if line.name not in self.sockets:
                opened = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, line.interface.encode())
                opened.setblocking(False)
                self.sockets[line.name] = opened
            self.sockets[line.name].sendto(request(os.getpid() & 0xFFFF, self.sequence), (address, 0))
        except OSError:  # no such interface yet, no link, no route by this line
            self._drop(line.name)
            return False
        return True

    def _drop(self, name: str) -> None:
        if name in self.sockets:
            self.sockets.pop(name).close()


def request(identifier: int, sequence: int) -> bytes:
    """An echo request with its checksum (RFC 1071)."""
    body = struct.pack("!BBHHH", ECHO_REQUEST, 0, 0, identifier, sequence) + b"terpusat"
    return body[:2] + struct.pack("!H", checksum(body)) + body[4:]


def checksum(data: bytes) -> int:
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def is_reply(packet: bytes, identifier: int, sequence: int) -> bool:
    """Whether an IPv4 packet is the echo reply to the request with these numbers."""
    if not packet:
        return False
    icmp = packet[(packet[0] & 0x0F) * 4 :]
    if len(icmp) < 8:
        return False
    return struct.unpack("!BxxxHH", icmp[:8]) == (ECHO_REPLY, identifier, sequence)


def write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)


def tell(router: Router) -> None:
    """What operators and tests read."""
    state = {
        "active": router.active or "",
        "lines": {line.name: {"interface": line.interface, "verdict": line.verdict} for line in router.lines},
    }
    write(os.path.join(STATE, "lines.json"), json.dumps(state, indent=1) + "\n")


def main(arguments: list[str]) -> int:
    lines = read(arguments[0] if arguments else CONFIG)
    if not lines:
        return 0
    router, pinger = Router(lines), Pinger(lines)
    interval = min(line.settings.interval for line in lines)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    router.prepare()
    router.settle()
    tell(router)
    while True:
        began = time.monotonic()
        answered = pinger.round(interval)
        changed = False
        for line in lines:
            if line.judge(line.name in answered):
                print(f"jalur {line.name} ({line.interface}): {line.verdict}", flush=True)
                changed = True
        before = router.active
        router.settle()
        if changed or router.active != before:
            tell(router)
        time.sleep(max(0.0, began + interval - time.monotonic()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
