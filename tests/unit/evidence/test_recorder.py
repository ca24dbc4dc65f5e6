# SPDX-License-Identifier: GPL-3.0-or-later
"""The recorder in the transaction's hands: what is kept, when nothing may start, and that no secret gets through."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence import recorder as recorder_module
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.backup import Backup
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.canonical import digest
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.folder import EvidenceFolder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.history import Filter, events
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.process import current_process
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.recorder import Recorder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.table import render
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.verify import check
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.guard import Guard, GuardState, Strength
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    DeviceError,
    Outcome,
    RefusedError,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import ProbeResult
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.state import Change, Item

KEY = b"k" * 32
BEFORE = {"running.cfg": "hostname a\n"}
AFTER = {"running.cfg": "hostname b\n"}


def recorder(folder: Path, device: str = "rt-a", **named: Any) -> Recorder:
    settings: dict[str, Any] = {"time_zone": "Asia/Makassar", "run": "run-1", **named}
    return Recorder(folder, "kab-uji", device, "ios", "TIKET-7", "budi@ctl", KEY, **settings)


def report(**changes: Any) -> Report:
    values: dict[str, Any] = {
        "outcome": Outcome.CHANGED,
        "message": "diubah: hostname",
        "changes": [Change(Item("ios", "running", "hostname"), "hostname a\n", "hostname b\n")],
        "patch": "hostname b",
        "inverse": "hostname a",
        "strength": Strength.NATIVE,
        "before": BEFORE,
        "after": AFTER,
        "guard": Guard("g1", 60, Strength.NATIVE),
        "guard_state": GuardState.CONFIRMED,
        "probes": [ProbeResult("login", True), ProbeResult("ping", True, "1 received")],
        **changes,
    }
    return Report(**values)


def ledger(folder: Path) -> Any:
    result = check(EvidenceFolder(folder).ledger, "kab-uji")
    assert result.valid
    return result


def test_both_ends_are_kept(tmp_path: Path) -> None:
    told = report()
    journal = recorder(tmp_path)
    journal.begin(told)
    journal.end(told)
    begin, end = (entry.record for entry in ledger(tmp_path).entries)
    for record in (begin, end):
        assert record["actor"] == "budi@ctl"
        assert record["ticket"] == "TIKET-7"
        assert (record["device"], record["government"], record["platform"]) == ("rt-a", "kab-uji", "ios")
        assert record["run"] == "run-1"
        assert record["at"].endswith("+00:00")
        assert record["local"].endswith("+08:00")
        assert record["transaction"] == begin["transaction"]
    assert begin["before"]["sha256"] == digest(BEFORE)
    assert begin["changes"][0]["removed"] == ["hostname a"]
    assert (begin["patch"], begin["inverse"], begin["strength"]) == ("hostname b", "hostname a", "native")
    assert end["after"]["sha256"] == digest(AFTER)
    assert end["after"]["commit"] != begin["before"]["commit"]
    assert end["guard"] == {"id": "g1", "seconds": 60, "strength": "native", "state": "confirmed"}
    assert [probe["name"] for probe in end["probes"]] == ["login", "ping"]
    assert (end["outcome"], end["message"]) == ("changed", "diubah: hostname")
    assert Backup(EvidenceFolder(tmp_path).backup).read("rt-a") == AFTER


def test_commits_hold_the_ledgers_end(tmp_path: Path) -> None:
    for number in range(2):
        journal = recorder(tmp_path)
        journal.begin(report(before={"a": f"{number}"}))
        journal.end(report(after={"a": f"{number} sesudah"}))
    heads = dict.fromkeys(head.seq for head, _ in Backup(EvidenceFolder(tmp_path).backup).anchors())
    assert sorted(heads) == [1, 2, 3]


def test_a_begun_change_is_running_or_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder(tmp_path).begin(report())
    dead = current_process().replace(f" {os.getpid()} ", " 4194305 ")
    monkeypatch.setattr(recorder_module, "current_process", lambda: dead)
    recorder(tmp_path, "rt-b").begin(report())
    finished = recorder(tmp_path, "rt-c")
    finished.begin(report())
    finished.end(report())
    found = ledger(tmp_path)
    shown = events(found.entries)
    assert [(event.device, event.outcome) for event in shown] == [
        ("rt-a", "running"),
        ("rt-b", "interrupted"),
        ("rt-c", "changed"),
    ]
    text = render(tmp_path, found, shown[1:], len(shown), len(shown))
    assert "(1 perubahan sebelumnya tidak ditampilkan" in text
    text = render(tmp_path, found, shown, len(shown), len(shown))
    assert "TERPUTUS" in text
    assert "sedang berjalan" in text
    assert "utuh, 4 catatan diperiksa" in text
    assert f"Jangkar     : 4:{found.head.hash}" in text


def test_the_table_is_filtered(tmp_path: Path) -> None:
    for device, outcome in (("rt-a", Outcome.CHANGED), ("sw-1", Outcome.ROLLED_BACK), ("rt-b", Outcome.FAILED)):
        journal = recorder(tmp_path, device)
        journal.begin(report())
        journal.end(report(outcome=outcome))
    entries = ledger(tmp_path).entries
    today = events(entries)[0].when.date()

    def names(**wanted: Any) -> list[str]:
        return [event.device for event in events(entries, Filter(**wanted))]

    assert names(device="rt-*") == ["rt-a", "rt-b"]
    assert names(outcomes=["rolled_back", "failed"]) == ["sw-1", "rt-b"]
    assert names(ticket="TIKET-8") == []
    assert names(since=today, until=today) == ["rt-a", "sw-1", "rt-b"]
    assert names(since=today.replace(year=today.year + 1)) == []


@pytest.mark.parametrize("broken", ["ledger", "backup", "both"])
def test_nothing_starts_when_evidence_cannot_be_kept(tmp_path: Path, broken: str) -> None:
    where = EvidenceFolder(tmp_path)
    # A file where the folder should be: also root cannot write there.
    if broken in ("ledger", "both"):
        where.ledger.write_text("")
    if broken in ("backup", "both"):
        where.backup.write_text("")
    with pytest.raises(RefusedError, match="belum ada yang diubah"):
        recorder(tmp_path).begin(report())


def test_an_end_that_cannot_be_recorded_is_told(tmp_path: Path) -> None:
    journal = recorder(tmp_path)
    journal.begin(report())
    where = EvidenceFolder(tmp_path)
    where.ledger.rename(tmp_path / "away")
    where.ledger.write_text("")
    with pytest.raises(DeviceError, match="tidak dapat ditulis"):
        journal.end(report())


def test_a_lost_backup_after_the_change_is_told_and_recorded(tmp_path: Path) -> None:
    journal = recorder(tmp_path)
    journal.begin(report())
    where = EvidenceFolder(tmp_path)
    where.backup.rename(tmp_path / "away")
    where.backup.write_text("")
    told = report()
    journal.end(told)
    assert "belum tersimpan" in told.notices[0]
    assert ledger(tmp_path).entries[1].record["backup_problem"]


def test_a_known_secret_is_kept_nowhere(tmp_path: Path) -> None:
    secret = "sangat-Rahasia-99"
    leaky = report(
        message=f"gagal: {secret}",
        patch=f"username x secret {secret}",
        inverse=f'set password="{secret}"',
        changes=[Change(Item("ios", "running", "user"), f"a {secret}\n", "b\n")],
        before={"running.cfg": f"description {secret}\n"},
        after={"running.cfg": f"snmp {secret}\n"},
        facts={"version": secret},
        probes=[ProbeResult("x", False, f"echo {secret}")],
        notices=[secret],
    )
    journal = recorder(tmp_path, known_secrets=[secret])
    journal.begin(leaky)
    journal.end(leaky)
    texts = [entry.line().decode() for entry in ledger(tmp_path).entries]
    texts += Backup(EvidenceFolder(tmp_path).backup).read("rt-a").values()
    texts += [path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file()]
    assert not [text for text in texts if secret in text]
    assert "<rahasia " in texts[0]


def test_odd_text_of_a_device_does_not_stop_the_record(tmp_path: Path) -> None:
    journal = recorder(tmp_path)
    journal.begin(report(patch="a \udcff b\x00\x1b[0m", facts={"uptime": 1.5}))
    assert ledger(tmp_path).entries[0].record["patch"] == "a \\udcff b\x00\x1b[0m"


def test_a_transaction_removes_only_what_it_saw_go(tmp_path: Path) -> None:
    archive = Backup(EvidenceFolder(tmp_path).backup)
    when = datetime.now(UTC)
    archive.keep("rt-a", {"etc/hostname": "rt-a\n", "old": "x"}, author="a@b", message="x", when=when)
    journal = recorder(tmp_path)
    journal.begin(report(before={"old": "x", "a": "1"}))
    journal.end(report(before={"old": "x", "a": "1"}, after={"a": "2"}))
    assert archive.read("rt-a") == {"etc/hostname": "rt-a\n", "a": "2"}
