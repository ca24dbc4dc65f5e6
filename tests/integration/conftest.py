# SPDX-License-Identifier: GPL-3.0-or-later
"""One real Debian router of its own (a container with systemd), for tests of the guarded transaction."""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Iterator

import pytest
from labkit import scenario
from labkit.errors import LabError
from labkit.identity import Identity
from labkit.lab import Lab
from labkit.progress import Progress
from labkit.running import RunningLab

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(pathlib.Path(__file__).parent))

from router import Router  # noqa: E402


@pytest.fixture(scope="session")
def router() -> Iterator[Router]:
    """The router; a machine that cannot run it is a failure, not a skip.

    ``TERPUSAT_KEEP_ROUTER`` in the environment keeps it between two runs, while one works on a test.
    """
    identity = Identity(ROOT, "devices")
    lab = Lab(identity, Progress())
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
    # A long guard: the very first time everything is installed and started.
    report = router.transact(router.base, guard_seconds=180)
    assert report.outcome in ("in_sync", "changed"), report.message
    return router
