# SPDX-License-Identifier: GPL-3.0-or-later
"""Threads and processes that share a fleet out: everything is done once, and what hangs or dies costs only itself."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.fleet.crew import Crew
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.fleet.parts import run, shares


@pytest.mark.parametrize("workers", [1, 3, 50])
def test_every_subject_once_and_never_more_at_a_time_than_workers(workers: int) -> None:
    now, most, lock = 0, 0, threading.Lock()

    def work(number: int) -> int:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        threading.Event().wait(0.002)
        with lock:
            now -= 1
        return number * number

    crew = Crew(work=work, late=lambda _: -1, workers=workers, patience=60)
    assert dict(crew.run(range(40))) == {number: number * number for number in range(40)}
    assert most <= workers


def test_subjects_are_made_only_a_little_ahead_of_the_work() -> None:
    gate, made = threading.Semaphore(0), 0

    def subjects() -> Iterator[int]:
        nonlocal made
        for number in range(100):
            made += 1
            yield number

    def work(number: int) -> int:
        gate.acquire()
        return number

    results = Crew(work=work, late=lambda _: -1, workers=3, patience=60).run(subjects())
    gate.release()
    next(results)
    assert made <= 2 * 3
    gate.release(100)
    assert len(list(results)) == 99


def test_what_hangs_is_given_up_and_its_place_taken() -> None:
    forever, done = threading.Event(), []

    def work(number: int) -> str:
        if number < 2:
            forever.wait()
        done.append(number)
        return "selesai"

    crew = Crew(work=work, late=lambda number: f"terlambat {number}", workers=2, patience=0.2)
    found = dict(crew.run(range(6)))
    assert found == {0: "terlambat 0", 1: "terlambat 1", **dict.fromkeys(range(2, 6), "selesai")}
    forever.set()


@given(st.integers(0, 200), st.integers(1, 9))
def test_shares_deal_everything_out_evenly(devices: int, processes: int) -> None:
    names = [f"d{number}" for number in range(devices)]
    dealt = shares(names, processes)
    assert sorted(name for share in dealt for name in share) == sorted(names)
    assert not dealt or max(map(len, dealt)) - min(map(len, dealt)) <= 1
    assert len(dealt) == min(processes, devices)


def test_a_small_fleet_needs_no_second_process() -> None:
    assert shares(["a", "b"]) == [["a", "b"]]
    assert shares([]) == []


def square(part: list[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    for name in part:
        if name == "mati":
            os.kill(os.getpid(), signal.SIGKILL)
        yield name, (int(name) ** 2, os.getpid())


def test_parts_run_in_processes_of_their_own() -> None:
    found = dict(run([["1", "2"], ["3"], ["4"]], square))
    assert {name: value for name, (value, _) in found.items()} == {"1": 1, "2": 4, "3": 9, "4": 16}
    pids = [found[name][1] for name in "134"]
    assert len({*pids, os.getpid()}) == 4
    assert found["1"][1] == found["2"][1]
    assert dict(run([["5"]], square)) == {"5": (25, os.getpid())}


def test_a_process_that_dies_takes_only_what_it_had_left() -> None:
    found = dict(run([["1", "mati", "2"], ["3", "4"]], square))
    assert sorted(found) == ["1", "3", "4"]
