# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planning a folder: what is written, what is refused, what is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.folder_plan import plan_folder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import write_lock

LAB = Path(__file__).parents[3] / "inventories" / "lab"
INVENTORIES = sorted(path.parent for path in LAB.parent.glob("*/terpusat.yml"))


@pytest.mark.parametrize("government", INVENTORIES, ids=lambda path: path.name)
def test_lock_files_of_the_inventories_are_up_to_date(government: Path) -> None:
    planned = plan_folder(government)
    assert planned.errors == ()
    assert planned.changes == ()
    assert planned.reserved == ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(LAB / "register", tmp_path / "register")
    shutil.copytree(LAB / "files", tmp_path / "files")
    shutil.copy(LAB / "allocations.yml", tmp_path)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_planned_folder_changes_nothing(folder: Path) -> None:
    planned = plan_folder(folder)
    assert not planned.changed
    assert planned.errors == planned.changes == planned.reserved == ()


def test_comments_stay_while_no_number_changes(folder: Path) -> None:
    edit(folder / "allocations.yml", "locations:\n", "# disepakati dengan Dinkes\nlocations:\n")
    assert not plan_folder(folder).changed


def test_without_lock_file_everything_is_planned(folder: Path) -> None:
    before = (folder / "allocations.yml").read_text()
    (folder / "allocations.yml").unlink()
    planned = plan_folder(folder)
    assert planned.changed
    assert planned.before == ""
    serving = yaml.safe_load((folder / "register" / "devices.yml").read_text())["devices"]
    number = sum(device["readiness"] == "in_service" for device in serving)
    assert any(f"{number} perangkat yang in_service" in remark for remark in planned.remarks)
    owners = {key: set(value) for key, value in yaml.safe_load(before).items() if isinstance(value, dict)}
    assert {key: set(value) for key, value in yaml.safe_load(planned.after).items() if key in owners} == owners
    write_lock(planned.path, planned.after)
    assert not plan_folder(folder).changed


def test_a_dry_pool_is_an_error_at_the_pool_and_nothing_is_planned(folder: Path) -> None:
    edit(folder / "register" / "government.yml", "office_lan: 10.20.0.0/16", "office_lan: 10.20.0.0/24")
    (folder / "allocations.yml").unlink()
    planned = plan_folder(folder)
    assert not planned.changed
    (problem,) = planned.errors
    assert Path(problem.file) == folder / "register" / "government.yml"
    assert "office_lan" in (folder / "register" / "government.yml").read_text().splitlines()[problem.line - 1]
    assert problem.key == "government.address_pools.office_lan"
    assert "satpolpp/kantor" in problem.what
    assert "Perbesar kolamnya" in problem.action


def test_errors_of_the_register_and_of_the_lock_file_stop_the_plan(folder: Path) -> None:
    edit(folder / "allocations.yml", "br1: 10.255.0.1", "br1: 10.0.0.1")
    (problem,) = plan_folder(folder).errors
    assert problem.key == "loopbacks.br1"
    edit(folder / "register" / "devices.yml", "role: core_switch", "role: core_swich")
    planned = plan_folder(folder)
    assert [problem.key for problem in planned.errors] == ["devices[core1].role"]
    assert not planned.changed


def test_what_left_the_register_is_named_and_pruned_on_demand(folder: Path) -> None:
    edit(folder / "allocations.yml", "  srv1: 10.10.0.11\n", "  srv1: 10.10.0.11\n  srv9: 10.10.0.19\n")
    edit(folder / "allocations.yml", "61:10::11\n", "61:10::11\n  srv9: 2001:db8:61:10::19\n")
    kept = plan_folder(folder)
    assert not kept.changed
    assert kept.reserved == ("server srv9",)
    pruned = plan_folder(folder, prune=True)
    assert pruned.changes == ("dihapus: server srv9 (tadinya 10.10.0.19, 2001:db8:61:10::19)",)
    assert "srv9" not in pruned.after
