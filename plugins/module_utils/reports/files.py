# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of a report, each written whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_when_new(path: Path, content: bytes, *, dry: bool) -> bool:
    """Whether ``path`` has (or with ``dry`` would get) new content. Mode 0640 for a new file. Raises OSError."""
    if path.is_file() and path.read_bytes() == content:
        return False
    if dry:
        return True
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(scratch, path.stat().st_mode & 0o777 if path.exists() else 0o640)
        os.replace(scratch, path)
    except BaseException:
        os.unlink(scratch)
        raise
    return True
