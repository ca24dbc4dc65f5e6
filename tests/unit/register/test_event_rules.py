# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules about events, floors and ceilings: one line a rule, and nothing but that rule speaks."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

E, W = "error", "warning"

EVENT = """\
events:
  - code: cat
    name: Ujian CAT
    opd: dinkes
    location: kantor
    days: {start: 2026-12-08, end: 2026-12-10}
    hours: {start: "07:00", end: "17:30"}
    computers: 50
    spare: 5
    bandwidth: 100 Mbps
    latency_ms: 40
    second_line: dinkes-lama
"""
AGAIN = EVENT.replace("events:\n", "").replace("code: cat", "code: cat-2")
LEASED = ("circuits", "  - id: dinkes-lama", """\
  - id: sewa-dinkes
    kind: leased_line
    opd: dinkes
    location: kantor
    provider: PT Satu
    media: leased_fiber
    role: main
    capacity: {domestic: 50 Mbps, international: 50 Mbps}
    contract: {start: 2026-01-01, end: 2026-12-31}
    budget_line: DPA 9
    monthly_cost: Rp 5.000.000
  - id: dinkes-lama""")  # fmt: skip
DINKES = ("bandwidth", "granted: 20 Mbps, allocated: 15 Mbps}")

# id, severity, events.yml, edits elsewhere, file:line, key, part of what is wrong, part of what to do
CASES = [
    ("backwards", E, EVENT.replace("end: 2026-12-10", "end: 2026-12-07"), [], "events:6", "events[cat].days.end",
     "acara selesai (2026-12-07) sebelum mulai (2026-12-08)", "Betulkan"),
    ("hours-backwards", E, EVENT.replace("17:30", "06:59"), [], "events:7", "events[cat].hours.end",
     "selesai pukul 06:59, tidak sesudah mulai pukul 07:00", "dua acara"),
    ("not-an-hour", E, EVENT.replace('"07:00"', '"7.00"'), [], "events:7", "events[cat].hours.start", "bukan jam",
     "Maksud Anda 07:00?"),
    ("no-such-opd", E, EVENT.replace("dinkes\n", "dinkess\n", 1), [], "events:4", "events[cat].opd",
     "OPD 'dinkess' tidak ada", "Ganti dengan 'dinkes'"),
    ("no-such-place", E, EVENT.replace("kantor", "aula"), [], "events:5", "events[cat].location",
     "lokasi 'aula' tidak ada pada OPD dinkes", "Yang ada: kantor"),
    ("twice", E, EVENT + AGAIN.replace("cat-2", "cat").replace("2026-12-08, end: 2026-12-10", "2026-12-18, end: "
     "2026-12-18"), [], "events:13", "events[cat].code",
     "kode acara 'cat' sudah dipakai di events.yml baris 2", "lain"),
    ("too-little", W, EVENT.replace("100 Mbps", "60 Mbps"), [], "events:10", "events[cat].bandwidth",
     "50 komputer memerlukan 100 Mbps (2 Mbps tiap komputer), tetapi yang dipesan 60 Mbps", "rate_per_computer"),
    ("few-spares", W, EVENT.replace("spare: 5", "spare: 3"), [], "events:9", "events[cat].spare",
     "komputer cadangan 3, seharusnya sedikitnya 5 (10% dari 50)", "Tambah 2 komputer"),
    ("slow", W, EVENT.replace("latency_ms: 40", "latency_ms: 140"), [], "events:11", "events[cat].latency_ms",
     "latensi terukur 140 ms, paling besar 100 ms", "penyedia"),
    ("second-line-missing", W, EVENT.replace("    second_line: dinkes-lama\n", ""), [], "events:2", "events[cat]",
     "tidak punya jalur kedua", "Tulis 'second_line: dinkes-lama'"),
    ("second-line-unknown", E, EVENT.replace("dinkes-lama", "dinkes-lam"), [], "events:12", "events[cat].second_line",
     "jalur 'dinkes-lam' tidak ada", "dinkes-lama"),
    ("second-line-shared", E, EVENT.replace("dinkes-lama", "isp-b"), [], "events:12", "events[cat].second_line",
     "isp-b adalah uplink bersama", "jalur cadangan ke lokasi acara"),
    ("second-line-elsewhere", E, EVENT.replace("opd: dinkes", "opd: disdik"),
     [("opds", "coverage: {reachable: false, reason: Menunggu kabel}", "coverage: {reachable: true}")],
     "events:12", "events[cat].second_line", "dinkes-lama menuju dinkes/kantor, sedangkan acara di disdik/kantor",
     "lokasi acara"),
    ("second-line-ends-before", W, EVENT.replace("2026-12-10", "2027-01-02"), [], "events:12",
     "events[cat].second_line", "tidak menutup hari acara (2026-12-08 sampai 2027-01-02)", "Perpanjang"),
    ("second-line-same-provider", W, EVENT, [("circuits", "location: kantor\n    provider: PT Dua",
     "location: kantor\n    provider: PT Satu")], "events:12", "events[cat].second_line",
     "dari penyedia yang sama (PT Satu) dengan jalur utama isp-a", "penyedia lain"),
    ("unreachable", W, EVENT.replace("opd: dinkes", "opd: disdik"),
     [("circuits", "opd: dinkes", "opd: disdik")], "events:4", "events[cat].opd",
     "OPD disdik tidak terjangkau jaringan", "Pindahkan acara"),
    ("narrow-leased-line", W, EVENT, [LEASED], "events:10", "events[cat].bandwidth",
     "pesanan 100 Mbps tidak lewat di jalur sewa dinkes/kantor yang hanya 50 Mbps (sewa-dinkes)", "hari acara"),
    ("together", W, EVENT + AGAIN.replace("07:00", "17:00"), [], "events:17", "events[cat-2].days",
     "acara cat-2 bersamaan dengan cat (events.yml baris 2) di dinkes/kantor", "dijumlahkan"),
    ("floor-above-granted", E, "events: []\n", [(*DINKES, DINKES[1].replace("}", ", floor: 21 Mbps}"))], "bandwidth:2",
     "bandwidth[dinkes].floor", "floor 21 Mbps melebihi granted 20 Mbps", "Turunkan floor"),
    ("floor-above-ceiling", E, "events: []\n",
     [(*DINKES, DINKES[1].replace("}", ", floor: 18 Mbps, ceiling: 16 Mbps}"))], "bandwidth:2",
     "bandwidth[dinkes].floor", "floor 18 Mbps melebihi ceiling 16 Mbps", "naikkan ceiling"),
    ("allocated-above-ceiling", E, "events: []\n", [(*DINKES, DINKES[1].replace("}", ", ceiling: 10 Mbps}"))],
     "bandwidth:2", "bandwidth[dinkes].allocated", "allocated 15 Mbps melebihi ceiling 10 Mbps", "Turunkan"),
    ("floors-above-uplink", E, "events: []\n",
     [(*DINKES, "granted: 500 Mbps, allocated: 15 Mbps, floor: 201 Mbps}")], "bandwidth:2", "bandwidth[dinkes].floor",
     "jumlah floor 201 Mbps melebihi kapasitas jalur utama 200 Mbps: dinkes 201 Mbps.", "sebanyak 1 Mbps"),
    ("weight-zero", E, "events: []\n", [(*DINKES, DINKES[1].replace("}", ", weight: 0}"))], "bandwidth:2",
     "bandwidth[dinkes].weight", "0 di luar batas", "dari 1 sampai 100"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("severity", "events", "edits", "place", "key", "what", "action"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_rule(
    load_register: Any, severity: str, events: str, edits: list[Any], place: str, key: str, what: str, action: str
) -> None:
    result = load_register(*edits, events=events)
    assert len(result.problems) == 1, result.text()
    problem = result.problems[0]
    assert problem.key == key
    assert what in problem.what
    assert action in problem.what + problem.action
    assert f"{problem.file.rsplit('/', 1)[-1].removesuffix('.yml')}:{problem.line}" == place
    assert str(problem.severity) == severity
    assert (result.register is None) is (severity == E)


def test_a_good_event_is_silent_and_typed(load_register: Any) -> None:
    result = load_register(events=EVENT)
    assert result.problems == ()
    (event,) = result.register.events
    assert (event.bandwidth, event.computers, event.spare) == (100_000_000, 50, 5)
    assert event.hours.start == time(7, 0)
    assert event.on(date(2026, 12, 8))
    assert event.on(date(2026, 12, 10))
    assert not event.on(date(2026, 12, 11))
    assert event.readiness.ups is False


def test_events_one_after_the_other_are_silent(load_register: Any) -> None:
    assert load_register(events=EVENT + AGAIN.replace("07:00", "17:30").replace('"17:30"}', '"18:00"}')).problems == ()


def test_a_register_without_events_is_whole(load_register: Any) -> None:
    result = load_register(events=None)
    assert result.problems == ()
    assert result.register.events == ()
