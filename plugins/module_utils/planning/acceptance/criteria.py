# SPDX-License-Identifier: GPL-3.0-or-later
"""Pass or fail, criterion by criterion; what was not measured has not passed."""

from __future__ import annotations

from dataclasses import dataclass

from ...register.models import AcceptanceRules
from .measurement import Measurement


@dataclass(frozen=True)
class Criterion:
    """``value`` is None where nothing was measured; ``at_least`` tells on which side of ``limit`` good lies."""

    name: str
    value: float | None
    limit: float
    unit: str
    at_least: bool = False

    @property
    def passed(self) -> bool:
        if self.value is None:
            return False
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    @property
    def shown_value(self) -> str:
        return "tidak diukur" if self.value is None else self._shown(self.value)

    @property
    def shown_limit(self) -> str:
        return f"{'paling sedikit' if self.at_least else 'paling besar'} {self._shown(self.limit)}"

    def __str__(self) -> str:
        return f"{self.name} {self.shown_value}, {self.shown_limit}"

    def _shown(self, value: float) -> str:
        scale, unit = (1e6, "Mbps") if self.unit == "bps" else (1, self.unit)
        value, limit = value / scale, self.limit / scale
        # A figure just beyond its limit must not look as if it kept it.
        digits = next((n for n in range(1, 4) if round(value, n) != limit or value == limit), 4)
        return f"{value:.{digits}f}".rstrip("0").rstrip(".").replace(".", ",") + f" {unit}"


def judge(found: Measurement, rules: AcceptanceRules, cir_bps: int, *, second_line: bool) -> tuple[Criterion, ...]:
    """All criteria of a location whose guaranteed rate is ``cir_bps``.

    ``second_line``: the location has one, so that failing over is asked for as well.
    """
    rate = cir_bps * rules.throughput_percent / 100
    criteria = [
        Criterion("latensi", found.latency_ms, rules.latency_ms, "ms"),
        Criterion("jitter", found.jitter_ms, rules.jitter_ms, "ms"),
        Criterion("paket hilang", found.loss_percent, rules.loss_percent, "%"),
        Criterion("jawaban DNS", found.dns_ms, rules.dns_ms, "ms"),
        Criterion("kecepatan unduh", found.down_bps, rate, "bps", at_least=True),
        Criterion("kecepatan unggah", found.up_bps, rate, "bps", at_least=True),
    ]
    if second_line:
        criteria.append(Criterion("pindah jalur", found.failover_seconds, rules.failover_seconds, "detik"))
    return tuple(criteria)
