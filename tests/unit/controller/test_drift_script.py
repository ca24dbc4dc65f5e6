# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scheduled check makes of the playbook's end: metrics, history, its own exit code."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROLE = Path(__file__).parents[3] / "roles" / "controller"


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("terpusat_drift", ROLE / "files" / "terpusat_drift.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def host(state: str, *names: str) -> dict[str, Any]:
    return {"state": state, "drifted": [{"name": name} for name in names]}


def run(script: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch, code: int, report: Any) -> int:
    """Run it with a playbook that ends with ``code`` and writes ``report`` (None: nothing)."""
    write = "" if report is None else f"open(os.environ['TERPUSAT_DRIFT_REPORT'], 'w').write({json.dumps(report)!r})"
    command = [sys.executable, "-c", f"import os, sys\n{write}\nsys.exit({code})"]
    settings = folder / "settings.json"
    settings.write_text(json.dumps({"command": command, "folder": str(folder), "keep": 2, "interval_seconds": 60}))
    monkeypatch.setattr(sys, "argv", ["terpusat_drift.py", str(settings)])
    return int(script.main())


def test_what_was_found_is_told_host_by_host(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = {"hosts": {"srv1": host("drift", "/etc/motd"), "br1": host("offline")}}
    assert run(script, tmp_path, monkeypatch, 10, report) == 10
    told = (tmp_path / "terpusat_drift.prom").read_text()
    assert "terpusat_drift_exit_code 10\n" in told
    assert 'terpusat_drift_state{target="br1",state="offline"' in told
    assert 'terpusat_drift_state{target="srv1",state="drift"' in told
    assert len(list(tmp_path.glob("drift-*.json"))) == 1


@pytest.mark.parametrize(("code", "report"), [(4, None), (0, None), (2, None), (250, {"hosts": {}})])
def test_a_playbook_that_checked_nothing_never_passes_for_in_sync(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, report: Any
) -> None:
    (tmp_path / "drift.json").write_text('{"hosts": {"old": {"state": "in_sync", "drifted": []}}}')
    assert run(script, tmp_path, monkeypatch, code, report) == 1
    told = (tmp_path / "terpusat_drift.prom").read_text()
    assert "terpusat_drift_exit_code 1\n" in told
    assert "old" not in told


def test_another_finding_on_the_same_host_is_another_result(script: ModuleType) -> None:
    assert script.digest(host("drift", "a", "b")) == script.digest(host("drift", "b", "a"))
    assert script.digest(host("drift", "a")) != script.digest(host("drift", "b"))


def test_only_the_newest_reports_are_kept(script: ModuleType, tmp_path: Path) -> None:
    for stamp in ("20250101T000000Z", "20250102T000000Z"):
        (tmp_path / f"drift-{stamp}.json").write_text("{}")
    (tmp_path / "drift.json").write_text("{}")
    script.keep_history(tmp_path, tmp_path / "drift.json", 2)
    kept = sorted(path.name for path in tmp_path.glob("drift-*.json"))
    assert len(kept) == 2
    assert "drift-20250101T000000Z.json" not in kept
