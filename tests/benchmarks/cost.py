# SPDX-License-Identifier: GPL-3.0-or-later
"""Wall time, CPU and memory of a program with everything it starts, detached processes included."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
_SAMPLE_SECONDS = 0.2


@dataclass(frozen=True)
class Cost:
    """``wall`` until the program ended, ``cpu`` of all its processes (both seconds), ``memory`` (bytes).

    Memory is the peak of the sum of proportional set sizes (proc_pid_smaps(5): shared pages count once), looked at five
    times a second.
    """

    wall: float
    cpu: float
    memory: int


class FailedError(Exception):
    """The program did not do what is measured, so there is nothing to compare."""


def measure(
    argv: Sequence[str | Path], folder: Path, environment: Mapping[str, str], timeout: float
) -> tuple[Cost, str]:
    """Run a program to its end; return its cost and what it printed.

    Raises:
        FailedError: it did not end within ``timeout`` seconds.
    """
    # Daemons that the program leaves behind become our children, so their CPU can be counted too.
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    bystanders = set(_children(os.getpid()))
    before = _cpu()
    output = folder / "output.txt"
    start = time.monotonic()
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [str(word) for word in argv], cwd=folder, env={**_surroundings(), **environment},
            stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT,
        )  # fmt: skip
        peak = _Peak(bystanders)
        with peak:
            try:
                process.wait(timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise FailedError(f"{argv[0]} belum selesai dalam {timeout:.0f} detik") from None
        wall = time.monotonic() - start
    _end(set(_children(os.getpid())) - bystanders)
    return Cost(wall, _cpu() - before, peak.bytes), output.read_text(errors="replace")


def _surroundings() -> dict[str, str]:
    """The environment of an ordinary user: one that forbids bytecode would have every program compiled anew."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _end(left: set[int]) -> None:
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for pid in left:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(word) for word in (task / "children").read_text().split()]
    return found


class _Peak:
    """Looks at all descendants of this process but the bystanders, in a thread."""

    def __init__(self, bystanders: set[int]) -> None:
        self.bytes = 0
        self._bystanders = bystanders
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_SAMPLE_SECONDS):
            self.bytes = max(self.bytes, self._now())

    def _now(self) -> int:
        waiting = [pid for pid in _children(os.getpid()) if pid not in self._bystanders]
        total = 0
        while waiting:
            pid = waiting.pop()
            waiting += _children(pid)
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1]) * 1024
        return total
