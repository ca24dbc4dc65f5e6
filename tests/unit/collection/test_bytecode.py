# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules below module_utils come through Python's own loader where Ansible's would compile them anew in every run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PLUGINS = "ansible_collections.diskominfo.terpusat.plugins"
PROGRAM = f"""
import json, sys
from importlib import import_module
from ansible.plugins.loader import init_plugin_loader
init_plugin_loader([{str(ROOT / "collections")!r}])
names = ["module_utils.register", "module_utils.register.units", "plugin_utils.device_target"]
specs = [import_module("{PLUGINS}." + name).__spec__ for name in names]
print(json.dumps([[type(spec.loader).__name__, spec.cached] for spec in specs]))
"""


def test_what_ansible_imports_keeps_its_bytecode(tmp_path: Path) -> None:
    # Into a folder of the test's own, whatever this run's own settings about bytecode are.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(tmp_path)
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    found = json.loads(run.stdout)
    assert [loader for loader, _ in found] == ["SourceFileLoader"] * 3
    assert all(Path(cached).is_relative_to(tmp_path) and Path(cached).is_file() for _, cached in found)
