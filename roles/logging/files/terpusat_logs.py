#!/usr/bin/python3
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dikelola Terpusat (peran logging). Rotates, thins out and watches the messages of a server.

On a collector: logrotate, then what is older than its office's days goes, then, while all together are too large, the
oldest of the office that uses most. Everywhere: tells when much waits in the spool.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SETTINGS = Path("/etc/terpusat/logging/settings.json")
LIVE = "messages.log"
STATE = "/var/lib/logrotate/terpusat-logs.status"
DAY = 86400


def main(settings: dict[str, Any]) -> None:
    metrics = {}
    if settings["collector"]:
        command = ["/usr/sbin/logrotate", "--state", STATE, settings["logrotate"]]
        rotated = subprocess.run(command, check=False).returncode == 0
        expire(settings, time.time())
        removed = trim(settings)
        if removed:
            warn(
                f"log melebihi {settings['max_bytes']} byte: {len(removed)} berkas tertua dihapus sebelum masa "
                f"simpannya, terakhir {removed[-1]}"
            )
        metrics["terpusat_logging_bytes"] = sum(map(size, archives(settings, LIVE + "*")))
        metrics["terpusat_logging_removed_early"] = len(removed)
        metrics["terpusat_logging_rotated"] = int(rotated)
    spooled = sum(map(size, Path(settings["spool"]).glob("*")))
    metrics["terpusat_logging_spool_bytes"] = spooled
    metrics["terpusat_logging_spool_limit_bytes"] = settings["spool_bytes"]
    if settings["spool_bytes"] and spooled * 100 > settings["spool_bytes"] * settings["warn_percent"]:
        warn(f"{spooled} dari {settings['spool_bytes']} byte antrean log terpakai; apakah pengumpul log mati?")
    publish(Path(settings["metrics"]), metrics)
    if metrics.get("terpusat_logging_rotated") == 0:
        sys.exit("logrotate gagal")


def archives(settings: dict[str, Any], pattern: str = LIVE + "-*") -> Iterator[Path]:
    """What was rotated, of all hosts of all offices."""
    return Path(settings["folder"]).glob(f"*/*/{pattern}")


def expire(settings: dict[str, Any], now: float) -> list[Path]:
    """Remove what is older than its office keeps; unknown senders count as an office with everybody's days."""
    gone = []
    for path in archives(settings):
        days = settings["offices"].get(path.parts[-3], settings["retention_days"])
        if now - path.stat().st_mtime > days * DAY:
            path.unlink()
            gone.append(path)
    return gone


def trim(settings: dict[str, Any]) -> list[Path]:
    """Remove the oldest of whoever uses most, until everything fits."""
    used: dict[str, int] = {}
    for path in archives(settings, LIVE + "*"):
        used[path.parts[-3]] = used.get(path.parts[-3], 0) + size(path)
    left: dict[str, list[Path]] = {}
    for path in sorted(archives(settings), key=lambda path: path.stat().st_mtime, reverse=True):
        left.setdefault(path.parts[-3], []).append(path)
    gone = []
    while sum(used.values()) > settings["max_bytes"] and left:
        largest = max(left, key=lambda office: used[office])
        path = left[largest].pop()
        used[largest] -= size(path)
        path.unlink()
        gone.append(path)
        if not left[largest]:
            del left[largest]
    return gone


def size(path: Path) -> int:
    """0 when it has just gone."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def publish(path: Path, metrics: dict[str, int]) -> None:
    """For the node exporter, which reads whole files only."""
    if not path.parent.is_dir():
        return
    fresh = path.with_suffix(".new")
    fresh.write_text("".join(f"{name} {value}\n" for name, value in metrics.items()), encoding="utf-8")
    fresh.chmod(0o644)
    os.replace(fresh, path)


def warn(text: str) -> None:
    """With the priority that the journal reads (sd-daemon(3))."""
    print(f"<4>{text}", flush=True)


if __name__ == "__main__":
    main(json.loads(SETTINGS.read_text(encoding="utf-8")))
