# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy of the collection in which a test may replace a plugin or add a platform, and plays that run with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests" / "unit" / "devices" / "fourth")]

Run = Callable[..., subprocess.CompletedProcess[str]]


def copy_of_the_collection(folder: Path) -> Path:
    """A collections folder with our collection in it; returns the collection's own folder."""
    home = folder / "ansible_collections" / "diskominfo" / "terpusat"
    home.mkdir(parents=True)
    for name in ("plugins", "roles", "meta", "playbooks"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "galaxy.yml", home)
    return home


@pytest.fixture(scope="session")
def keyval_collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collection plus a platform of ``key = value`` lines and the OPD router's template for it."""
    home = copy_of_the_collection(tmp_path_factory.mktemp("keyval"))
    fourth = ROOT / "tests" / "unit" / "devices" / "fourth"
    shutil.copytree(fourth / "keyval", home / "plugins/module_utils/devices/platforms/keyval")
    template = "{% for key, value in terpusat_intent.lines | dictsort %}\n{{ key }} = {{ value }}\n{% endfor %}\n"
    (home / "roles/opd_router/templates/keyval.j2").write_text(template)
    specs = home / "roles/opd_router/meta/argument_specs.yml"
    told = yaml.safe_load(specs.read_text())
    for name in ("terpusat_host", "terpusat_intent"):  # they know nothing of this platform
        del told["argument_specs"]["main"]["options"][name]
    specs.write_text(yaml.safe_dump(told))
    return home


@pytest.fixture
def ansible(tmp_path: Path) -> Run:
    """ansible(collection, playbook, inventory, *arguments, **environment); playbook and inventory are data or paths."""

    def run(
        collection: Path, playbook: Any, inventory: Any, *arguments: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        paths = [_file(tmp_path, name, data) for name, data in (("hosts.json", inventory), ("play.json", playbook))]
        configuration = tmp_path / "ansible.cfg"
        text = (ROOT / "ansible.cfg").read_text().replace("= collections\n", f"= {collection.parents[2]}\n")
        configuration.write_text(text)
        env = {
            **os.environ,
            "ANSIBLE_CONFIG": str(configuration),
            "ANSIBLE_HOME": str(tmp_path / "home"),
            "XDG_STATE_HOME": str(tmp_path / "state"),
            "ANSIBLE_NOCOLOR": "1",
            **environment,
        }
        program = Path(sys.executable).with_name("ansible-playbook")
        return subprocess.run(
            [str(program), "-i", paths[0], paths[1], *arguments],
            cwd=tmp_path, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip

    return run


def _file(folder: Path, name: str, data: Any) -> str:
    if isinstance(data, Path):
        return str(data)
    (folder / name).write_text(json.dumps(data))
    return str(folder / name)
