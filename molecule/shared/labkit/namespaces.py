# SPDX-License-Identifier: GPL-3.0-or-later
"""Named network namespaces. What stands in ``/run/netns`` is the truth, not a file of ours."""

import os
from collections.abc import Sequence
from pathlib import Path

from labkit.shell import Completed, run

FOLDER = Path("/run/netns")


def path(name: str) -> Path:
    """Where a named namespace is mounted."""
    return FOLDER / name


def names(prefix: str) -> list[str]:
    """Existing namespaces whose name starts with ``prefix``."""
    if not FOLDER.is_dir():
        return []
    return sorted(entry.name for entry in FOLDER.iterdir() if entry.name.startswith(prefix))


def usable(name: str) -> bool:
    """Whether the name stands for a namespace; a killed ``ip netns add`` can leave an empty file behind."""
    return run(["ip", "-n", name, "link", "show", "lo"], check=False).returncode == 0


def ensure(name: str) -> bool:
    """Create a namespace with loopback up; False when it was there already."""
    if path(name).exists():
        if usable(name):
            return False
        remove(name)
    run(["ip", "netns", "add", name])
    run(["ip", "-n", name, "link", "set", "lo", "up"])
    return True


def remove(name: str) -> None:
    """Remove the name; the kernel ends the namespace, and every veth in it, with its last process."""
    if path(name).exists() and run(["ip", "netns", "del", name], check=False).returncode != 0:
        path(name).unlink(missing_ok=True)


def batch(name: str, commands: Sequence[str]) -> None:
    """Run several ``ip`` commands in a namespace with one process."""
    if commands:
        run(["ip", "-n", name, "-batch", "-"], data="\n".join(commands) + "\n")


def execute(name: str, argv: Sequence[str], *, check: bool = True) -> Completed:
    """Run a program of the machine inside a namespace."""
    return run(["nsenter", f"--net={path(name)}", *argv], check=check)


def inode(name: str) -> int | None:
    """The kernel's number of a namespace, to compare with a process's."""
    try:
        return path(name).stat().st_ino
    except FileNotFoundError:
        return None


def of_process(pid: int) -> int | None:
    """The number of the network namespace a process runs in."""
    try:
        return Path(f"/proc/{pid}/ns/net").stat().st_ino
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return None


def members(inodes: set[int]) -> list[int]:
    """The processes that run in any of these namespaces."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid() and of_process(int(entry.name)) in inodes:
            found.append(int(entry.name))
    return found
