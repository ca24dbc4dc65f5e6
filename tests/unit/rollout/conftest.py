# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's register, with the dinkes at any stage."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import read_lock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register

LAB = pathlib.Path(__file__).parents[3] / "inventories" / "lab"

type Changed = Callable[..., Register]


@pytest.fixture(scope="session")
def lab() -> Register:
    loaded = load(LAB / "register")
    assert loaded.register is not None, loaded.text()
    return loaded.register


@pytest.fixture(scope="session")
def allocations(lab: Register) -> Allocations:
    result = read_lock(LAB / "allocations.yml", lab)
    assert result.allocations is not None, result.problems
    return result.allocations


@pytest.fixture
def dinkes(lab: Register) -> Changed:
    """``dinkes(stage="cutover", complaints=(...))``: fields of the OPD, or lists of the register, changed."""

    def change(**fields: Any) -> Register:
        lists = {key: fields.pop(key) for key in list(fields) if key in Register.model_fields}
        opds = tuple(opd.model_copy(update=fields) if opd.code == "dinkes" else opd for opd in lab.opds)
        # Not model_copy: a register remembers who is who, and the copy would remember the old ones.
        return Register.model_construct(**{**dict(lab), "opds": opds, **lists})

    return change
