# SPDX-License-Identifier: GPL-3.0-or-later
"""Every step of the transaction × every way to lose it, on real Debian routers: fully old or fully new, never half.

What the emulated platforms go through in tests/faults happens here to machines with a kernel, a packet filter and
systemd.
"""

from __future__ import annotations

import dataclasses
import json
import pathlib
import queue
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import struck
from labkit import scenario
from labkit.errors import LabError
from labkit.identity import Identity
from labkit.lab import Lab
from labkit.running import RunningLab
from router import NEVER, Router
from test_guard import ARMED, every_component_changed

ROOT = pathlib.Path(__file__).resolve().parents[2]
#: how long the guard is; longer each time that a busy machine did not come to the place of the blow before it fired
GUARD_SECONDS = (20, 60, 180)
ROUTERS = ("f1", "f2", "f3")
POWER = (
    "arm after",
    "apply before",
    "apply after",
    "run_probe before",
    "confirm before",
    "confirm after",
    "save after",
)

MATRIX = [(fault, step, when) for fault in ("drop", "kill") for step in struck.STEPS for when in ("before", "after")]
MATRIX += [("power", *place.split(" ")) for place in POWER]


@dataclasses.dataclass(frozen=True)
class End:
    """What the report said ('' when the controller was killed), what the router runs, and what the next run said."""

    outcome: str
    message: str
    state: str
    again: str


class Ring:
    """Three routers in sync with the base bundle; each strike takes one and gives it back so."""

    def __init__(self, lab: RunningLab) -> None:
        self._free: queue.SimpleQueue[Router] = queue.SimpleQueue()
        routers = [_named(Router(ROOT, lab, name)) for name in ROUTERS]
        with ThreadPoolExecutor(len(routers)) as pool:
            self._states = dict(zip(ROUTERS, pool.map(_both_states, routers), strict=True))
        for router in routers:
            self._free.put(router)

    def strike(self, fault: str, step: str, when: str) -> End:
        router = self._free.get()
        try:
            return self._strike(router, fault, step, when)
        finally:
            self._free.put(router)

    def _strike(self, router: Router, fault: str, step: str, when: str) -> End:
        def blow(seconds: int) -> tuple[str, str]:
            outcome = self._blow(router, fault, step, when, seconds)
            router.wait(f"! {ARMED}", seconds + 180)
            return outcome

        def give_back(seconds: int) -> None:
            router.wait(f"! {ARMED}", seconds + 180)
            router.transact(router.base, guard_seconds=NEVER)

        outcome, message = struck.until_struck(blow, give_back, GUARD_SECONDS)
        found = essence(router)
        old, new = self._states[router.name]
        state = "old" if found == old else "new" if found == new else "half:\n" + found
        # Until the router is itself again it must not serve the next strike.
        again = router.transact(router.base, guard_seconds=NEVER)
        return End(outcome, message, state, again.outcome.value)

    def _blow(self, router: Router, fault: str, step: str, when: str, seconds: int) -> tuple[str, str]:
        bundle = every_component_changed(router.base)
        if fault == "kill":
            _run_and_die(router, bundle, step, when, seconds)
            return "", ""
        blow = struck.drop if fault == "drop" else lambda _: _power_cut(router)
        report = struck.transact(router.login(), bundle, seconds, step, when, blow)
        return report.outcome.value, report.message


def _named(router: Router) -> Router:
    """FRR shows the machine's own name, so the bundle must have it too."""
    router.base = router.base.replace("hostname dut\n", f"hostname {router.name}\n")
    return router


def _both_states(router: Router) -> tuple[str, str]:
    """What the old and the new state look like on this router; it is left in the old one."""
    states = []
    for bundle in (router.base, every_component_changed(router.base), router.base):
        router.expect("changed", bundle, guard_seconds=NEVER)
        states.append(essence(router))
    old, new, back = states
    assert old == back != new
    return old, new


def essence(router: Router) -> str:
    """The router's state without the times of its files and without its own name and management address."""
    state = re.sub(r"(?m)^(/\S+ \d+ \w+ \w+) \d+$", r"\1", router.state())
    lines = [line for line in state.splitlines() if "eth0 inet" not in line and " dev eth0" not in line]
    return "\n".join(lines).replace(router.name, "NAME")


def _run_and_die(router: Router, bundle: str, step: str, when: str, seconds: int) -> None:
    job = {
        "login": dataclasses.asdict(router.login()),
        "bundle": bundle,
        "guard_seconds": seconds,
        "step": step,
        "when": when,
    }
    done = subprocess.run(
        [sys.executable, struck.__file__],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if "UnreachedError" in done.stderr:
        raise struck.UnreachedError(done.stderr.splitlines()[-1])
    assert done.returncode == -9, done.stdout + done.stderr


def _power_cut(router: Router) -> None:
    router.lab.kill(router.name)
    router.lab.start(router.name)


@pytest.fixture(scope="module")
def ends() -> Iterator[dict[tuple[str, str, str], Future[End]]]:
    """All strikes, some at a time: most of each is waiting for a guard."""
    identity = Identity(ROOT, "faults")
    lab = Lab(identity)
    machine = {"kind": "appliance", "ports": ["eth1", "eth2", "eth3"]}
    topology = scenario.build([{"name": name, **machine} for name in ROUTERS])
    try:
        lab.down()
        lab.up(topology)
    except LabError as error:
        pytest.fail(str(error), pytrace=False)
    try:
        ring = Ring(RunningLab(identity, topology))
        with ThreadPoolExecutor(len(ROUTERS)) as pool:
            yield {place: pool.submit(ring.strike, *place) for place in MATRIX}
            pool.shutdown(cancel_futures=True)
    finally:
        lab.down()


@pytest.mark.parametrize(("fault", "step", "when"), MATRIX, ids=[" ".join(place) for place in MATRIX])
def test_old_or_new_and_the_report_says_which(
    ends: dict[tuple[str, str, str], Future[End]], fault: str, step: str, when: str
) -> None:
    end = ends[fault, step, when].result()
    assert end.state in ("old", "new"), end
    told = {"changed": "new", "rolled_back": "old", "offline": "old", "refused": "old", "": end.state}
    if end.outcome == "failed":
        # Only where the device was confirmed already and the rest is unknown to the controller.
        assert (step, end.state) == ("save", "new"), end
        assert "dikonfirmasi" in end.message
    else:
        assert told[end.outcome] == end.state, end
    assert end.again in ("changed", "in_sync"), end
