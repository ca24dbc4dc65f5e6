# SPDX-License-Identifier: GPL-3.0-or-later
"""One office's line and the logins to measure it: its router, and the computer in its LAN if there is one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from ipaddress import IPv4Interface
from typing import Any

from ...planning.acceptance.orders import Order
from .. import inspection
from ..outcome import RefusedError
from ..session import Login, Session
from .appliance_sources import IosSource, RouterosSource
from .failover import failover
from .linux_router import LinuxRouter
from .linux_source import LinuxSource
from .measuring import VALUES_OF, Notes, measure
from .source import Effort, Source, Unmeasured

#: values for which packets go to addresses in the internet
_TARGETS = ("latency_ms", "jitter_ms", "loss_percent", "down_bps", "up_bps")
_NOT_ASKED = "tidak diminta; ukur dengan -e terpusat_accept_failover=true (kantor terputus sebentar)"
_OWN_LINE = (
    "internet kantor sedang tidak lewat jalur pusat, dan {platform} tidak dapat diarahkan sementara; tulis preferred: "
    "false pada jalur milik kantor (circuits.yml) selama pengukuran"
)
_PINNED = (
    "{addresses} hanya ditanya lewat jalur milik kantor (track di circuits.yml), jadi tidak mengukur jalur pusat; "
    "tulis alamat lain di rules.acceptance (government.yml)"
)


@dataclass(frozen=True)
class Way:
    """What an OPD router's intent says of the ways around it; addresses and interface names as text.

    ``classes``: interface -> number of the office's shaping class there. ``judges``: addresses that judge the own
    lines; RouterOS and IOS reach them by those lines alone (`rendering.pinned_routes`).
    """

    lan_address: str
    resolver: str
    centre: str
    uplinks: tuple[str, ...]
    judges: frozenset[str]
    classes: Mapping[str, int]

    @classmethod
    def of(cls, intent: Mapping[str, Any]) -> Way:
        """Raises KeyError for what is not an OPD router's intent."""
        interfaces = intent["interfaces"]
        lan = next((i for i in interfaces if i["use"] == "lan" and i["addresses"]), None)
        if lan is None:
            raise KeyError("lan")
        address = str(IPv4Interface(lan["addresses"][0]).ip)
        uplinks = tuple(str(i["name"]) for i in interfaces if i["use"] == "uplink")
        judges = frozenset(str(a) for route in intent.get("routes", []) if route.get("via") for a in route["track"])
        shaping = intent.get("shaping", [])
        classes = {str(s["interface"]): int(s["classes"][0]["id"]) for s in shaping if s.get("classes")}
        return cls(address, address, str(intent["dns"]["forwarders"][0]), uplinks, judges, classes)


@dataclass(frozen=True)
class OfficeLine:
    """``source``: auto (the computer if the register has one), probe, or router."""

    order: Order
    platform: str
    router: str
    login: Login
    way: Way
    source: str = "auto"

    @property
    def from_probe(self) -> bool:
        """Raises `RefusedError` when a computer is asked for that the register does not have."""
        if self.source == "probe" and self.order.probe is None:
            raise RefusedError(
                f"{self.order.location} tidak punya komputer pengukur; tulis probe: {{address: …}} pada lokasi itu "
                "di opds.yml"
            )
        return self.order.probe is not None and self.source != "router"

    @property
    def outside(self) -> tuple[str, ...]:
        """Addresses on the internet that are measured."""
        server = (self.order.throughput_server,) if self.order.throughput_server else ()
        return (*self.order.ping_targets, *server)

    @property
    def source_name(self) -> str:
        if self.from_probe and self.order.probe is not None:
            return f"komputer {self.order.probe.address} di LAN {self.order.location}"
        return f"router {self.router} ({self.way.lan_address})"

    def intention(self, effort: Effort) -> list[str]:
        """For check mode: what would be measured, from where."""
        order = self.order
        told = [f"{order.location} akan diukur dari {self.source_name}:"]
        if "latency" in order.parts:
            told.append(f"  {effort.pings} ping ke {', '.join(order.ping_targets) or '(belum ada ping_targets)'}")
        if "dns" in order.parts:
            told.append(f"  {effort.queries} pertanyaan DNS di bawah {', '.join(order.dns_names)}")
        if "throughput" in order.parts:
            server = order.throughput_server or "(belum ada throughput_server, tidak terukur)"
            told.append(f"  {effort.tries} kali {effort.seconds} detik iperf3 tiap arah dengan {server}")
        if "failover" in order.parts and order.second_line:
            told.append("  pindah jalur: jalur yang dipakai diputus sebentar, KANTOR TERPUTUS beberapa detik")
        return told


def take(line: OfficeLine, effort: Effort, notes: Notes, wait: Callable[[float], None] = time.sleep) -> str:
    """Measure everything that is asked for; from where it was. Raises `DeviceError`, `SessionLostError`."""
    looking = inspection.load(line.platform)
    with Session.open(line.login, looking.device_type, interactive=looking.interactive) as router:
        if line.from_probe:
            with _probe(line, router) as session:
                _take(line, router, LinuxSource(session, line.source_name, line.way.resolver), effort, notes, wait)
        else:
            _take(line, router, _router_source(line, router), effort, notes, wait)
    return line.source_name


def _take(
    line: OfficeLine, session: Session, source: Source, effort: Effort, notes: Notes, wait: Callable[[float], None]
) -> None:
    if line.platform == "linux":
        router = LinuxRouter(session, line.way.lan_address, line.way.uplinks, line.way.centre)
        try:
            _by_the_centre(line, router, source, effort, notes)
        except Unmeasured as why:
            notes.unmeasured([name for part in ("latency", "dns", "throughput") for name in VALUES_OF[part]], why)
    elif _goes_own_way(line, session):
        told = _OWN_LINE.format(platform=line.platform)
        notes.unmeasured([name for names in VALUES_OF.values() for name in names], told)
        return
    else:
        measure(source, _by_no_pin(line, notes), effort, notes)
    _failover(line, session, source, notes, wait)


def _by_the_centre(line: OfficeLine, router: LinuxRouter, source: Source, effort: Effort, notes: Notes) -> None:
    """Measure with everything led by the central line and, from the router itself, through the office's class."""
    if not line.order.parts - {"failover"}:
        measure(source, line.order, effort, notes)  # notes that nothing of it was asked for
        return
    seconds = 120 + effort.pings * len(line.outside) + 8 * (effort.seconds + 30) * effort.tries
    interface = router.centre_interface()
    class_id = None if line.from_probe else line.way.classes.get(interface)
    own_class = nullcontext() if class_id is None else router.classed(interface, class_id, seconds)
    with router.led(line.outside, seconds) as led, own_class:
        measure(source, line.order, effort, notes)
    if led:
        _told(notes, _TARGETS, f"diarahkan sementara lewat jalur pusat ({', '.join(led)})")
    if class_id is not None:
        _told(notes, ("up_bps",), "lewat kelas kantor di router")


def _failover(line: OfficeLine, session: Session, source: Source, notes: Notes, wait: Callable[[float], None]) -> None:
    names = VALUES_OF["failover"]
    if not line.order.second_line:
        notes.unmeasured(names, "lokasi ini tidak punya jalur kedua")
    elif "failover" not in line.order.parts:
        notes.unmeasured(names, _NOT_ASKED)
    elif line.platform != "linux" or not isinstance(source, LinuxSource):
        notes.unmeasured(names, f"router {line.platform} tidak dapat memutus jalurnya dengan aman; cabut kabelnya")
    else:
        router = LinuxRouter(session, line.way.lan_address, line.way.uplinks, line.way.centre)
        try:
            failover(router, source, line.order, notes, wait)
        except Unmeasured as why:
            notes.unmeasured(names, why)


def _told(notes: Notes, names: Iterable[str], what: str) -> None:
    for name in names:
        if name in notes.values:
            notes.method[name] += f"; {what}"


def _router_source(line: OfficeLine, session: Session) -> Source:
    name, way = line.source_name, line.way
    if line.platform == "routeros":
        return RouterosSource(session, name, way.centre, way.lan_address)
    if line.platform == "ios":
        return IosSource(session, name, way.lan_address)
    return LinuxSource(session, name, way.resolver, way.lan_address)


def _goes_own_way(line: OfficeLine, session: Session) -> bool:
    """Whether the internet is not reached by the central line now; without lines of its own there is no other way."""
    if not line.way.uplinks:
        return False
    if line.platform == "routeros":
        return not RouterosSource(session, "router", "", "").by_central()
    return not IosSource(session, "router", "").by_central()


def _by_no_pin(line: OfficeLine, notes: Notes) -> Order:
    """The order without what goes by an own line whichever line carries; why, where nothing else is left."""
    order, judges = line.order, line.way.judges
    if order.throughput_server in judges and "throughput" in order.parts:
        notes.unmeasured(VALUES_OF["throughput"], _PINNED.format(addresses=order.throughput_server))
        order = replace(order, parts=order.parts - {"throughput"})
    pinned = [target for target in order.ping_targets if target in judges]
    if not pinned:
        return order
    left = tuple(target for target in order.ping_targets if target not in judges)
    if left:
        return replace(order, ping_targets=left)
    notes.unmeasured(VALUES_OF["latency"], _PINNED.format(addresses=", ".join(pinned)))
    return replace(order, ping_targets=(), parts=order.parts - {"latency"})


@contextmanager
def _probe(line: OfficeLine, router: Session) -> Iterator[Session]:
    probe = line.order.probe
    assert probe is not None
    address = str(probe.address)
    login = replace(line.login, host=address, port=22, user=probe.user or line.login.user)
    sock = router.channel_to(address, 22, line.login.timeout) if probe.through == "router" else None
    with Session.open(login, "linux", interactive=False, sock=sock) as session:
        yield session
