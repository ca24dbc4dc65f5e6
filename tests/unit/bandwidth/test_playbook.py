# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/bandwidth.yml as an operator runs it, and the lock file it keeps."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import read_plan_lock

ROOT = Path(__file__).parents[3]
EVENTS = """\
events:
  - code: cat-2026
    name: Ujian CAT
    opd: disdik
    location: kantor
    days: {start: 2026-12-08, end: 2026-12-10}
    computers: 50
    spare: 5
    bandwidth: 100 Mbps
"""
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def government(tmp_path: Path) -> Path:
    """The lab's government with more granted than its uplink carries, and an examination at the education office."""
    folder = tmp_path / "inventories" / "lab"
    shutil.copytree(ROOT / "inventories" / "lab", folder)
    (folder / "bandwidth_plan.yml").unlink(missing_ok=True)
    register = folder / "register"
    register.joinpath("events.yml").write_text(EVENTS)
    text = register.joinpath("bandwidth.yml").read_text()
    text = text.replace("granted: 20 Mbps", "granted: 200 Mbps").replace("granted: 10 Mbps", "granted: 100 Mbps")
    register.joinpath("bandwidth.yml").write_text(text)
    text = register.joinpath("circuits.yml").read_text().replace("domestic: 30 Mbps", "domestic: 250 Mbps")
    register.joinpath("circuits.yml").write_text(text)
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("ANSIBLE_")} | {
            "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
            "ANSIBLE_LOCAL_TEMP": str(tmp_path / "ansible"),
            "ANSIBLE_NOCOLOR": "1",
        }
        program = Path(sys.executable).parent / "ansible-playbook"
        return subprocess.run(
            [program, "playbooks/bandwidth.yml", "-i", "localhost,", *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return command


def on(folder: Path, day: str) -> list[str]:
    return ["-e", f"terpusat_bandwidth_folder={folder}", "-e", f"terpusat_bandwidth_date={day}"]


def test_plan_reserve_and_release(run: Run, government: Path) -> None:
    lock = government / "bandwidth_plan.yml"
    looked = run("--check", "--diff", *on(government, "2026-11-22"))
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert "+version: 1" in looked.stdout
    assert "akan ditulis ulang" in looked.stdout
    assert not lock.exists()

    written = run(*on(government, "2026-11-22"))
    assert "changed=1" in written.stdout, written.stdout + written.stderr
    ordinary = lock.read_text()
    again = run(*on(government, "2026-11-23"))
    assert "changed=0" in again.stdout
    assert "Tidak ada yang berubah" in again.stdout

    exam = run("--diff", *on(government, "2026-12-08"))
    assert "changed=1" in exam.stdout, exam.stdout + exam.stderr
    assert "dipesan: acara cat-2026 100 Mbps di disdik/kantor" in exam.stdout
    assert "Yang memberi:" in exam.stdout
    found = read_plan_lock(lock).lock
    assert found is not None
    assert found.offices["disdik"].priority == 0

    released = run(*on(government, "2026-12-11"))
    assert "dilepas: acara cat-2026" in released.stdout
    assert lock.read_text() == ordinary


def test_what_cannot_be_planned_is_told_and_nothing_is_written(run: Run, government: Path) -> None:
    done = run(*on(government, "2027-02-01"))
    assert done.returncode == 2
    assert "tidak ada uplink utama yang kontraknya berlaku pada 2027-02-01" in done.stdout + done.stderr
    assert not (government / "bandwidth_plan.yml").exists()
    wrong = run(*on(government, "8 Desember"))
    assert "bukan tanggal" in wrong.stdout + wrong.stderr


def test_without_government_it_says_what_to_give(run: Run) -> None:
    done = run()
    assert done.returncode == 2
    assert "-i inventories/<nama>" in done.stdout + done.stderr
