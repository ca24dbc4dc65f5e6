# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Golden host vars: of the lab, against which the roles' templates are tested, and of the small government that the
Molecule scenarios of the network roles act in, which stays as it is when the lab grows. A scenario of a server role may
have a folder ``government/`` of its own, whose files take the place of those of the small government; its ``hosts/``
are made from that. UPDATE_GOLDEN=1 writes them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path, PurePath

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import read_lock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load

ROOT = Path(__file__).parents[3]
SHARED = ROOT / "molecule" / "shared" / "government"
GOVERNMENTS = {
    ROOT / "inventories" / "lab": ROOT / "tests" / "golden" / "lab",
    SHARED: ROOT / "molecule" / "shared" / "hosts",
}
SCENARIOS = sorted(folder for folder in ROOT.glob("molecule/*/government") if folder != SHARED)
#: Stands for the folder of the checkout, which differs from machine to machine.
FOLDER = PurePath("/government")


def fresh(folder: Path) -> dict[str, str]:
    loaded = load(folder / "register")
    assert loaded.register is not None, loaded.text()
    lock = read_lock(folder / "allocations.yml", loaded.register)
    assert lock.allocations is not None, lock.problems
    found = hosts(loaded.register, lock.allocations, FOLDER)
    return {
        f"{host.name}.json": json.dumps({**found.shared, **host.variables}, indent=2, ensure_ascii=False) + "\n"
        for host in found.hosts
    }


@pytest.mark.parametrize("folder", GOVERNMENTS, ids=lambda folder: folder.name)
def test_golden_files_are_fresh(folder: Path) -> None:
    compare(GOVERNMENTS[folder], fresh(folder))


@pytest.mark.parametrize("folder", SCENARIOS, ids=lambda folder: folder.parent.name)
def test_a_scenarios_own_government_is_fresh(folder: Path, tmp_path: Path) -> None:
    whole = shutil.copytree(SHARED, tmp_path / "government")
    shutil.copytree(folder, whole, dirs_exist_ok=True)
    compare(folder.parent / "hosts", fresh(whole))


def compare(golden: Path, texts: dict[str, str]) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        golden.mkdir(parents=True, exist_ok=True)
        for path in golden.glob("*.json"):
            path.unlink()
        for name, text in texts.items():
            (golden / name).write_text(text, encoding="utf-8")
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in golden.glob("*.json")}
    assert on_disk == texts, "jalankan: make golden"
