# SPDX-License-Identifier: GPL-3.0-or-later
"""All parts of an acceptance test from one source, into one measurement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from ...planning.acceptance.measurement import Measurement
from ...planning.acceptance.orders import Order
from ...planning.acceptance.statistics import Pings, best, middle
from .source import Effort, Source, Unmeasured

_PINGED = ("latency_ms", "jitter_ms", "loss_percent")
_NO_SERVER = "tidak ada server iperf3; tulis rules.acceptance.throughput_server (government.yml)"
_NO_TARGET = "tidak ada alamat untuk di-ping; tulis rules.acceptance.ping_targets (government.yml)"
#: values of each part
VALUES_OF = {
    "latency": _PINGED,
    "dns": ("dns_ms",),
    "throughput": ("down_bps", "up_bps"),
    "failover": ("failover_seconds",),
}


@dataclass
class Notes:
    """What was found so far: values, how (or why not), and what they were computed from."""

    values: dict[str, float] = field(default_factory=dict)
    method: dict[str, str] = field(default_factory=dict)
    samples: dict[str, tuple[float, ...]] = field(default_factory=dict)

    def unmeasured(self, names: Iterable[str], why: object) -> None:
        for name in names:
            self.method.setdefault(name, str(why))

    def measurement(self, location: str, source: str, taken: datetime) -> Measurement:
        return Measurement(
            location, "central", taken, method=self.method, source=source, samples=self.samples, **self.values
        )


def measure(source: Source, order: Order, effort: Effort, notes: Notes) -> None:
    """Latency, DNS and throughput, as far as the order asks for them. Raises `SessionLostError`."""
    parts: tuple[tuple[str, Callable[[Source, Order, Effort, Notes], None]], ...] = (
        ("latency", _latency),
        ("dns", _dns),
        ("throughput", _throughput),
    )
    for name, part in parts:
        if name not in order.parts:
            notes.unmeasured(VALUES_OF[name], "tidak diminta pada pengukuran ini")
            continue
        try:
            part(source, order, effort, notes)
        except Unmeasured as why:
            notes.unmeasured(VALUES_OF[name], why)


def _latency(source: Source, order: Order, effort: Effort, notes: Notes) -> None:
    if not order.ping_targets:
        raise Unmeasured(_NO_TARGET)
    found: list[Pings] = []
    for target in order.ping_targets:
        pings = source.ping(target, effort.pings)
        notes.samples[f"ping {target} ms"] = pings.round_trips
        found.append(pings)
    chosen = best(found)
    if chosen is None:
        raise Unmeasured(_NO_TARGET)
    how = f"{chosen.sent} ping ke {chosen.target}, {chosen.received} dijawab"
    for name in _PINGED:
        value = getattr(chosen, name)
        if value is not None:
            notes.values[name], notes.method[name] = value, how
    if chosen.received:
        notes.unmeasured(_PINGED, f"{source.name} tidak memberi tahu waktu tiap ping")
    notes.unmeasured(_PINGED, f"tidak ada jawaban dari {', '.join(order.ping_targets)}")


def _dns(source: Source, order: Order, effort: Effort, notes: Notes) -> None:
    samples: list[float] = []
    failed: list[str] = []
    for number in range(effort.queries):
        try:
            samples.append(source.dns(order.dns_names[number % len(order.dns_names)]))
        except Unmeasured as why:
            failed.append(str(why))
    notes.samples["dns ms"] = tuple(samples)
    # A resolver that answers every second question does not work.
    if len(failed) > len(samples):
        raise Unmeasured(failed[-1])
    took = middle(samples)
    if took is not None:
        notes.values["dns_ms"] = took
        notes.method["dns_ms"] = (
            f"median {len(samples)} dari {effort.queries} pertanyaan baru di bawah {', '.join(order.dns_names)}"
        )


def _throughput(source: Source, order: Order, effort: Effort, notes: Notes) -> None:
    server = order.throughput_server
    if server is None:
        raise Unmeasured(_NO_SERVER)
    for name, word, down in (("down_bps", "unduh", True), ("up_bps", "unggah", False)):
        samples: list[float] = []
        try:
            for _ in range(effort.tries):
                samples.append(source.throughput(server, order.throughput_ports, effort.seconds, down=down))
        except Unmeasured as why:
            if not samples:
                notes.unmeasured((name,), why)
        notes.samples[f"{word} bit/s"] = tuple(samples)
        rate = middle(samples)
        if rate is not None:
            notes.values[name] = rate
            notes.method[name] = f"median {len(samples)} kali iperf3 {effort.seconds} detik dengan {server}"
