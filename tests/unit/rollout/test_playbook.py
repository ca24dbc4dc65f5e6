# SPDX-License-Identifier: GPL-3.0-or-later
"""rollout.yml itself, on routers that do not answer: what it prints, what it leaves, how it ends."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from .runs import Government

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def government(tmp_path: Path) -> Government:
    return Government(tmp_path, {"dinkes": "provisioned", "disdik": "provisioned"})


def play(government: Government, *options: str, **asked: str) -> subprocess.CompletedProcess[str]:
    with socket.socket() as probe:  # a port on which nobody listens
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    variables = {
        "ansible_host": "127.0.0.1", "ansible_port": closed, "terpusat_ssh_config_file": "",
        "terpusat_secrets": {"ospf_key": "rahasiarahasia"}, "terpusat_evidence_folder": str(government.state.root),
        "terpusat_drift_report": str(government.drift_report), "terpusat_rollout_date": "2026-06-15",
        **{f"terpusat_rollout_{name}": value for name, value in asked.items()},
    }  # fmt: skip
    return subprocess.run(
        [
            str(Path(sys.executable).with_name("ansible-playbook")), "-i", str(government.folder),
            "playbooks/rollout.yml", "-e", json.dumps(variables), *options,
        ],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
        env={**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "ANSIBLE_NOCOLOR": "1"},
    )  # fmt: skip


def test_a_router_that_does_not_answer_keeps_its_office_where_it_was(government: Government) -> None:
    before = (government.folder / "register" / "opds.yml").read_bytes()
    done = play(government, to="parallel", offices="dinkes,disdik")
    assert done.returncode == 2, done.stdout[-3000:]
    assert re.search(r"disdik +provisioned -> parallel +GAGAL, router belum sesuai register", done.stdout)
    assert re.search(r"dinkes +provisioned -> parallel +BELUM DIMULAI", done.stdout)
    assert (government.folder / "register" / "opds.yml").read_bytes() == before
    assert [record.get("outcome") for record in government.records()] == [None, "failed"]
    assert government.texts() == government.untouched
    run = json.loads((government.state.root / "rollout.json").read_text())
    assert (run["finished"], run["stopped"]) == (True, True)


def test_a_dry_run_prints_the_plan_and_ends_well(government: Government) -> None:
    done = play(government, "--check")
    assert done.returncode == 0, done.stdout[-3000:]
    assert "hanya diperiksa, tidak ada yang diubah" in done.stdout
    assert re.search(r"Menunggu bukti[\s\S]*satpolpp[\s\S]*kurang", done.stdout)
    assert not government.state.root.exists()
