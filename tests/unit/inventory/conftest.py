# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy of the lab's folder to spoil, and Ansible's own commands to read it with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LAB = ROOT / "inventories" / "lab"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def government(tmp_path: Path) -> Path:
    folder = tmp_path / "inventories" / "lab"
    shutil.copytree(LAB, folder)
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command of ansible-core with the project's settings, from the project's folder."""

    def command(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        program = Path(sys.executable).parent / name
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("ANSIBLE_")},
            "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
            "ANSIBLE_LOCAL_TEMP": str(tmp_path / "ansible"),
            "ANSIBLE_NOCOLOR": "1",
            "COLUMNS": "200",
        }
        return subprocess.run(
            [program, *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return command


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture(name="edit")
def edit_fixture() -> Callable[[Path, str, str], None]:
    return edit
