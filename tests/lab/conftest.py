# SPDX-License-Identifier: GPL-3.0-or-later
"""The embedded lab, for tests that send packets through it."""

from pathlib import Path

import pytest
from labkit import machine, topology
from labkit.errors import LabError
from labkit.identity import Identity
from labkit.register_source import read
from labkit.running import RunningLab

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def lab() -> RunningLab:
    """The lab of this checkout. A lab that is not up is a failure, not a skip."""
    try:
        machine.require()
        running = RunningLab(Identity(ROOT), topology.build(read(ROOT / "inventories" / "lab" / "register")))
        running.require_up()
    except LabError as error:
        pytest.fail(str(error), pytrace=False)
    return running


def pytest_configure(config: pytest.Config) -> None:
    """``make lab`` leaves these out; ``make test`` runs them."""
    config.addinivalue_line("markers", "beside: measures no time and no rate, so tests/unit may run beside it")
    config.addinivalue_line("markers", "slow: builds or breaks a lab of its own (minutes)")
    config.addinivalue_line("markers", "walk: configures the whole lab anew, some times over; `make walks` runs them")
