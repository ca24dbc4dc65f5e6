# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures out of samples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.statistics import (
    Pings,
    best,
    longest_gap,
    middle,
)

_times = st.lists(st.floats(0.01, 2000), max_size=30)


@given(_times, st.integers(0, 20))
def test_loss_latency_and_jitter_stay_within_what_was_seen(times: list[float], lost: int) -> None:
    found = Pings("x", len(times) + lost, tuple(times))
    if not times and not lost:
        assert found.loss_percent is None
        return
    assert found.loss_percent == pytest.approx(100 * lost / (len(times) + lost))
    if times:
        assert found.latency_ms is not None
        assert min(times) - 1e-6 <= found.latency_ms <= max(times) + 1e-6
    assert (found.jitter_ms is None) == (len(times) < 2)
    if found.jitter_ms is not None:
        assert 0 <= found.jitter_ms <= max(times) - min(times) + 1e-6


def test_jitter_is_of_consecutive_ones() -> None:
    assert Pings("x", 4, (10.0, 20.0, 10.0, 20.0)).jitter_ms == 10
    assert Pings("x", 4, (10.0, 10.0, 20.0, 20.0)).jitter_ms == pytest.approx(10 / 3)


def test_what_a_device_tells_itself() -> None:
    told = Pings("x", 50, told=(49, 3.0))
    assert (told.loss_percent, told.latency_ms, told.jitter_ms) == (2.0, 3.0, None)


def test_a_target_that_is_down_is_not_the_line() -> None:
    down, slow, quick = Pings("a", 3, ()), Pings("b", 3, (90.0, 90, 90)), Pings("c", 3, (9.0, 9, 9))
    assert best([down, slow, quick]) == quick
    assert best([down]) == down
    assert best([]) is None


def test_the_median_forgives_one_odd_sample() -> None:
    assert middle([19e6, 2e6, 18e6]) == 18e6
    assert middle([]) is None


def test_the_longest_silence() -> None:
    answers = [0.0, 0.2, 5.2, 5.4, 6.4]
    assert longest_gap(answers, 0, 6.4) == pytest.approx(5.0)
    assert longest_gap(answers, 5.2, 6.4) == pytest.approx(1.0)
    assert longest_gap([], 0, 45) == 45
    assert longest_gap([0.0, 0.2], 0, 45) == pytest.approx(44.8)


@given(st.lists(st.floats(0, 100), max_size=30), st.floats(0, 50), st.floats(0, 50))
def test_one_more_answer_never_makes_an_outage_longer(answers: list[float], begin: float, length: float) -> None:
    end = begin + length
    before = longest_gap(answers, begin, end)
    assert 0 <= before <= length + 1e-9
    assert longest_gap([*answers, begin + length / 2], begin, end) <= before
