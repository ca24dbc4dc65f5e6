# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Golden host vars of the lab: what the templates of the roles are tested against. UPDATE_GOLDEN=1 writes them anew."""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePath

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register

GOLDEN = Path(__file__).parents[2] / "golden" / "lab"
#: Stands for the folder of the checkout, which differs from machine to machine.
FOLDER = PurePath("/government")


@pytest.fixture(scope="module")
def fresh(lab: Register, lab_allocations: Allocations) -> dict[str, str]:
    found = hosts(lab, lab_allocations, FOLDER)
    return {
        f"{host.name}.json": json.dumps({**found.shared, **host.variables}, indent=2, ensure_ascii=False) + "\n"
        for host in found.hosts
    }


def test_golden_files_are_fresh(fresh: dict[str, str]) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for path in GOLDEN.glob("*.json"):
            path.unlink()
        for name, text in fresh.items():
            (GOLDEN / name).write_text(text, encoding="utf-8")
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in GOLDEN.glob("*.json")}
    assert on_disk == fresh, "jalankan: UPDATE_GOLDEN=1 python -m pytest tests/unit/planning/test_golden.py"
