# SPDX-License-Identifier: GPL-3.0-or-later
"""What it costs to validate, plan and list governments of growing size, each step in a process of its own."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from . import regency
from .cost import Cost, FailedError, measure
from .figures import Figure, median

ROOT = Path(__file__).resolve().parents[2]
_PACKAGE = "ansible_collections.diskominfo.terpusat.plugins.module_utils"
_VALIDATE = f"""
import pathlib, sys
from {_PACKAGE}.register.loading import load
loaded = load(pathlib.Path(sys.argv[1], "register"))
print("GOOD" if loaded.register else loaded.text())
"""
_PLAN = f"""
import pathlib, sys
from {_PACKAGE}.planning.folder_plan import plan_folder
from {_PACKAGE}.planning.lock_file import write_lock
planned = plan_folder(pathlib.Path(sys.argv[1]))
write_lock(planned.path, planned.after, planned.before)
print("GOOD" if not planned.errors and planned.changed is (len(sys.argv) == 2) else planned)
"""
_BANDWIDTH = f"""
import datetime, pathlib, sys
from {_PACKAGE}.planning.bandwidth.plan import plan
from {_PACKAGE}.register.loading import load
planned = plan(load(pathlib.Path(sys.argv[1], "register")).register, datetime.date(2026, 11, 22))
print("GOOD" if planned.offices else planned.overloads)
"""
_REPORT = f"""
import datetime, pathlib, sys
from {_PACKAGE}.register.loading import load
from {_PACKAGE}.reports.spending import spending_report
from {_PACKAGE}.reports.xlsx import xlsx
report = spending_report(load(pathlib.Path(sys.argv[1], "register")).register, datetime.date(2026, 11, 22))
print("GOOD" if xlsx(report) else report)
"""
_TIMEOUT = 900


def run(sizes: Sequence[int], repeat: int) -> list[Figure]:
    """Figures of every step for every number of locations. Raises FailedError when a step does not end well."""
    costs: dict[tuple[str, int], list[Cost]] = {}
    with tempfile.TemporaryDirectory(prefix="terpusat-registers-") as scratch:
        for _ in range(repeat):
            for size in sizes:
                folder = Path(scratch, f"reg-{size}")
                shutil.rmtree(folder, ignore_errors=True)
                regency.write(folder, size)
                for name, argv in _steps(folder).items():
                    costs.setdefault((name, size), []).append(_cost(name, argv, Path(scratch)))
    return [median(name, size, 0, found) for (name, size), found in costs.items()]


def _steps(folder: Path) -> dict[str, list[str | Path]]:
    """In their order: a later one needs what an earlier one wrote."""
    return {
        "validate": [sys.executable, "-c", _VALIDATE, folder],
        "plan, nothing numbered yet": [sys.executable, "-c", _PLAN, folder],
        "plan again, nothing to do": [sys.executable, "-c", _PLAN, folder, "same"],
        "bandwidth plan": [sys.executable, "-c", _BANDWIDTH, folder],
        "spending report": [sys.executable, "-c", _REPORT, folder],
        "ansible-inventory --graph": [Path(sys.executable).parent / "ansible-inventory", "-i", folder, "--graph"],
    }


def _cost(name: str, argv: Sequence[str | Path], scratch: Path) -> Cost:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "collections"),
        "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
    }
    cost, output = measure(argv, scratch, environment, _TIMEOUT)
    proof = "--@role_opd_router" if name.startswith("ansible-inventory") else "GOOD"
    if proof not in output:
        raise FailedError(f"{name}: tidak ada {proof} di keluarannya:\n{output[-2000:]}")
    return cost
