# SPDX-License-Identifier: GPL-3.0-or-later
"""Medians, ratios, growth and tables of the benchmarks, from figures that were never measured."""

from __future__ import annotations

import pytest
from benchmarks.cost import Cost
from benchmarks.figures import OURS, Figure, cost_table, growth, growth_table, marginal, median
from hypothesis import given
from hypothesis import strategies as st

MIB = 1024 * 1024


def figure(shape: str, devices: int, wall: float, cpu: float, latency: float = 0) -> Figure:
    return Figure(shape, devices, latency, 3, wall, cpu, 100 * MIB + devices * 1024)


def test_the_median_of_each_quantity_on_its_own() -> None:
    found = median("x", 10, 50, [Cost(1, 9, 5), Cost(3, 7, 4), Cost(2, 8, 9)])
    assert (found.wall, found.cpu, found.memory, found.runs) == (2, 8, 5, 3)


@given(st.floats(0.2, 3), st.floats(0.001, 100), st.lists(st.integers(1, 5000), min_size=2, max_size=6, unique=True))
def test_growth_finds_the_exponent_of_a_power(exponent: float, factor: float, sizes: list[int]) -> None:
    found = growth([(size, factor * size**exponent) for size in sizes])
    assert found == pytest.approx(exponent, rel=1e-6)


def test_growth_and_marginal_cost_need_two_sizes() -> None:
    assert growth([(10, 1.0), (10, 2.0)]) is None
    assert growth([]) is None
    assert marginal([(10, 1.0)]) is None
    assert marginal([(100, 5.0), (10, 0.5), (500, 25.0)]) == pytest.approx(0.05)


def test_the_table_says_what_others_cost_in_multiples_of_ours() -> None:
    figures = [
        figure("nornir", 100, 2.0, 1.0), figure(OURS, 100, 4.0, 4.0), figure("ios_config", 100, 80.0, 160.0),
        figure(OURS, 100, 5.0, 4.0, latency=50), figure("nornir", 500, 9.0, 5.0),
    ]  # fmt: skip
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in cost_table(figures).splitlines()]
    assert [row[:3] for row in rows[2:]] == [
        ["0 ms", "100", OURS], ["0 ms", "100", "ios_config"], ["0 ms", "100", "nornir"], ["0 ms", "500", "nornir"],
        ["50 ms", "100", OURS],
    ]  # fmt: skip
    assert [row[6:] for row in rows[2:]] == [
        ["1.00", "1.00"], ["20.00", "40.00"], ["0.50", "0.25"], ["–", "–"], ["1.00", "1.00"],
    ]  # fmt: skip


def test_the_growth_table_leaves_out_what_was_measured_at_one_size() -> None:
    figures = [figure(OURS, size, size / 100, size / 50) for size in (10, 100, 500)]
    text = growth_table([*figures, figure("ios_config", 100, 80, 160)])
    (row,) = [line for line in text.splitlines() if OURS in line]
    assert [cell.strip() for cell in row.split("|")[1:-1]] == ["0 ms", OURS, "1.00", "1.00", "10.00", "20.00", "1"]
    assert "ios_config" not in text
