# SPDX-License-Identifier: GPL-3.0-or-later
"""How planning bandwidth grows with the number of locations: CPU seconds, no network, no Ansible.

``PYTHONPATH=collections:tests python -m benchmarks.bandwidth [locations …]``
"""

from __future__ import annotations

import importlib
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import (
    PlanLock,
    lock_text,
    locked,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.outage import outages
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.plan import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.table import lines

DAY = date(2026, 12, 9)


def government(locations: int) -> Any:
    """One uplink for all, a radio hop or leased line for one in four, eight places behind one another, one event."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "bandwidth"))
    shared: Any = importlib.import_module("shared_lines")
    places = [f"o{number}/kantor" for number in range(locations)]
    return shared.register(
        [shared.office(f"o{n}", f"{10 + n % 90} Mbps", public=n % 3 == 0, users=n % 77) for n in range(locations)],
        {"isp": "10 Gbps"},
        backups={"sat": "4 Gbps"},
        leased={place: f"{5 + n % 40} Mbps" for n, place in enumerate(places) if n % 4 == 1},
        hops={place: places[n // 8 * 8] for n, place in enumerate(places) if n % 8},
        events=[shared.cat(places[3])],
        rules={"bandwidth": {"public_service_floor_percent": "5"}},
    )


def measure(locations: int) -> float:
    """CPU seconds for the plan, the plan of every outage, the table and the lock file's text."""
    register = government(locations)
    started = time.process_time()
    planned = plan(register, DAY)
    if len(planned.offices) != locations:
        raise AssertionError(f"{len(planned.offices)} of {locations} offices were planned")
    without = plan(register, DAY, events=False)
    lines(planned, PlanLock(), without, list(outages(register, DAY)))
    lock_text(locked(planned))
    return time.process_time() - started


def main(arguments: list[str]) -> None:
    for locations in [int(text) for text in arguments] or [1000, 2000, 5000]:
        seconds = measure(locations)
        print(f"{locations:6} lokasi  {seconds:6.2f} s CPU  {seconds / locations * 1000:5.2f} ms per lokasi")


if __name__ == "__main__":
    main(sys.argv[1:])
