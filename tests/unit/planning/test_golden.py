# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Golden host vars: of the lab, against which the roles' templates are tested, and of the small government that the
Molecule scenarios of the network roles act in, which stays as it is when the lab grows. UPDATE_GOLDEN=1 writes them."""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePath

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import read_lock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load

ROOT = Path(__file__).parents[3]
GOVERNMENTS = {
    ROOT / "inventories" / "lab": ROOT / "tests" / "golden" / "lab",
    ROOT / "molecule" / "shared" / "government": ROOT / "molecule" / "shared" / "hosts",
}
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
    golden, texts = GOVERNMENTS[folder], fresh(folder)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.mkdir(parents=True, exist_ok=True)
        for path in golden.glob("*.json"):
            path.unlink()
        for name, text in texts.items():
            (golden / name).write_text(text, encoding="utf-8")
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in golden.glob("*.json")}
    assert on_disk == texts, "jalankan: make golden"
