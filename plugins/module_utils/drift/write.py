# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as a JSON file."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from ..whole_files import write_whole
from .report import Report


def write_report(path: Path, report: Report, government: str, started: datetime, ended: datetime) -> None:
    """Writes the report whole, readable by its owner only: diffs show how devices are configured. Raises OSError."""
    document = {"government": government, "started": _moment(started), "ended": _moment(ended), **report.as_dict()}
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n"
    write_whole(path, text.encode(), 0o600)


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
