# SPDX-License-Identifier: GPL-3.0-or-later
"""An office beyond the cable: a radio hop that is slow to answer and narrow, and everything that others have."""

from __future__ import annotations

import re

from government import APPLICATIONS, CENTRAL, REGISTER, by_air, loopback
from labkit import radio
from labkit.running import RunningLab

OFFICE = next(office for office in CENTRAL if by_air(office))
HOP = next(c for c in REGISTER.circuits if c.kind == "leased_line" and f"{c.opd}/{c.location}" == OFFICE.place)


def round_trip(lab: RunningLab, router: str) -> float:
    """The best of some round trips from a router to the border, in milliseconds."""
    source = loopback(router)
    done = lab.exec(router, f"ping -n -q -c 8 -i 0.2 -I {source} {loopback('br1')}")
    found = re.search(r"= ([\d.]+)/", done.stdout)
    assert found, f"{router} tidak mencapai br1: {done.stdout}"
    return float(found[1])


def test_the_air_takes_its_time_each_way(lab: RunningLab) -> None:
    """Else the line would only be called radio."""
    by_fibre = next(office for office in CENTRAL if not by_air(office))
    there_and_back = 2 * radio.DELAYS_MS[HOP.media]
    assert round_trip(lab, OFFICE.router) >= there_and_back
    assert round_trip(lab, by_fibre.router) < there_and_back


def test_the_plan_keeps_below_what_the_air_carries(lab: RunningLab) -> None:
    assert OFFICE.mir <= HOP.capacity.usable
    application = APPLICATIONS[0]
    size = HOP.capacity.usable // 8 * 2  # two seconds' worth of the hop: the way to the data centre is not shaped
    send = "curl -s -m 30 -o /dev/null -H 'Expect:' -X POST --data-binary @- -w '%{time_total} %{http_code}'"
    done = lab.exec_client(OFFICE.place, f"head -c {size} /dev/zero | {send} http://{application.domain}/", timeout=60)
    seconds = float(done.stdout.split()[0])
    assert size * 8 / seconds <= HOP.capacity.usable, "more than the air carries"
