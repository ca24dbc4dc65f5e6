# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs real playbooks on this machine with the repository's ansible.cfg, as operators do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
Run = Callable[..., subprocess.CompletedProcess[str]]

# `far` never answers (discard port of this machine), `here` and `there` are this machine.
INVENTORY = """
all:
  vars:
    ansible_python_interpreter: "{python}"
    terpusat_government: {{code: uji}}
    terpusat_register: {{not_in_service: {{ordered: [rt-satpolpp], racked: [srv3]}}}}
  hosts:
    here: {{ansible_connection: local}}
    there: {{ansible_connection: local}}
    far: {{ansible_host: 127.0.0.1, ansible_port: 9, ansible_connection: ssh}}
"""


@pytest.fixture
def playbook(tmp_path: Path) -> Run:
    """Runs a playbook text: playbook(text, *arguments, **environment)."""
    inventory = tmp_path / "inventory.yml"
    inventory.write_text(INVENTORY.format(python=sys.executable), encoding="utf-8")

    def run(text: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        path = tmp_path / "play.yml"
        path.write_text(text, encoding="utf-8")
        env = {
            **os.environ,
            "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
            "ANSIBLE_HOME": str(tmp_path / "home"),
            "XDG_STATE_HOME": str(tmp_path / "state"),
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_ACTION_PLUGINS": str(Path(__file__).parent / "doubles"),
            "LC_ALL": "C.UTF-8",
            **environment,
        }
        program = Path(sys.executable).with_name("ansible-playbook")
        return subprocess.run(
            [str(program), "-i", str(inventory), str(path), *arguments],
            cwd=tmp_path, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    return run
