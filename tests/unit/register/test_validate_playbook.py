# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/validate.yml as an operator runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]


def validate(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the playbook with the tools of this Python's environment; stdout and stderr come as one text."""
    environment = {
        **os.environ,
        "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
        "ANSIBLE_NOCOLOR": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    return subprocess.run(
        ["ansible-playbook", *arguments, "playbooks/validate.yml"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def government(write_register: Any) -> Any:
    """``government(*edits)`` writes a whole government's folder and returns it."""

    def write(*edits: Any) -> Path:
        folder: Path = write_register(*edits).parent
        (folder / "terpusat.yml").write_text("plugin: diskominfo.terpusat.register\n")
        return folder

    return write


def test_sound_register() -> None:
    run = validate("-i", "inventories/lab")
    assert run.returncode == 0, run.stdout
    assert "Register inventories/lab/register" in run.stdout
    devices = yaml.safe_load((ROOT / "inventories/lab/register/devices.yml").read_text())["devices"]
    ordered = sum(device["readiness"] == "ordered" for device in devices)
    counted = f"{len(devices)} (ordered {ordered}, in_service {len(devices) - ordered})"
    assert f"Perangkat jaringan : {counted}" in run.stdout
    assert "Hasil              : 2 peringatan" in run.stdout
    assert "changed=0" in run.stdout


MISTAKES = [
    ("devices", "    platform: linux", "    platfrom: linux"),
    ("bandwidth", "100 Mbps", "100 MBps"),
    ("applications", "[simpus]", "[simpuss]"),
]
PLACES = ["devices.yml:3:5", "bandwidth.yml:2:30", "applications.yml:22:18"]


def test_another_folder_with_mistakes(government: Any) -> None:
    folder = government(*MISTAKES) / "register"
    run = validate("-i", "localhost,", "-e", f"terpusat_register_folder={folder}")
    assert run.returncode != 0
    for place in PLACES:
        assert run.stdout.count(f"KESALAHAN {folder}/{place}\n") == 1, run.stdout
    assert run.stdout.count("  tindakan : ") == 3
    assert "Hasil              : 3 kesalahan" in run.stdout
    assert "Tidak ada perangkat atau server yang disentuh" in run.stdout


def test_inventory_with_mistakes_tells_each_once(government: Any) -> None:
    """Here the inventory plugin speaks, before any play starts."""
    folder = government(*MISTAKES)
    run = validate("-i", str(folder))
    assert run.returncode != 0
    for place in PLACES:
        assert run.stdout.count(f"{folder}/register/{place}\n") == 1, run.stdout
    assert run.stdout.count("  tindakan : ") == 3, run.stdout
    assert all(len(line) <= 100 for line in run.stdout.splitlines() if line.startswith("  "))
    assert "PLAY [" not in run.stdout


def test_warnings_do_not_fail(government: Any) -> None:
    folder = government(("servers", "basis: penggunaan_sementara", "basis: pinjam_pakai")) / "register"
    run = validate("-i", "inventories/lab", "-e", f"terpusat_register_folder={folder}")
    assert run.returncode == 0, run.stdout
    assert "PERINGATAN" in run.stdout
    assert "Hasil              : 1 peringatan" in run.stdout


def test_relative_folder_starts_where_the_operator_stands() -> None:
    run = validate("-i", "inventories/lab", "-e", "terpusat_register_folder=inventories/contoh/register")
    assert run.returncode == 0, run.stdout
    assert "Register inventories/contoh/register" in run.stdout


def test_folder_that_is_not_there() -> None:
    run = validate("-i", "inventories/lab", "-e", "terpusat_register_folder=inventories/tidak-ada/register")
    assert run.returncode != 0
    assert "folder register tidak ada" in run.stdout


def test_without_any_government() -> None:
    run = validate("-i", "localhost,")
    assert run.returncode != 0
    assert "-e terpusat_register_folder=<folder>" in run.stdout
