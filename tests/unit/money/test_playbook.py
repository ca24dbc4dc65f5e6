# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/report.yml as an operator runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def run(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ANSIBLE_")} | {
        "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
        "ANSIBLE_LOCAL_TEMP": str(tmp_path / "ansible"),
        "ANSIBLE_NOCOLOR": "1",
    }
    folder = tmp_path / "lab"
    return subprocess.run(
        [
            Path(sys.executable).parent / "ansible-playbook",
            "playbooks/report.yml",
            *("-i", "localhost,", "-e", f"terpusat_report_folder={folder}", "-e", "terpusat_report_date=2026-11-22"),
            *arguments,
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_looked_at_written_and_then_the_same(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "inventories" / "lab", tmp_path / "lab")
    report = tmp_path / "lab" / "laporan"
    looked = run(tmp_path, "--check")
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert "changed=1" in looked.stdout
    assert not report.exists()
    assert "changed=1" in run(tmp_path).stdout
    first = {path.name: path.read_bytes() for path in report.iterdir()}
    assert set(first) == {"belanja-internet.html", "belanja-internet.xlsx"}
    assert "Kabupaten Lab" in first["belanja-internet.html"].decode()
    assert "changed=0" in run(tmp_path).stdout
    assert {path.name: path.read_bytes() for path in report.iterdir()} == first


def test_a_register_with_mistakes_gives_no_report(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "inventories" / "lab", tmp_path / "lab")
    circuits = tmp_path / "lab" / "register" / "circuits.yml"
    circuits.write_text(circuits.read_text().replace("kind: uplink", "kind: uplnk"))
    done = run(tmp_path)
    assert done.returncode == 2
    assert "Laporan tidak dibuat" in done.stdout + done.stderr
    assert not (tmp_path / "lab" / "laporan").exists()
