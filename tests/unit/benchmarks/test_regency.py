# SPDX-License-Identifier: GPL-3.0-or-later
"""The generated governments: the same bytes every time, valid, planned, of the size asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import regency
from benchmarks.figures import Figure, size_table

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.folder_hosts import folder_hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.folder_plan import plan_folder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import write_lock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*.yml")}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        regency.write(tmp_path / name, 60, seed)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert contents(tmp_path / "a") != contents(tmp_path / "c")


@pytest.mark.parametrize("locations", [7, 130])
def test_it_is_valid_can_be_planned_and_has_hosts(tmp_path: Path, locations: int) -> None:
    regency.write(tmp_path, locations)
    loaded = load(tmp_path / "register")
    assert loaded.register is not None, loaded.text()
    assert sum(len(opd.locations) for opd in loaded.register.opds) == locations + 1  # and the server room
    planned = plan_folder(tmp_path)
    assert planned.errors == ()
    write_lock(planned.path, planned.after)
    assert not plan_folder(tmp_path).changed
    found = folder_hosts(tmp_path).hosts
    assert found is not None
    assert [host.name for host in found.hosts if host.intent is None] == []
    assert sum(host.facts["role"] == "opd_router" for host in found.hosts) >= locations // 4


def test_the_table_tells_how_cost_grows() -> None:
    found = [Figure("plan", size, 0, 1, size / 100, size / 200, size * 1024 * 1024) for size in (100, 1000)]
    lines = size_table(found).splitlines()
    assert lines[0].startswith("| step | 100: wall s, cpu s, MiB")
    assert "1.0, 0.5, 100" in lines[2]
    assert lines[2].endswith("| 1.00     | 1.00        |")
