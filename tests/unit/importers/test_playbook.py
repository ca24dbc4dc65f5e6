# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/import_survey.yml as an operator runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import HEADER, workbook
from .test_survey import DINKES, DISTAN, row

ROOT = Path(__file__).parents[3]


def run(register: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The playbook with the tools of this Python's environment; stdout and stderr come as one text."""
    environment = {
        **os.environ,
        "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
        "ANSIBLE_NOCOLOR": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    command = ["ansible-playbook", "-i", "localhost,", "playbooks/import_survey.yml", *arguments]
    command += ["-e", f"terpusat_import_folder={register.parent}"]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )


def contents(register: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in register.iterdir()}


@pytest.fixture
def filled_in(tmp_path: Path) -> Path:
    odd = row("Dinas Sosial", users="±20", public="ya")
    return workbook(tmp_path / "survei.xlsx", [HEADER, DINKES, DISTAN, odd])


def test_look_then_write_then_nothing_more(register: Path, filled_in: Path) -> None:
    before = contents(register)
    look = run(register, "-e", f"terpusat_import_file={filled_in}", "--check")
    assert look.returncode == 0, look.stdout
    assert contents(register) == before
    for told in (
        "+++ opds.yml (sesudah impor)",
        "+  - code: distan",
        "- dinkes users: 45 → 50",
        "TANDA survei.xlsx [Survei] B4",
        "  isi      : ±20",
        "Belum ada yang ditulis",
    ):
        assert told in look.stdout, look.stdout
    write = run(register, "-e", f"terpusat_import_file={filled_in}")
    assert write.returncode == 0, write.stdout
    assert "sudah ditulis ke opds.yml" in write.stdout
    assert b"code: distan" in contents(register)["opds.yml"]
    written = contents(register)
    again = run(register, "-e", f"terpusat_import_file={filled_in}")
    assert "changed=0" in again.stdout, again.stdout
    assert contents(register) == written


def test_strict_writes_nothing_while_anything_is_flagged(register: Path, filled_in: Path) -> None:
    before = contents(register)
    held = run(register, "-e", f"terpusat_import_file={filled_in}", "-e", "terpusat_import_strict=true")
    assert held.returncode == 0, held.stdout
    assert "masih ada sel yang ditandai" in held.stdout
    assert "changed=0" in held.stdout
    assert contents(register) == before


def test_what_is_missing_is_named(register: Path, tmp_path: Path) -> None:
    assert "Berkas survei belum disebut" in run(register).stdout
    lost = run(register, "-e", f"terpusat_import_file={tmp_path}/tidak-ada.xlsx")
    assert lost.returncode != 0
    assert "berkas survei tidak ada" in lost.stdout
    answers = tmp_path / "jawaban.yml"
    answers.write_text("header: {}\n")
    wrong = run(register, "-e", f"terpusat_import_file={tmp_path}", "-e", f"terpusat_import_answers={answers}")
    assert "Berkas jawaban belum dapat dipakai" in wrong.stdout
    assert 'Maksud Anda "headers"?' in wrong.stdout
