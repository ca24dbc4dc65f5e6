# SPDX-License-Identifier: GPL-3.0-or-later
"""Helper processes of a lab (package cache, forwarder) on a machine whose init may not be systemd.

Each carries a mark in its environment. What the kernel shows in ``/proc`` is the truth: a process is found and ended
by its mark even when every file of ours is gone, and a recycled process number can never be mistaken for one.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from labkit.errors import LabError
from labkit.shell import tail

MARK = "TERPUSAT_LAB_PROCESS"


def find(mark: str) -> list[int]:
    """Process numbers that carry exactly this mark."""
    return [pid for pid, found in _marked() if found == mark]


def find_starting(start: str) -> list[int]:
    """Process numbers whose mark starts with this text."""
    return [pid for pid, found in _marked() if found.startswith(start)]


def _marked() -> Iterator[tuple[int, str]]:
    wanted = f"{MARK}=".encode()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue  # it ended meanwhile
        for variable in environment.split(b"\0"):
            if variable.startswith(wanted):
                yield int(entry.name), variable.removeprefix(wanted).decode(errors="replace")


def start(mark: str, argv: Sequence[str], log: Path, *, settle: float = 0.3) -> None:
    """Start a process that outlives this command, unless one with this mark runs already.

    :raises LabError: it ended at once; the message holds the end of its log.
    """
    if find(mark):
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            list(argv),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", MARK: mark},
            cwd="/",
            start_new_session=True,
        )
    time.sleep(settle)
    if process.poll() is not None:
        raise LabError(f"Proses {argv[0]} langsung berhenti; catatannya ada di {log}:\n{tail(log.read_text())}")


def wait_for_orphans(prefix: str, seconds: float = 60) -> None:
    """Let podman finish what a killed command had asked of it; else a container may appear after the list was read.

    :raises LabError: it does not finish.
    """
    deadline = time.monotonic() + seconds
    while orphans := [pid for pid, words in _podman_commands() if f"{prefix}-" in " ".join(words)]:
        if time.monotonic() > deadline:
            raise LabError(
                f"Podman masih bekerja untuk lab ini (proses {', '.join(map(str, orphans))}); coba lagi nanti."
            )
        time.sleep(0.1)


def _podman_commands() -> Iterator[tuple[int, list[str]]]:
    """Running podman commands; ``exec`` is somebody's session and changes nothing."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if (entry / "comm").read_text().strip() != "podman":
                continue
            words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if "exec" not in words:
            yield int(entry.name), words


def end(pids: Sequence[int], seconds: float = 5) -> None:
    """End processes in order, then by force."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        alive = [pid for pid in pids if _signal(pid, number)]
        deadline = time.monotonic() + seconds
        while alive and time.monotonic() < deadline:
            time.sleep(0.05)
            alive = [pid for pid in alive if _alive(pid)]
        if not alive:
            return
    raise LabError(f"Proses {', '.join(map(str, pids))} tidak mau berhenti; hentikan sendiri dengan kill.")


def _signal(pid: int, number: signal.Signals) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def _alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
