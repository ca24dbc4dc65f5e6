# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of the evidence folder: readable by their owner only, one writer at a time."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import EvidenceError

_POLL = 0.02


def make_folder(path: Path) -> None:
    """Make a folder that only its owner can read, with its parents. Raises OSError."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def locked(path: Path, *, seconds: float) -> Iterator[None]:
    """Hold an exclusive flock on ``path``, which is made when missing. The kernel lets go of it when a process dies.

    Raises:
        EvidenceError: somebody else held it for ``seconds``. OSError: the file cannot be opened.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise EvidenceError(
                        f"{path} dipegang proses lain lebih dari {seconds:.0f} detik; lihat dengan: fuser -v {path}"
                    ) from None
                time.sleep(_POLL)
        yield
    finally:
        os.close(handle)
