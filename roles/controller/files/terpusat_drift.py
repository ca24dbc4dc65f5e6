#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run drift.yml once, keep what it found, and say it as metrics.

terpusat_drift.py SETTINGS.json: ``command`` (list), ``folder``, ``keep``, ``interval_seconds``. Ends with the
playbook's own code: 0, or the sum of 2 (drift), 8 (offline) and 16 (check failed); 1 when the check did not run at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

#: Sums of drift.yml; any other code is Ansible's own and means that nothing was checked.
RESULTS = {0, 2, 8, 10, 16, 18, 24, 26}
NOT_RUN = 1


def digest(host: dict[str, Any]) -> str:
    """Another one when something else drifted, so that people are told of that, too."""
    names = sorted(str(item["name"]) for item in host["drifted"])
    return hashlib.sha256("\n".join([host["state"], *names]).encode()).hexdigest()[:8]


def metrics(code: int, when: float, interval: int, report: dict[str, Any] | None) -> str:
    """In Prometheus's text format."""
    lines = [
        "# HELP terpusat_drift_exit_code Kode akhir drift.yml yang terakhir.",
        "# TYPE terpusat_drift_exit_code gauge",
        f"terpusat_drift_exit_code {code}",
        "# HELP terpusat_drift_last_run_timestamp_seconds Kapan pemeriksaan terakhir selesai.",
        "# TYPE terpusat_drift_last_run_timestamp_seconds gauge",
        f"terpusat_drift_last_run_timestamp_seconds {when:.0f}",
        "# HELP terpusat_drift_interval_seconds Jarak antara dua pemeriksaan.",
        "# TYPE terpusat_drift_interval_seconds gauge",
        f"terpusat_drift_interval_seconds {interval}",
        "# HELP terpusat_drift_state Keadaan tiap host menurut pemeriksaan terakhir.",
        "# TYPE terpusat_drift_state gauge",
    ]
    for name, host in sorted((report or {"hosts": {}})["hosts"].items()):
        lines.append(f'terpusat_drift_state{{target="{name}",state="{host["state"]}",result="{digest(host)}"}} 1')
    return "\n".join(lines) + "\n"


def keep_history(folder: Path, report: Path, keep: int) -> None:
    """A copy named after the time; the oldest ones go."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    shutil.copy2(report, folder / f"drift-{stamp}.json")
    for old in sorted(folder.glob("drift-*.json"))[:-keep]:
        old.unlink()


def main() -> int:
    settings = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder = Path(settings["folder"])
    path = folder / "drift.json"
    path.unlink(missing_ok=True)  # what it found before must not pass for what it finds now
    done = subprocess.run(settings["command"], env={**os.environ, "TERPUSAT_DRIFT_REPORT": str(path)}, check=False)
    ran = done.returncode in RESULTS and path.exists()
    code = done.returncode if ran else NOT_RUN
    report = json.loads(path.read_text(encoding="utf-8")) if ran else None
    if ran:
        keep_history(folder, path, settings["keep"])
    told = folder / "terpusat_drift.prom"
    fresh = told.with_suffix(".new")
    fresh.write_text(metrics(code, time.time(), settings["interval_seconds"], report), encoding="utf-8")
    os.replace(fresh, told)
    return code


if __name__ == "__main__":
    sys.exit(main())
