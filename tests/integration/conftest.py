# SPDX-License-Identifier: GPL-3.0-or-later
"""One real Debian router of its own (a container with systemd), for tests of the guarded transaction."""

from __future__ import annotations

import fcntl
import itertools
import os
import pathlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from labkit import scenario
from labkit.errors import LabError
from labkit.identity import Identity
from labkit.lab import Lab
from labkit.running import RunningLab

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(pathlib.Path(__file__).parent))

from router import NEVER, Router  # noqa: E402


@contextmanager
def _place() -> Iterator[Identity]:
    """A name that no other pytest of this checkout uses now; what a killed one left under it is removed by `Lab`."""
    folder = ROOT / ".lab"
    folder.mkdir(exist_ok=True)
    for number in itertools.count(1):
        with (folder / f"devices{number}.lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield Identity(ROOT, f"devices{number}")
            return


@pytest.fixture(scope="session")
def router() -> Iterator[Router]:
    """The router; a machine that cannot run it is a failure, not a skip.

    ``TERPUSAT_KEEP_ROUTER`` in the environment keeps it between two runs, while one works on a test.
    """
    with _place() as identity:
        lab = Lab(identity)
        topology = scenario.build([{"name": "dut", "kind": "appliance", "ports": ["eth1", "eth2", "eth3"]}])
        try:
            if "TERPUSAT_KEEP_ROUTER" not in os.environ:
                lab.down()
            lab.up(topology)
        except LabError as error:
            pytest.fail(str(error), pytrace=False)
        yield Router(ROOT, RunningLab(identity, topology), "dut")
        if "TERPUSAT_KEEP_ROUTER" not in os.environ:
            lab.down()


@pytest.fixture
def configured(router: Router) -> Router:
    """The router, in sync with the base bundle."""
    report = router.transact(router.base)
    if report.outcome not in ("in_sync", "changed"):
        # A test that failed with a guard armed must not take the next ones with it.
        router.wait("! test -L /var/lib/terpusat/guard/armed", NEVER)
        report = router.transact(router.base)
    assert report.outcome in ("in_sync", "changed"), report.message
    return router
