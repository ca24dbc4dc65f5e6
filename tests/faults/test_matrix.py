# SPDX-License-Identifier: GPL-3.0-or-later
"""A transaction is lost at each of its orders, in every way there is: the device is fully old or fully new."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from emulators.core import faults as f
from faults import ios_case, routeros_case
from faults.case import Case
from faults.matrix import Bench, End, Strike, complaints

CASES: dict[str, Callable[[], Case]] = {"ios": ios_case.case, "routeros": routeros_case.case}

#: faults that strike at the n-th order; the device goes on by itself afterwards
AT_ORDER: dict[str, tuple[Callable[[int], f.Fault], bool]] = {
    "connection lost": (f.DropAt, False),
    "answer lost": (partial(f.DropAt, after=True), False),
    "session frozen": (f.FreezeAt, False),
    "session frozen after": (partial(f.FreezeAt, after=True), False),
    "power lost": (f.RebootAt, False),
    "power lost after": (partial(f.RebootAt, after=True), False),
    "log message": (f.LogMessageAt, False),
    "another prompt": (f.WrongPrompt, False),
    "controller killed": (f.FreezeAt, True),
    "controller killed after": (partial(f.FreezeAt, after=True), True),
}


@pytest.fixture(scope="module", params=CASES)
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(CASES[request.param](), tmp_path_factory.mktemp(request.param))


def everywhere(bench: Bench, fault: str) -> list[End]:
    make, kill = AT_ORDER[fault]
    # One more than a clean run has: what comes only because of the fault is struck by the last.
    return bench.run(Strike(n, make, kill) for n in range(1, len(bench.orders) + 2))


@pytest.mark.parametrize("fault", AT_ORDER)
def test_struck_at_every_order(bench: Bench, fault: str) -> None:
    ends = everywhere(bench, fault)
    assert not complaints(ends), complaints(ends)
    # The matrix is only worth something if the fault did strike before and after the point of no return.
    if fault not in ("log message", "another prompt"):
        assert {end.state for end in ends} == {"old", "new"}


@pytest.mark.parametrize(
    ("fault", "outcomes"),
    [
        (f.SlowBytes(4000), {"changed"}),
        (f.Paging(), {"changed"}),
        (f.Banner("DILARANG MASUK tanpa izin #1>\nHubungi Diskominfo"), {"changed"}),
        (f.RefuseLogin(1), {"auth_failed"}),
        (f.NewHostKey(), {"host_key"}),
    ],
    ids=["slow", "paging", "banner", "login refused", "another host key"],
)
def test_struck_from_the_start(bench: Bench, fault: f.Fault, outcomes: set[str]) -> None:
    (end,) = bench.run([Strike(0, lambda _: fault)])
    assert end.outcome is not None
    assert end.outcome.value in outcomes, end.message
    if not isinstance(fault, f.NewHostKey):  # that one stays, so a second run must be refused too
        assert not complaints([end]), complaints([end])
    assert end.state == ("new" if end.outcome.value == "changed" else "old")


def test_a_change_that_fails_on_its_way_is_undone(bench: Bench) -> None:
    ends = bench.run(Strike(line, lambda line: f.ImportFailsAt(line)) for line in range(1, 8))
    assert not complaints(ends), complaints(ends)
    assert {end.outcome.value for end in ends if end.outcome} <= {"rolled_back", "refused"}, ends
