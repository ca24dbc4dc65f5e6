# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain progress lines with the seconds since the command started."""

import sys
import threading
import time
from typing import TextIO


class Progress:
    """Prints one line per step; safe to use from several threads."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._quiet = quiet
        self._start = time.monotonic()
        self._lock = threading.Lock()

    @property
    def seconds(self) -> float:
        """Seconds since the command started."""
        return time.monotonic() - self._start

    def step(self, text: str) -> None:
        """Print one step."""
        if self._quiet:
            return
        with self._lock:
            print(f"[{self.seconds:6.1f} dtk] {text}", file=self._stream, flush=True)
