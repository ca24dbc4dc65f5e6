# SPDX-License-Identifier: GPL-3.0-or-later
"""The radio hop: no frame before its time, none out of order, never more than the rate, little is kept waiting."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from labkit.air import OVERHEAD, QUEUE, Direction

#: (seconds since the frame before, length)
FRAMES = st.lists(st.tuples(st.floats(0, 0.05), st.integers(60, 1514)), min_size=1, max_size=60)


@given(FRAMES, st.integers(100_000, 50_000_000), st.floats(0, 0.05))
def test_frames_arrive_in_order_no_faster_than_the_rate_and_not_before_the_delay(
    frames: list[tuple[float, int]], rate: int, delay: float
) -> None:
    way = Direction(rate, delay)
    now, taken = 0.0, []
    for number, (pause, length) in enumerate(frames):
        now += pause
        frame = number.to_bytes(2, "big") + bytes(length - 2)
        if way.take(frame, now):
            taken.append((now, frame))
    arrivals = {frame: at for at, _, frame in way.flying}
    order = [frame for _, _, frame in sorted(way.flying)]
    assert order == [frame for _, frame in taken]
    for sent, frame in taken:
        on_the_wire = (len(frame) + OVERHEAD) * 8 / rate
        assert sent + on_the_wire + delay <= arrivals[frame] + 1e-9 <= sent + QUEUE + on_the_wire + delay + 1e-6
    for before, after in pairwise(order):
        assert arrivals[after] - arrivals[before] >= (len(after) + OVERHEAD) * 8 / rate - 1e-9


def test_what_does_not_fit_the_queue_is_lost_and_the_rest_arrives_once() -> None:
    way = Direction(1_000_000, 0.006)
    kept = sum(way.take(bytes(1250), 0.0) for _ in range(100))
    assert kept == 10  # a tenth of a second at 1 Mbit/s, and the frame that is being sent
    assert way.next_arrival() is not None
    assert way.arrived(0.0) == []
    assert len(way.arrived(10.0)) == kept
    assert way.arrived(20.0) == []
    assert way.next_arrival() is None
