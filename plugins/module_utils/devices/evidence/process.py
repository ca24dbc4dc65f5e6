# SPDX-License-Identifier: GPL-3.0-or-later
"""Names a process beyond its number, so that a begun change can be told from an interrupted one."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def current_process() -> str:
    """``host boot-id pid start-time`` of this process (proc(5)); unique over reboots and reused numbers."""
    return _name(os.getpid())


def alive(name: str) -> bool | None:
    """Whether that process still runs; None when it belongs to another host."""
    host, _, rest = name.partition(" ")
    if host != socket.gethostname():
        return None
    parts = rest.split()
    return len(parts) == 3 and parts[1].isdecimal() and _name(int(parts[1])) == name


def _name(pid: int) -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        # The name in parentheses may hold spaces; the start time is the 20th field behind it.
        started = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return f"{socket.gethostname()} - {pid} -"
    return f"{socket.gethostname()} {boot} {pid} {started}"
