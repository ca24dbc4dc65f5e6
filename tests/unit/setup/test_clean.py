# SPDX-License-Identifier: GPL-3.0-or-later
"""`make clean` asks the machine what stands: containers of this checkout are found without `.lab` too."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from labkit.identity import Identity

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"


def tool(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def clean(tmp_path: Path, container: str, uid: int = 0) -> tuple[subprocess.CompletedProcess[str], bool]:
    """Run the script in a checkout without `.lab`, on a machine with one container; say whether it called the lab."""
    checkout = tmp_path / "check out"
    (checkout / "scripts").mkdir(parents=True)
    for name in ("clean", "lib.sh"):
        shutil.copy2(SCRIPTS / name, checkout / "scripts" / name)
    tool(checkout / ".venv" / "bin" / "python", "exit 0")
    tool(checkout / "molecule" / "lab" / "lab", f'echo "$*" >"{tmp_path}/called"')
    tool(tmp_path / "bin" / "podman", f"echo {container.format(Identity(checkout).prefix)}")
    tool(tmp_path / "bin" / "id", f"echo {uid}")
    env = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    done = subprocess.run([checkout / "scripts" / "clean"], env=env, capture_output=True, text=True, check=False)
    called = tmp_path / "called"
    return done, called.exists() and called.read_text() == "clean\n"


def test_a_lab_whose_state_is_gone_is_found_by_its_name(tmp_path: Path) -> None:
    done, called = clean(tmp_path, "{}-br1")
    assert done.returncode == 0, done.stderr
    assert called


def test_a_scenario_that_was_left_is_found(tmp_path: Path) -> None:
    assert clean(tmp_path, "{}.base-srv1")[1]


def test_another_checkouts_lab_is_not_ours(tmp_path: Path) -> None:
    done, called = clean(tmp_path, "terpusat-000000-br1")
    assert done.returncode == 0, done.stderr
    assert not called


def test_without_root_it_says_what_to_do_and_removes_nothing(tmp_path: Path) -> None:
    done, called = clean(tmp_path, "{}-br1", uid=1000)
    assert done.returncode == 1
    assert "sudo make clean" in done.stderr
    assert not called
    assert (tmp_path / "check out" / ".venv").exists()
