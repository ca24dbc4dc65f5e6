# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/evidence.yml as an operator runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.folder import EvidenceFolder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.measurements import MeasurementLedger
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.recorder import Recorder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.measurement import Measurement

ROOT = Path(__file__).resolve().parents[3]


def play(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("ansible-playbook")), "playbooks/evidence.yml", "-i", "localhost,"]
    command += ["-e", '{"terpusat_government": {"code": "kab-uji"}}', "-e", f"terpusat_evidence_folder={folder}"]
    env = {**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "ANSIBLE_LOCALHOST_WARNING": "false"}
    return subprocess.run([*command, *options], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    for number, outcome in enumerate([Outcome.CHANGED, Outcome.ROLLED_BACK]):
        journal = Recorder(tmp_path, "kab-uji", f"rt-{number}", "ios", f"TIKET-{number}", "budi@ctl", b"k" * 32)
        report = Report(outcome, f"pesan {number}", before={"a": f"{number}"}, after={"a": f"{number}b"})
        journal.begin(report)
        journal.end(report)
    return tmp_path


def test_shown_then_damaged_then_replaced(state: Path) -> None:
    done = play(state, "-e", "terpusat_evidence_device=rt-1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pesan 1" in done.stdout
    assert "pesan 0" not in done.stdout
    assert "Ditampilkan : 1 dari 2 perubahan (1 dikembalikan)" in done.stdout
    assert "utuh, 4 catatan diperiksa" in done.stdout
    anchor = re.search(r"Jangkar     : (\S+)", done.stdout)
    assert anchor

    path = EvidenceFolder(state).ledger / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b"pesan 0", b"pesan 9"))
    done = play(state)
    assert done.returncode == 2
    assert "baris 2: isi catatan 2 tidak cocok dengan sidiknya" in done.stdout

    done = play(state, "-e", "terpusat_evidence_replace='disk rusak'")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "utuh, 1 catatan diperiksa" in done.stdout

    done = play(state, "-e", f"terpusat_evidence_anchor={anchor[1]}")
    assert done.returncode == 2
    assert "jangkar yang diberikan" in done.stdout


def test_a_ledger_written_anew_does_not_fit_the_backup(state: Path) -> None:
    folder = EvidenceFolder(state).ledger
    for path in folder.iterdir():
        path.unlink()
    for _ in range(3):
        journal = Recorder(state, "kab-uji", "rt-palsu", "ios", None, "x@ctl", b"k" * 32)
        journal.begin(Report())
    done = play(state)
    assert done.returncode == 2
    assert "cadangan konfigurasi" in done.stdout


def test_tests_of_lines_are_held_against_their_ledger(state: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("kab-uji")
    found = Measurement("dinkes/kantor", "central", datetime(2026, 11, 22, 3, tzinfo=UTC), latency_ms=12.0)
    path = MeasurementLedger(folder, "kab-uji").keep(found, "budi@ctl", "Asia/Jakarta")
    of = json.dumps({"terpusat_government": {"code": "kab-uji", "folder": str(folder)}})
    done = play(state, "-e", of)
    assert done.returncode == 0, done.stdout
    assert "utuh, 1 hasil diperiksa" in done.stdout
    path.write_text(path.read_text().replace("12.0", "9.0"))
    done = play(state, "-e", of)
    assert done.returncode == 2
    assert f"measurements/dinkes/kantor/{path.name} berbeda dari yang tercatat saat diukur" in done.stdout
    reason = ("-e", '{"terpusat_evidence_replace": "salah ketik, berita acara 3"}')
    assert play(state, "-e", of, "--check", *reason).returncode == 2, "nothing was recorded"
    done = play(state, "-e", of, *reason)
    assert done.returncode == 0, done.stdout
    assert "1 hasil tidak dihitung, alasannya sudah dicatat" in done.stdout
