# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results and metrics on disk, each written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .settings import STATE

STATUS = STATE / "status.json"
RESTORE_TEST = STATE / "restore-test.json"
METRICS = Path("/var/lib/prometheus/node-exporter/terpusat_backup.prom")

_STATUS_METRICS = (
    ("last_success_timestamp_seconds", "last_success", "Time of the last backup that succeeded."),
    ("failed", "failed", "1 when the last backup failed."),
    ("size_bytes", "bytes", "Bytes of the files in the last backup."),
    ("check_success", "check_ok", "1 when the last check of the repository found nothing."),
)
_TEST_METRICS = (
    ("restore_test_timestamp_seconds", "last_success", "Time of the last restore test that succeeded."),
    ("restore_test_success", "ok", "1 when the last restore test succeeded."),
)


def text(known: Mapping[str, Any]) -> str:
    return json.dumps(known, indent=2, ensure_ascii=False) + "\n"


def write_whole(path: Path, content: str, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(content, encoding="utf-8")
    fresh.chmod(mode)
    os.replace(fresh, path)


def read(path: Path) -> dict[str, Any]:
    """Place -> what is known of it; empty when nothing is."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        return {}
    return found


def note(path: Path, place: str, known: Mapping[str, Any], places: tuple[str, ...]) -> None:
    """Add to what is known of a place; places that left the register are forgotten. The metrics follow."""
    everything = {name: entry for name, entry in read(path).items() if name in places}
    everything[place] = {**everything.get(place, {}), **known}
    write_whole(path, text(everything), 0o640)
    write_whole(METRICS, metrics(read(STATUS), read(RESTORE_TEST)), 0o644)


def metrics(status: Mapping[str, Any], tests: Mapping[str, Any]) -> str:
    """In the text format of Prometheus; what is not known has no line, so that an alert on its absence works."""
    lines: list[str] = []
    for known, wanted in ((status, _STATUS_METRICS), (tests, _TEST_METRICS)):
        for name, key, told in wanted:
            samples = [
                f'terpusat_backup_{name}{{place="{place}"}} {float(entry[key]):.0f}'
                for place, entry in sorted(known.items())
                if entry.get(key) is not None
            ]
            if samples:
                lines += [f"# HELP terpusat_backup_{name} {told}", f"# TYPE terpusat_backup_{name} gauge", *samples]
    return "".join(f"{line}\n" for line in lines)
