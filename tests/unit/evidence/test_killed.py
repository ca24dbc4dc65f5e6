# SPDX-License-Identifier: GPL-3.0-or-later
"""Processes killed with SIGKILL while they record: ledger and repository stand, what was begun shows as interrupted."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import time
from pathlib import Path

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.backup import Backup
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.folder import EvidenceFolder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.history import INTERRUPTED, events
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.ledger import Ledger
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.recorder import Recorder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.verify import check
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report

FORK = multiprocessing.get_context("fork")
ROUNDS = 12


def _record(folder: Path, device: str, first: int) -> None:
    for number in range(first, first + 1000):
        journal = Recorder(folder, "kab-uji", device, "ios", None, "budi@ctl", b"k" * 32)
        texts = {"running-config": f"hostname {device}\n! {number}\n" * 50}
        report = Report(Outcome.CHANGED, "x", before=texts, after={"running-config": f"! sesudah {number}\n"})
        journal.begin(report)
        journal.end(report)


def test_killed_at_any_moment_nothing_recorded_is_lost(tmp_path: Path) -> None:
    where = EvidenceFolder(tmp_path)
    chance = random.Random(7)
    known = 0
    for number in range(ROUNDS):
        workers = [FORK.Process(target=_record, args=(tmp_path, f"rt-{n}", number * 1000)) for n in range(3)]
        for worker in workers:
            worker.start()
        time.sleep(chance.uniform(0.05, 0.4))
        for worker in workers:
            os.kill(worker.pid or 0, signal.SIGKILL)
        for worker in workers:
            worker.join(10)
        Ledger(where.ledger, "kab-uji").append({"kind": "note", "at": "2026-11-22T00:00:00+00:00"})
        result = check(where.ledger, "kab-uji")
        assert result.valid, [str(problem) for problem in result.problems]
        assert len(result.entries) > known
        known = len(result.entries)
    found = events(check(where.ledger, "kab-uji").entries)
    assert {event.outcome for event in found if event.record["kind"] == "begin"} <= {"changed", INTERRUPTED}
    assert any(event.outcome == INTERRUPTED for event in found)
    # The repository: whole, its files those of the branch, and writable again.
    archive = Backup(where.backup)
    for device in ("rt-0", "rt-1", "rt-2"):
        texts = archive.read(device)
        assert texts == {
            path.relative_to(where.backup / device).as_posix(): path.read_text()
            for path in (where.backup / device).rglob("*")
            if path.is_file()
        }
    for command in (["fsck", "--full", "--strict"], ["status", "--porcelain"]):
        done = subprocess.run(
            ["git", "-c", f"safe.directory={where.backup}", "-C", str(where.backup), *command],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "missing" not in done.stdout + done.stderr
        assert command[0] == "fsck" or done.stdout == ""


def _begin_and_die(folder: Path) -> None:
    Recorder(folder, "kab-uji", "rt-a", "ios", None, "budi@ctl", b"k" * 32).begin(Report())
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_change_whose_process_was_killed_is_interrupted(tmp_path: Path) -> None:
    worker = FORK.Process(target=_begin_and_die, args=(tmp_path,))
    worker.start()
    worker.join(10)
    assert worker.exitcode == -signal.SIGKILL
    (event,) = events(check(EvidenceFolder(tmp_path).ledger, "kab-uji").entries)
    assert event.outcome == INTERRUPTED
