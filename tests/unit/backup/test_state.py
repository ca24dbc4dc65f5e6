# SPDX-License-Identifier: GPL-3.0-or-later
"""Results and metrics on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from terpusat_backup import state


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "STATUS", tmp_path / "status.json")
    monkeypatch.setattr(state, "RESTORE_TEST", tmp_path / "restore-test.json")
    monkeypatch.setattr(state, "METRICS", tmp_path / "prom" / "terpusat_backup.prom")


def test_a_failure_keeps_the_time_of_the_last_success() -> None:
    state.note(state.STATUS, "srv2", {"last_success": 100.0, "failed": 0, "bytes": 5}, ("srv2",))
    state.note(state.STATUS, "srv2", {"last_attempt": 200.0, "failed": 1}, ("srv2",))
    lines = state.METRICS.read_text().splitlines()
    assert 'terpusat_backup_last_success_timestamp_seconds{place="srv2"} 100' in lines
    assert 'terpusat_backup_failed{place="srv2"} 1' in lines
    assert 'terpusat_backup_size_bytes{place="srv2"} 5' in lines


def test_a_place_that_left_is_forgotten() -> None:
    state.note(state.STATUS, "lama", {"failed": 1}, ("lama",))
    state.note(state.STATUS, "srv2", {"failed": 0}, ("srv2",))
    assert set(state.read(state.STATUS)) == {"srv2"}
    assert "lama" not in state.METRICS.read_text()


def test_never_tested_has_no_time_of_a_test() -> None:
    """An alert on the absence of the metric must fire."""
    state.note(state.STATUS, "srv2", {"failed": 0, "last_success": 1.0}, ("srv2",))
    assert "restore_test_timestamp" not in state.METRICS.read_text()
    state.note(state.RESTORE_TEST, "srv2", {"ok": 0}, ("srv2",))
    assert 'terpusat_backup_restore_test_success{place="srv2"} 0' in state.METRICS.read_text()
    assert "restore_test_timestamp" not in state.METRICS.read_text()


def test_a_torn_file_counts_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "status.json").write_text('{"srv2": ')
    assert state.read(state.STATUS) == {}
