# SPDX-License-Identifier: GPL-3.0-or-later
"""A transaction is lost at each of its orders, in every way there is: the device is fully old or fully new."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


FROM_THE_START: dict[str, tuple[f.Fault, str]] = {
    "slow": (f.SlowBytes(4000), "changed"),
    "paging": (f.Paging(), "changed"),
    "banner": (f.Banner("DILARANG MASUK tanpa izin #1>\nHubungi Diskominfo"), "changed"),
    "login refused": (f.RefuseLogin(1), "auth_failed"),
    "another host key": (f.NewHostKey(), "host_key"),
}
IMPORT_LINES = range(1, 8)


class Ends:
    """What happens to one platform's devices, begun at once; `at_order` and the others wait for theirs.

    ``chosen``: the faults of the tests that will be run.
    """

    def __init__(self, bench: Bench, chosen: set[str]) -> None:
        # One more than a clean run has: what comes only because of the fault is struck by the last.
        orders = range(1, len(bench.orders) + 2)
        self._at_order = {
            name: bench.start(Strike(n, make, kill) for n in orders)
            for name, (make, kill) in AT_ORDER.items()
            if name in chosen
        }
        self._start = {
            name: bench.start([Strike(0, lambda _, fault=fault: fault)])
            for name, (fault, _) in FROM_THE_START.items()
            if name in chosen
        }
        # The file with the way back is the device's last resort: only the way there fails here.
        named = "-patch" if bench.platform == "routeros" else ""
        lines = IMPORT_LINES if "failing line" in chosen else ()
        self._lines = bench.start(Strike(line, lambda line: f.ImportFailsAt(line, named)) for line in lines)

    def at_order(self, fault: str) -> list[End]:
        return [future.result() for future in self._at_order[fault]]

    def from_the_start(self, fault: str) -> End:
        return self._start[fault][0].result()

    def failing_lines(self) -> list[End]:
        return [future.result() for future in self._lines]


@pytest.fixture(scope="module", params=CASES)
def ends(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ends]:
    bench = Bench(CASES[request.param](), tmp_path_factory.mktemp(request.param))
    calls = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    yield Ends(bench, {call.get("fault", "failing line") for call in calls if call.get("ends") == request.param})
    bench.close()


@pytest.mark.parametrize("fault", AT_ORDER)
def test_struck_at_every_order(ends: Ends, fault: str) -> None:
    found = ends.at_order(fault)
    assert not complaints(found), complaints(found)
    # The matrix is only worth something if the fault did strike before and after the point of no return.
    if fault not in ("log message", "another prompt"):
        assert {end.state for end in found} == {"old", "new"}


@pytest.mark.parametrize("fault", FROM_THE_START)
def test_struck_from_the_start(ends: Ends, fault: str) -> None:
    end = ends.from_the_start(fault)
    expected = FROM_THE_START[fault][1]
    assert end.outcome is not None
    assert end.outcome.value == expected, end.message
    assert end.state == ("new" if expected == "changed" else "old")
    if fault != "another host key":  # that one stays, so a second run is refused too
        assert not complaints([end]), complaints([end])


def test_a_change_that_fails_on_its_way_is_undone(ends: Ends) -> None:
    found = ends.failing_lines()
    assert not complaints(found), complaints(found)
    assert {end.outcome.value for end in found if end.outcome} <= {"rolled_back", "refused"}, found
