# SPDX-License-Identifier: GPL-3.0-or-later
"""What importing the sessions brings along, and that a deferred module works when it is used after all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SESSION = "ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session"


def python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT / "collections", capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_sessions_bring_neither_invoke_nor_netmiko() -> None:
    code = f"import sys, {SESSION}; print([name in sys.modules for name in ('paramiko', 'invoke.tasks', 'netmiko')])"
    assert python(code) == "[True, False, False]"


def test_match_exec_works_all_the_same() -> None:
    code = (
        f"import {SESSION}, paramiko\n"
        "config = paramiko.SSHConfig.from_text('Match exec \"true\"\\n  HostName 10.0.0.1\\n')\n"
        "print(config.lookup('rt1')['hostname'])"
    )
    assert python(code) == "10.0.0.1"
