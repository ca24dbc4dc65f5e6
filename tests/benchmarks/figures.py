# SPDX-License-Identifier: GPL-3.0-or-later
"""Measured figures, their ratios, how they grow, and the tables that people read. Pure."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .cost import Cost

OURS = "terpusat"
_MIB = 1024 * 1024


@dataclass(frozen=True)
class Figure:
    """The median cost of one shape over ``devices`` devices that think ``latency_ms`` about each command."""

    shape: str
    devices: int
    latency_ms: float
    runs: int
    wall: float
    cpu: float
    memory: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def median(shape: str, devices: int, latency_ms: float, costs: Sequence[Cost]) -> Figure:
    """One figure of several runs. Raises StatisticsError without any."""
    return Figure(
        shape, devices, latency_ms, len(costs),
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        int(statistics.median(cost.memory for cost in costs)),
    )  # fmt: skip


def growth(points: Iterable[tuple[float, float]]) -> float | None:
    """The exponent k of cost ~ devices^k, by least squares over the logarithms; None for fewer than two sizes."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len({x for x, _ in logs}) < 2:
        return None
    middle_x, middle_y = statistics.mean(x for x, _ in logs), statistics.mean(y for _, y in logs)
    return sum((x - middle_x) * (y - middle_y) for x, y in logs) / sum((x - middle_x) ** 2 for x, _ in logs)


def marginal(points: Sequence[tuple[float, float]]) -> float | None:
    """The cost of one more device, between the smallest and the largest size."""
    ordered = sorted(points)
    if len(ordered) < 2 or ordered[0][0] == ordered[-1][0]:
        return None
    return (ordered[-1][1] - ordered[0][1]) / (ordered[-1][0] - ordered[0][0])


def cost_table(figures: Sequence[Figure]) -> str:
    """Markdown: one row a shape, size and latency, with what the others cost in multiples of ours."""
    ours = {(f.devices, f.latency_ms): f for f in figures if f.shape == OURS}
    rows = [["latency", "devices", "shape", "wall s", "cpu s", "memory MiB", "wall : ours", "cpu : ours"]]
    for figure in sorted(figures, key=lambda f: (f.latency_ms, f.devices, f.shape != OURS, f.shape)):
        base = ours.get((figure.devices, figure.latency_ms))
        rows.append(
            [
                f"{figure.latency_ms:g} ms", str(figure.devices), figure.shape, f"{figure.wall:.2f}",
                f"{figure.cpu:.2f}", f"{figure.memory / _MIB:.0f}",
                f"{figure.wall / base.wall:.2f}" if base else "–", f"{figure.cpu / base.cpu:.2f}" if base else "–",
            ]
        )  # fmt: skip
    return _markdown(rows)


def size_table(figures: Sequence[Figure]) -> str:
    """Markdown: one row a step; wall s / CPU s / MiB at each size, and how CPU time and memory grow."""
    sizes = sorted({figure.devices for figure in figures})
    rows = [["step", *(f"{size}: wall s, cpu s, MiB" for size in sizes), "cpu ~ n^", "memory ~ n^"]]
    for shape in dict.fromkeys(figure.shape for figure in figures):
        found = {figure.devices: figure for figure in figures if figure.shape == shape}
        cells = [f"{f.wall:.1f}, {f.cpu:.1f}, {f.memory / _MIB:.0f}" for _, f in sorted(found.items())]
        grown = [growth([(size, getattr(f, name)) for size, f in found.items()]) for name in ("cpu", "memory")]
        rows.append([shape, *cells, *(_number(value, 1) for value in grown)])
    return _markdown(rows)


def growth_table(figures: Sequence[Figure]) -> str:
    """Markdown: how each shape grows with the number of devices, and what one more device costs."""
    rows = [["latency", "shape", "wall ~ n^", "cpu ~ n^", "wall ms a device", "cpu ms a device", "KiB a device"]]
    for latency, shape in sorted({(f.latency_ms, f.shape) for f in figures}, key=lambda k: (k[0], k[1] != OURS, k[1])):
        found = [f for f in figures if (f.latency_ms, f.shape) == (latency, shape)]
        series = {name: [(f.devices, getattr(f, name)) for f in found] for name in ("wall", "cpu", "memory")}
        if growth(series["cpu"]) is None:
            continue
        each = {name: marginal(points) for name, points in series.items()}
        rows.append(
            [
                f"{latency:g} ms", shape, _number(growth(series["wall"]), 1), _number(growth(series["cpu"]), 1),
                _number(each["wall"], 1000), _number(each["cpu"], 1000), _number(each["memory"], 1 / 1024, 0),
            ]
        )  # fmt: skip
    return _markdown(rows)


def _number(value: float | None, scale: float, digits: int = 2) -> str:
    return "–" if value is None else f"{value * scale:.{digits}f}"


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n"
