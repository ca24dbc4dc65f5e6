# SPDX-License-Identifier: GPL-3.0-or-later
"""event.yml: an examination gets what was reserved while everybody wants the line, nobody starves, then it is gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from government import CENTRAL, DEVICES, INTERNET, PLAN, REGISTER, Office
from labkit.running import RunningLab
from own_inventory import OwnInventory
from test_contention import CAPACITY
from test_shaping import TOLERANCE, TRIES, measured

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import (
    PlanLock,
    read_plan_lock,
)

pytestmark = pytest.mark.slow
DAY = "2026-06-15"
HOST = next(office for office in CENTRAL if office.place.startswith("disdik/"))
#: who wants the line at the same time
CROWD = [HOST, *(office for office in CENTRAL if office is not HOST)][:3]
BORDER = next(device.name for device in DEVICES if device.role == "border_router")
ROUTERS = sorted(device.name for device in DEVICES if device.role == "opd_router")
RESERVED = 8_000_000
SERVER_OUT_OF_REACH = "198.51.100.200"
EVENT = f"""\
events:
  - code: ujian
    name: Ujian CAT
    opd: {HOST.place.split("/")[0]}
    location: {HOST.place.split("/")[1]}
    days: {{start: {DAY}, end: {DAY}}}
    computers: 4
    spare: 1
    bandwidth: {RESERVED // 1_000_000} Mbps
    exam_server: {INTERNET}
    readiness: {{computers: true, cabling: true, switches: true, ups: false, genset: true, line_tested: true}}
"""


@pytest.fixture(scope="module")
def own(lab: RunningLab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnInventory]:
    """The lab's routers end as the repository's own register wants them, also after a test that failed half way."""
    found = OwnInventory.copy(tmp_path_factory.mktemp("acara"), lab)
    ordinary = found.plan_file.read_bytes()
    found.register("events").write_text(EVENT)
    before = shaping(lab)
    yield found
    if found.plan_file.read_bytes() != ordinary or shaping(lab) != before:
        found.register("events").write_text("events: []\n")
        found.plan_file.write_bytes(ordinary)
        restored = found.play("network.yml", "--limit", f"{BORDER},role_opd_router")
        assert restored.returncode == 0, restored.stdout


def step(own: OwnInventory, name: str, *options: str) -> str:
    """What event.yml printed; an event that is not ready ends with 2."""
    asked = json.dumps({"terpusat_event": "ujian", "terpusat_event_step": name, "terpusat_event_date": DAY})
    done = own.play("event.yml", "-e", asked, *options)
    assert done.returncode == (2 if name == "verify" else 0), done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


def shaping(lab: RunningLab) -> dict[str, list[str]]:
    """Rates of all shaping classes of the border and of the offices' routers."""
    each = "for i in /sys/class/net/*; do tc class show dev ${i##*/}; done"
    ask = f"{each} | grep -o 'htb 1:[0-9a-f]* .*rate.*burst' | sort"
    return {name: lab.exec(name, ask).stdout.splitlines() for name in (BORDER, *ROUTERS)}


def held(own: OwnInventory) -> PlanLock:
    found = read_plan_lock(own.plan_file)
    assert found.lock is not None, found.problems
    return found.lock


def together(lab: RunningLab) -> dict[Office, float]:
    """bit/s downloaded by each office of the crowd while all of them ask for as much as they can get."""
    with ThreadPoolExecutor() as pool:
        tests = {office: pool.submit(measured, lab, office, 5201 + n, download=True) for n, office in enumerate(CROWD)}
        found = {office: test.result() for office, test in tests.items()}
    return {office: rate for office, rate in found.items() if isinstance(rate, float)}


def test_looking_shows_who_gives_how_much_and_changes_nothing(lab: RunningLab, own: OwnInventory) -> None:
    before, ordinary = shaping(lab), own.plan_file.read_bytes()
    seen = step(own, "reserve", "--check")
    assert "akan dipesan" in seen
    given = {line.split()[0]: line for line in seen[seen.index("Yang memberi:") :].splitlines()[2:] if "bps" in line}
    assert set(PLAN.offices) <= set(given), "every office that shares the line is named with what it gives"
    assert "Semua jaminan tetap utuh" in seen
    assert (shaping(lab), own.plan_file.read_bytes()) == (before, ordinary)


def test_what_is_reserved_is_there_when_everybody_wants_the_line(
    lab: RunningLab, own: OwnInventory, record_property: pytest.RecordProperty
) -> None:
    before, ordinary = shaping(lab), own.plan_file.read_bytes()
    told = step(own, "reserve")
    assert "dipesan: acara ujian 8 Mbps" in told
    plan, during = held(own), shaping(lab)
    assert during[BORDER] != before[BORDER]
    assert during[HOST.router] != before[HOST.router]
    assert "sudah sesuai" in step(own, "reserve", "--check"), "running it again changes nothing"

    crowd = {office: replace(office, **vars_of(plan, office)) for office in CROWD}
    assert crowd[HOST].cir >= RESERVED > HOST.cir, "else an ordinary day would do"
    assert sum(office.mir for office in crowd.values()) > CAPACITY
    best: dict[Office, float] = {}
    for _ in range(TRIES):
        found = together(lab)
        for office, rate in found.items():
            assert rate <= crowd[office].mir * (1 + TOLERANCE), f"{office}: {rate / 1e6:.2f} Mbit/s di atas batasnya"
        assert sum(found.values()) <= CAPACITY * (1 + TOLERANCE), "more than the line carries"
        best = max(
            best, found, key=lambda rates: sum(rate >= crowd[o].cir * (1 - TOLERANCE) for o, rate in rates.items())
        )
        if len(best) == len(CROWD) and all(rate >= crowd[o].cir * (1 - TOLERANCE) for o, rate in best.items()):
            break
    shown = ", ".join(f"{o} {rate / 1e6:.2f} (jaminan {crowd[o].cir / 1e6:.2f})" for o, rate in best.items())
    print(f"selama acara, Mbit/s: {shown}")
    record_property("event", shown)
    assert set(best) == set(CROWD), shown
    for office, rate in best.items():
        assert rate >= crowd[office].cir * (1 - TOLERANCE), shown
        assert rate >= floor(office), f"{office} di bawah jaminannya {floor(office) / 1e6:.2f}: {shown}"

    assert "dilepas: acara ujian" in step(own, "release")
    assert shaping(lab) == before
    assert own.plan_file.read_bytes() == ordinary, "the former plan is back, to the byte"


def floor(office: Office) -> float:
    """What the office never gets less of, by the register."""
    code = office.place.partition("/")[0]
    record = next(record for record in REGISTER.bandwidth if record.opd == code)
    percent = (
        REGISTER.government.rules.bandwidth.public_service_floor_percent if REGISTER.opd(code).public_service else 0
    )
    return record.floor if record.floor is not None else (record.granted or 0) * percent / 100


def vars_of(plan: PlanLock, office: Office) -> dict[str, int]:
    share = plan.locations[office.place]
    return {"cir": share.cir, "mir": share.mir}


def test_verify_names_what_is_missing_and_measures_the_way_to_the_exam(own: OwnInventory) -> None:
    listed = step(own, "verify")
    assert "BELUM  UPS" in listed
    assert "BELUM  jalur kedua: tidak ada" in listed
    assert "BELUM  bandwidth dipasang" in listed, "it was not reserved, or was released"
    assert f"ping ke {INTERNET}" in listed
    assert "ada    genset" in listed


def test_an_exam_server_that_does_not_answer_is_told_and_not_forgiven(own: OwnInventory) -> None:
    events = own.register("events")
    text = events.read_text()
    events.write_text(text.replace(f"exam_server: {INTERNET}", f"exam_server: {SERVER_OUT_OF_REACH}"))
    try:
        listed = step(own, "verify", "-e", "terpusat_event_pings=3")
    finally:
        events.write_text(text)
    assert f"{SERVER_OUT_OF_REACH}" in listed
    assert "BELUM  latensi: belum diukur" in listed
