# SPDX-License-Identifier: GPL-3.0-or-later
"""A stage is a matter of the OPD's own routers: rollout.yml configures no others for it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import STAGES, Register, Stage

from .conftest import Changed


def intents(register: Register, allocations: Allocations) -> dict[str, Any]:
    return {host.name: host.intent for host in hosts(register, allocations, PurePath("/pemda")).hosts}


@pytest.mark.parametrize("stage", STAGES)
def test_only_the_office_s_own_router_follows_its_stage(
    lab: Register, dinkes: Changed, allocations: Allocations, stage: Stage
) -> None:
    before, after = intents(lab, allocations), intents(dinkes(stage=stage), allocations)
    assert {name for name in before if before[name] != after[name]} <= {"rt-dinkes"}
    moved = stage in ("cutover", "terminated")
    assert (before["rt-dinkes"] == after["rt-dinkes"]) == moved, "the lab's dinkes has been cut over"
