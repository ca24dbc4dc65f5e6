# SPDX-License-Identifier: GPL-3.0-or-later
"""Does a running systemd unit use what stands on the disk, or something older?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """The part of ``systemctl show`` that tells when a unit last took in its files."""

    active: bool
    since: float  # epoch seconds of the last start, restart or reload
    needs_daemon_reload: bool

    def older_than(self, mtime: float) -> bool:
        """True when a file written at ``mtime`` cannot be in use yet. Systemd tells whole seconds, so compare those."""
        return self.needs_daemon_reload or (self.active and int(mtime) > int(self.since))


def show_command(names: Iterable[str]) -> list[str]:
    properties = "Id,ActiveState,StateChangeTimestamp,NeedDaemonReload"
    return ["systemctl", "show", "--timestamp=unix", f"--property={properties}", *names]


def parse_show(output: str, names: Iterable[str]) -> dict[str, Unit]:
    """Read the blocks that ``systemctl show`` prints, in the order of the names asked for."""
    units: dict[str, Unit] = {}
    blocks = [block for block in output.strip().split("\n\n") if block.strip()]
    for name, block in zip(names, blocks):  # noqa: B905  (Python 3.9 knows no strict)
        values = dict(line.split("=", 1) for line in block.splitlines() if "=" in line)
        stamp = values.get("StateChangeTimestamp", "").lstrip("@")
        units[name] = Unit(
            active=values.get("ActiveState") in ("active", "reloading"),
            since=float(stamp) if stamp.isdigit() else 0.0,
            needs_daemon_reload=values.get("NeedDaemonReload") == "yes",
        )
    return units
