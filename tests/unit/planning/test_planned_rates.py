# SPDX-License-Identifier: GPL-3.0-or-later
"""The bandwidth plan reaches the routers: CIR, MIR and priority of bandwidth_plan.yml stand in the intents."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.folder_hosts import FolderHosts, folder_hosts

LAB = Path(__file__).parents[3] / "inventories" / "lab"
PLAN = """\
version: 1
reservations: {}
offices:
  disdik: {cir: 4 Mbps, mir: 9 Mbps, priority: 5}
locations:
  disdik/kantor: {cir: 3 Mbps, mir: 8 Mbps}
"""


@pytest.fixture
def government(tmp_path: Path) -> Path:
    folder = tmp_path / "pemda"
    shutil.copytree(LAB, folder)
    (folder / "bandwidth_plan.yml").unlink()
    return folder


def classes(found: FolderHosts, host: str) -> dict[str, dict[str, Any]]:
    assert found.hosts is not None, found.problems
    (intent,) = (one.intent for one in found.hosts.hosts if one.name == host)
    assert intent is not None
    return {entry["name"]: entry for shaping in intent["shaping"] for entry in shaping["classes"]}  # type: ignore[typeddict-item]


def test_without_a_plan_everybody_has_what_is_allocated(government: Path) -> None:
    at_border = classes(folder_hosts(government), "br1")["disdik"]
    assert (at_border["rate_bps"], at_border["ceil_bps"]) == (5_000_000, 5_000_000)


def test_the_plan_sets_the_class_of_an_opd_and_the_share_of_a_place(government: Path) -> None:
    (government / "bandwidth_plan.yml").write_text(PLAN)
    found = folder_hosts(government)
    at_border, at_office = classes(found, "br1"), classes(found, "rt-disdik")
    assert (at_border["disdik"]["rate_bps"], at_border["disdik"]["ceil_bps"]) == (4_000_000, 9_000_000)
    assert at_border["disdik"]["priority"] == at_office["disdik"]["priority"] == 5
    # Alone on its own way up, with nobody to borrow from: the highest rate at once.
    assert (at_office["disdik"]["rate_bps"], at_office["disdik"]["ceil_bps"]) == (8_000_000, 8_000_000)
    # Who is not in the plan keeps what is allocated.
    assert (at_border["dinkes"]["rate_bps"], at_border["dinkes"]["ceil_bps"]) == (12_000_000, 12_000_000)


def test_a_damaged_plan_is_told_and_no_host_is_made_of_it(government: Path) -> None:
    (government / "bandwidth_plan.yml").write_text(PLAN.replace("mir: 9 Mbps", "mir: 3 Mbps"))
    found = folder_hosts(government)
    assert found.hosts is None
    assert any("cir melebihi mir" in str(problem) for problem in found.problems)
