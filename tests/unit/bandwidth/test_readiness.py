# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before an examination: what is ready, what is missing, what to do."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from shared_lines import DAY, cat, office, register

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.measurement import Measurement
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import PlanLock, locked
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.plan import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.readiness import (
    Shown,
    lines,
    readiness,
    ready,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import DevicePort, Register

CHECKED = dict.fromkeys(
    ("computers", "cabling", "switches", "ups", "genset", "line_tested", "second_line_tested"), "true"
)


def exam(uplink: str = "1 Gbps", **more: Any) -> Register:
    event = cat("disdik/kantor", second_line="sewa-disdik-kantor", readiness=CHECKED) | more
    return register([office("disdik", "50 Mbps"), office("rsud", "50 Mbps", floor="40 Mbps")], {"isp-a": uplink},
                    leased={"disdik/kantor": "200 Mbps"}, events=[event])  # fmt: skip


def missing(government: Register, lock: PlanLock | None = None, today: date = DAY) -> dict[str, str]:
    items = readiness(government, government.events[0], lock or PlanLock(), today)
    assert ready(items) == all(item.ready for item in items)
    assert all(bool(item.action) != item.ready for item in items)
    return {item.name: item.action for item in items if not item.ready}


def test_nunukan_was_ready_but_for_the_second_line() -> None:
    assert missing(exam()) == {}
    gap = missing(exam(second_line=None))
    assert list(gap) == ["jalur kedua"]
    assert "penyedia lain di disdik/kantor" in gap["jalur kedua"]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"bandwidth": "60 Mbps"}, "bandwidth per komputer"),
        ({"spare": "4"}, "komputer cadangan"),
        ({"latency_ms": "101"}, "latensi"),
        ({"latency_ms": None}, "latensi"),
        ({"days": {"start": "2026-12-30", "end": "2026-12-31"}, "readiness": CHECKED | {"ups": "false"}},
         "UPS sampai genset menyala"),
        ({"readiness": CHECKED | {"second_line_tested": "false"}}, "pindah ke jalur kedua dicoba"),
    ],
)  # fmt: skip
def test_each_requirement_is_named_alone(change: dict[str, Any], name: str) -> None:
    assert list(missing(exam(**change))) == [name]


def test_days_on_which_it_does_not_fit_are_named() -> None:
    assert list(missing(exam("120 Mbps"))) == ["bandwidth pada 2026-12-08"]
    beyond = missing(exam(days={"start": "2026-12-31", "end": "2027-01-01"}))
    assert list(beyond) == ["bandwidth pada 2027-01-01", "jalur kedua"]


def test_on_the_day_it_must_be_set_and_afterwards_released() -> None:
    government = exam()
    held = locked(plan(government, date(2026, 12, 8)))
    assert missing(government, held, date(2026, 12, 9)) == {}
    assert list(missing(government, PlanLock(), date(2026, 12, 8))) == ["bandwidth dipasang"]
    assert list(missing(government, held, date(2026, 12, 11))) == ["bandwidth dilepas"]


def test_the_list_begins_with_what_is_missing() -> None:
    government = exam(spare="0")
    event = government.events[0]
    told = lines(event, readiness(government, event, PlanLock(), DAY))
    assert told[0].startswith("Acara cat di disdik/kantor, 2026-12-08 sampai 2026-12-10: 13 dari 14 syarat")
    assert told[1] == "BELUM  komputer cadangan: 0, perlu 5. Tambah 5 komputer."
    assert all(line.startswith("ada    ") for line in told[2:])


def test_an_examination_needs_a_router_that_stands_there() -> None:
    government = exam()
    assert "router di lokasi" not in missing(government)
    racked = tuple(
        d.model_copy(update={"readiness": "racked"}) if d.location_ref == "disdik/kantor" else d
        for d in government.devices
    )
    without = Register.model_construct(**{**dict(government), "devices": racked})
    assert list(missing(without)) == ["router di lokasi"]


@pytest.mark.parametrize(
    ("stage", "preferred", "ready_"),
    [("parallel", None, False), ("cutover", None, True), ("parallel", False, True), ("cutover", True, False)],
)
def test_what_is_reserved_must_be_what_the_office_uses(stage: str, preferred: bool | None, ready_: bool) -> None:
    government = exam()
    line = next(c for c in government.circuits if c.kind == "leased_line")
    own = line.model_copy(update={"id": "lama", "kind": "own_subscription", "preferred": preferred})
    devices = tuple(
        d.model_copy(update={"ports": (*d.ports, DevicePort(name="wan", use="uplink", circuit="lama"))})
        if d.location_ref == "disdik/kantor"
        else d
        for d in government.devices
    )
    opds = tuple(o.model_copy(update={"stage": stage}) if o.code == "disdik" else o for o in government.opds)
    changed = {"circuits": (*government.circuits, own), "devices": devices, "opds": opds}
    gap = missing(Register.model_construct(**{**dict(government), **changed}))
    assert list(gap) == ([] if ready_ else ["internet lewat jalur pusat"])


def test_a_second_line_that_took_too_long_was_tried_and_is_not_ready() -> None:
    government = exam()

    def items(seconds: float) -> dict[str, bool]:
        taken = datetime(2026, 11, 20, 3, tzinfo=UTC)
        line = Measurement("disdik/kantor", "central", taken, failover_seconds=seconds)
        listed = readiness(government, government.events[0], PlanLock(), DAY, Shown(line=line))
        return {item.name: item.ready for item in listed}

    assert items(12)["pindah ke jalur kedua dicoba"]
    assert not items(31)["pindah ke jalur kedua dicoba"], "what was measured counts before what was written"
