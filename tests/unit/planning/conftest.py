# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's register and lock file, and the helper modules beside the tests."""

import pathlib
import sys

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import read_lock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.network import Network, network
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register

sys.path.insert(0, str(pathlib.Path(__file__).parent))

LAB = pathlib.Path(__file__).parents[3] / "inventories" / "lab"


@pytest.fixture(scope="session")
def lab() -> Register:
    loaded = load(LAB / "register")
    assert loaded.register is not None, loaded.text()
    return loaded.register


@pytest.fixture(scope="session")
def lab_allocations(lab: Register) -> Allocations:
    result = read_lock(LAB / "allocations.yml", lab)
    assert result.allocations is not None, result.problems
    return result.allocations


@pytest.fixture(scope="session")
def lab_network(lab: Register, lab_allocations: Allocations) -> Network:
    standing = network(lab, lab_allocations, frozenset())
    assert standing is not None
    return standing
