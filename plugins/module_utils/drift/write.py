# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as a JSON file."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import datetime
from pathlib import Path

from .report import Report


def write_report(path: Path, report: Report, government: str, started: datetime, ended: datetime) -> None:
    """Writes the report whole, readable by its owner only: diffs show how devices are configured. Raises OSError."""
    document = {"government": government, "started": _moment(started), "ended": _moment(ended), **report.as_dict()}
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(document, stream, ensure_ascii=False, indent=2, default=str)
            stream.write("\n")
        os.replace(scratch, path)
    except BaseException:
        os.unlink(scratch)
        raise


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
