# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reserving for an event and releasing it: on which days, for whom, at whose cost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from shared_lines import cat, office, register

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.event_steps import (
    LEAD_DAYS,
    event_plan,
    giver_lines,
    refused,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import PlanLock, locked
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.plan import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register

FIRST, LAST = date(2026, 12, 8), date(2026, 12, 10)  # cat()'s days
BEFORE, AFTER = FIRST - timedelta(days=1), LAST + timedelta(days=1)


def exam(uplink: str = "200 Mbps", *more: dict[str, Any]) -> Register:
    offices = [office("disdik", "50 Mbps"), office("rsud", "100 Mbps", floor="60 Mbps"), office("arsip", "50 Mbps")]
    return register(offices, {"isp-a": uplink}, events=[cat("disdik/kantor"), *more])


def test_reserved_on_the_eve_as_on_its_day_and_released_to_the_ordinary_plan() -> None:
    government = exam()
    event = government.events[0]
    eve = event_plan(government, event, "reserve", BEFORE, PlanLock())
    assert locked(eve.wanted) == locked(plan(government, FIRST))
    assert eve.day == FIRST
    again = event_plan(government, event, "reserve", FIRST + timedelta(days=1), locked(eve.wanted))
    assert locked(again.wanted) == locked(eve.wanted), "running it again changes nothing"
    for day in (LAST, AFTER):
        released = event_plan(government, event, "release", day, locked(eve.wanted))
        assert locked(released.wanted) == locked(plan(government, AFTER)), day


def test_another_event_of_today_keeps_its_reservation() -> None:
    other = cat("rsud/kantor") | {"code": "lain", "days": {"start": "2026-12-05", "end": "2026-12-07"}}
    other |= {"bandwidth": "10 Mbps"}
    government = exam("300 Mbps", other)
    event = government.events[0]
    held = locked(plan(government, BEFORE))
    assert set(held.reservations) == {"lain"}
    found = event_plan(government, event, "reserve", BEFORE, held)
    assert set(locked(found.wanted).reservations) == {"cat", "lain"}
    later = event_plan(government, event, "release", AFTER, locked(found.wanted))
    assert set(locked(later.wanted).reservations) == set()


def test_too_early_and_too_late_are_refused_with_what_to_do() -> None:
    event = exam().events[0]
    assert refused(event, "reserve", FIRST - timedelta(days=LEAD_DAYS)) == ""
    assert "paling cepat 2026-12-06" in refused(event, "reserve", FIRST - timedelta(days=LEAD_DAYS + 1))
    assert "sudah selesai" in refused(event, "reserve", AFTER)
    assert refused(event, "release", AFTER) == ""


def test_who_gives_is_shown_with_what_stays_guaranteed() -> None:
    government = exam()
    told = list(giver_lines(event_plan(government, government.events[0], "reserve", BEFORE, PlanLock())))
    assert told[0] == "Yang memberi:"
    rows = {line.split()[0]: line for line in told[2:-1]}
    assert set(rows) == {"disdik", "rsud", "arsip"}
    assert rows["rsud"].split("  ")[-1].strip() == "60 Mbps"
    assert "Semua jaminan tetap utuh" in told[-1]
    wide = exam("1 Gbps")
    assert next(giver_lines(event_plan(wide, wide.events[0], "reserve", BEFORE, PlanLock()))).startswith("Tidak ada")


def test_floors_that_do_not_fit_are_named() -> None:
    government = exam("120 Mbps")
    assert event_plan(government, government.events[0], "reserve", BEFORE, PlanLock()).wanted.overloads


def test_the_devices_are_those_whose_figures_differ_done_or_not() -> None:
    government = exam("1 Gbps")
    event = government.events[0]
    first = event_plan(government, event, "reserve", BEFORE, PlanLock())
    ordinary = locked(first.other)
    names = {device.name: device for device in government.devices}
    again = event_plan(government, event, "reserve", BEFORE, locked(first.wanted))
    released = event_plan(government, event, "release", AFTER, ordinary)
    for found in (event_plan(government, event, "reserve", BEFORE, ordinary), again, released):
        roles = sorted((names[name].role, names[name].opd) for name in found.devices)
        assert roles == [("border_router", "kominfo"), ("opd_router", "disdik")]


@settings(max_examples=40)
@given(st.lists(st.integers(5, 100), min_size=1, max_size=5), st.integers(120, 400))
def test_nobody_starves_and_nobody_gains_from_somebody_s_event(granted: list[int], capacity: int) -> None:
    offices = [office("disdik", "50 Mbps")] + [office(f"o{n}", f"{mbps} Mbps") for n, mbps in enumerate(granted)]
    government = register(offices, {"isp-a": f"{capacity} Mbps"}, events=[cat("disdik/kantor")])
    found = event_plan(government, government.events[0], "reserve", BEFORE, PlanLock())
    if found.wanted.overloads:
        return
    for share in found.wanted.offices:
        usual = found.other.office(share.opd)
        assert usual is not None
        assert 0 < share.cir - share.reserved <= usual.cir
        assert share.cir - share.reserved >= min(share.claim.floor, usual.cir)
    assert not any("PERHATIAN" in line for line in giver_lines(found))
