# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes first when messages are too old or too many."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

PROGRAM = Path(__file__).parents[3] / "roles" / "logging" / "files" / "terpusat_logs.py"
NOW = 2_000_000_000


@pytest.fixture(scope="module")
def logs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("terpusat_logs", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, Any]:
    return {"folder": str(tmp_path), "offices": {"dinkes": 400}, "retention_days": 90, "max_bytes": 1000}


def archive(folder: Path, host: str, days: int, size: int = 1, name: str = "messages.log-") -> Path:
    path = folder / host / f"{name}{days if name.endswith('-') else ''}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    os.utime(path, (NOW - days * 86400,) * 2)
    return path


def test_each_office_has_its_days(logs: ModuleType, settings: dict[str, Any], tmp_path: Path) -> None:
    kept = archive(tmp_path, "dinkes/rt-dinkes", 399), archive(tmp_path, "tidak-dikenal/192.0.2.1", 89)
    gone = archive(tmp_path, "dinkes/rt-dinkes", 401), archive(tmp_path, "tidak-dikenal/192.0.2.1", 91)
    assert sorted(logs.expire(settings, NOW)) == sorted(gone)
    assert all(path.exists() for path in kept)


def test_live_messages_never_go(logs: ModuleType, settings: dict[str, Any], tmp_path: Path) -> None:
    live = archive(tmp_path, "disdik/rt-disdik", 500, 5000, "messages.log")
    assert logs.expire(settings, NOW) == []
    assert logs.trim(settings) == []
    assert live.exists()


def test_what_fits_stays(logs: ModuleType, settings: dict[str, Any], tmp_path: Path) -> None:
    archive(tmp_path, "disdik/rt-disdik", 80, 1000)
    assert logs.trim(settings) == []


def test_the_oldest_of_the_largest_goes_and_no_more_than_needed(
    logs: ModuleType, settings: dict[str, Any], tmp_path: Path
) -> None:
    archive(tmp_path, "dinkes/rt-dinkes", 300, 400)
    flood = [archive(tmp_path, "disdik/rt-disdik", days, 300) for days in (3, 2, 1)]
    assert logs.trim(settings) == flood[:1]
    assert not flood[0].exists()


def test_metrics_need_their_folder(logs: ModuleType, tmp_path: Path) -> None:
    logs.publish(tmp_path / "none" / "a.prom", {"a": 1})
    assert not (tmp_path / "none").exists()
    logs.publish(tmp_path / "a.prom", {"a": 1, "b": 2})
    assert (tmp_path / "a.prom").read_text() == "a 1\nb 2\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.prom"]
