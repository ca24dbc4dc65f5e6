# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured in an office over one line, from where, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from ...register.models import Line

VERSION = 1
#: the values of a measurement, in the order in which people read them
VALUES = ("latency_ms", "jitter_ms", "loss_percent", "dns_ms", "down_bps", "up_bps", "failover_seconds")


@dataclass(frozen=True)
class Measurement:
    """None is what was not measured.

    Latency and jitter in milliseconds (mean round trip; mean difference of consecutive ones, which RFC 3550 smooths),
    loss in percent of the packets sent, rates in bit/s of TCP payload, failover in seconds without an answer.
    ``method`` says by value how it was measured, or why it was not; ``source`` from where. ``samples``: name -> what
    was counted, before anything was computed from it.
    """

    location: str
    line: Line
    taken: datetime
    latency_ms: float | None = None
    jitter_ms: float | None = None
    loss_percent: float | None = None
    dns_ms: float | None = None
    down_bps: float | None = None
    up_bps: float | None = None
    failover_seconds: float | None = None
    method: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    samples: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """For JSON; `of_data` reads it back."""
        values = {name: getattr(self, name) for name in VALUES if getattr(self, name) is not None}
        return {
            "version": VERSION,
            "location": self.location,
            "line": self.line,
            "source": self.source,
            "taken": self.taken.isoformat(timespec="seconds"),
            "values": values,
            "method": dict(self.method),
            "samples": {name: list(found) for name, found in self.samples.items()},
        }

    @classmethod
    def of_data(cls, data: Any) -> Self:
        """Raises ValueError for anything that `as_data` does not write."""
        try:
            values, method = data["values"], data["method"]
            if data["version"] != VERSION or data["line"] not in ("central", "own"):
                raise ValueError("versi atau jalur tidak dikenal")
            if not set(values) <= set(VALUES) or not all(_is_number(value) for value in values.values()):
                raise ValueError("nilai ukur tidak dikenal")
            if not all(isinstance(text, str) for pair in method.items() for text in pair):
                raise ValueError("cara ukur bukan teks")
            samples = {str(name): tuple(found) for name, found in data.get("samples", {}).items()}
            if not all(_is_number(value) for found in samples.values() for value in found):
                raise ValueError("contoh ukur bukan angka")
            taken = datetime.fromisoformat(data["taken"])
            if taken.tzinfo is None:
                raise ValueError("waktu tanpa zona")
            return cls(
                location=str(data["location"]),
                line=data["line"],
                taken=taken,
                method=method,
                source=str(data.get("source", "")),
                samples=samples,
                **values,
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"bukan hasil uji terima ({error})") from error


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")
