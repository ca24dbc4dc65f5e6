# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of a report, each written whole."""

from __future__ import annotations

from pathlib import Path

from ..whole_files import write_whole


def write_when_new(path: Path, content: bytes, *, dry: bool) -> bool:
    """Whether ``path`` has (or with ``dry`` would get) new content. Mode 0640 for a new file. Raises OSError."""
    if path.is_file() and path.read_bytes() == content:
        return False
    if dry:
        return True
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content, None if path.exists() else 0o640)
    return True
