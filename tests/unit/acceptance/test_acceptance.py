# SPDX-License-Identifier: GPL-3.0-or-later
"""Measured lines: kept as they were written, judged against the rules, counted for the location they belong to."""

from __future__ import annotations

import json
import pathlib
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance import archive
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.criteria import judge
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.measurement import (
    VALUES,
    Measurement,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.standing import standing
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import AcceptanceRules, Register

LAB = pathlib.Path(__file__).parents[3] / "inventories" / "lab"
TAKEN = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)
GOOD: dict[str, Any] = {
    "latency_ms": 12.5, "jitter_ms": 2.0, "loss_percent": 0.0, "dns_ms": 9.0, "down_bps": 19e6, "up_bps": 18e6,
    "failover_seconds": 6.0,
}  # fmt: skip
CIR = 20_000_000


@pytest.fixture(scope="module")
def lab() -> Register:
    loaded = load(LAB / "register")
    assert loaded.register is not None, loaded.text()
    return loaded.register


def measurement(**fields: Any) -> Measurement:
    return Measurement(**{"location": "dinkes/kantor", "line": "central", "taken": TAKEN, **GOOD, **fields})


def failing(found: Measurement, *, second_line: bool = True) -> list[str]:
    return [str(c) for c in judge(found, AcceptanceRules(), CIR, second_line=second_line) if not c.passed]


def test_a_good_line_passes() -> None:
    assert failing(measurement()) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"latency_ms": 150.2}, "latensi 150,2 ms, paling besar 150 ms"),
        ({"latency_ms": 150.01}, "latensi 150,01 ms, paling besar 150 ms"),
        ({"jitter_ms": 80.0}, "jitter 80 ms, paling besar 75 ms"),
        ({"loss_percent": 3.5}, "paket hilang 3,5 %, paling besar 3 %"),
        ({"dns_ms": 450.0}, "jawaban DNS 450 ms, paling besar 200 ms"),
        ({"down_bps": 17.9e6}, "kecepatan unduh 17,9 Mbps, paling sedikit 18 Mbps"),
        ({"up_bps": 0.0}, "kecepatan unggah 0 Mbps, paling sedikit 18 Mbps"),
        ({"failover_seconds": 31.0}, "pindah jalur 31 detik, paling besar 30 detik"),
    ],
)
def test_each_criterion_fails_alone_and_says_why(fields: dict[str, float], told: str) -> None:
    assert failing(measurement(**fields)) == [told]


@pytest.mark.parametrize("name", VALUES)
def test_what_was_not_measured_has_not_passed(name: str) -> None:
    (told,) = failing(measurement(**{name: None}))
    assert "tidak diukur" in told


def test_failing_over_is_asked_only_where_there_is_a_second_line() -> None:
    assert failing(measurement(failover_seconds=None), second_line=False) == []


def test_at_the_limit_is_within_it() -> None:
    edge = {"latency_ms": 150, "jitter_ms": 75, "loss_percent": 3, "dns_ms": 200, "down_bps": 18e6, "up_bps": 18e6}
    assert failing(measurement(**edge, failover_seconds=30)) == []


_numbers = st.none() | st.floats(0, 1e12, allow_nan=False, allow_infinity=False)
_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
measurements = st.builds(
    Measurement,
    location=st.sampled_from(["dinkes/kantor", "disdik/gudang-2"]),
    line=st.sampled_from(["central", "own"]),
    taken=st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    method=st.dictionaries(_texts, _texts, max_size=3), **dict.fromkeys(VALUES, _numbers),
)  # fmt: skip


@given(measurements)
def test_what_is_written_is_read_back(found: Measurement) -> None:
    assert Measurement.of_data(json.loads(json.dumps(found.as_data()))) == found


@pytest.mark.parametrize(
    "damage",
    [
        {"version": 2}, {"line": "satelit"}, {"values": {"latency_ms": "12"}}, {"values": {"latency_ms": True}},
        {"values": {"suhu": 12}}, {"values": {"latency_ms": -1}}, {"taken": "kemarin"},
        {"taken": "2026-06-15T03:00:00"},
        {"method": {"latency_ms": 3}}, {"values": None},
    ],
)  # fmt: skip
def test_anything_else_is_refused(damage: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Measurement.of_data({**measurement().as_data(), **damage})
    with pytest.raises(ValueError, match=r".+"):
        Measurement.of_data([damage])


def test_results_are_kept_and_never_replaced(tmp_path: pathlib.Path) -> None:
    older, newer = measurement(latency_ms=300.0), measurement(taken=TAKEN + timedelta(hours=1))
    for found in (newer, older):
        archive.store(tmp_path, found)
    with pytest.raises(FileExistsError):
        archive.store(tmp_path, measurement(latency_ms=1.0))
    assert list(archive.results(tmp_path)) == [older, newer]
    assert not list(tmp_path.rglob(".hasil-*"))


def test_a_file_that_is_no_result_is_told_and_counts_for_nothing(tmp_path: pathlib.Path) -> None:
    path = archive.store(tmp_path, measurement())
    (path.parent / "20260616T030000Z-central.json").write_text('{"version": 1')
    moved = tmp_path / archive.FOLDER / "disdik" / "kantor" / path.name
    moved.parent.mkdir(parents=True)
    moved.write_bytes(path.read_bytes())
    good, torn, foreign = archive.results(tmp_path)
    assert good == measurement()
    assert isinstance(torn, archive.Unreadable)
    assert isinstance(foreign, archive.Unreadable)
    assert "dinkes/kantor" in foreign.reason


def test_the_last_test_over_the_central_line_counts(lab: Register) -> None:
    bad_then_good = [measurement(latency_ms=300.0), measurement(taken=TAKEN + timedelta(days=1))]
    for found in (bad_then_good, bad_then_good[::-1]):
        told = standing(found, lab, {"dinkes/kantor": CIR})
        assert told["dinkes/kantor"].day == date(2026, 6, 16)
        assert told["dinkes/kantor"].passed
    assert standing([measurement(line="own")], lab, {"dinkes/kantor": CIR}) == {}
    assert not standing([measurement()], lab, {})["dinkes/kantor"].passed


def test_the_day_is_the_government_s(lab: Register) -> None:
    late = measurement(taken=datetime(2026, 6, 15, 18, 30, tzinfo=UTC))  # 01.30 WIB on the next day
    assert standing([late], lab, {"dinkes/kantor": CIR})["dinkes/kantor"].day == date(2026, 6, 16)


def test_failover_counts_while_the_office_has_its_own_line(lab: Register) -> None:
    without = measurement(failover_seconds=None)
    assert not standing([without], lab, {"dinkes/kantor": CIR})["dinkes/kantor"].passed
    ended = measurement(failover_seconds=None, taken=datetime(2027, 1, 5, tzinfo=UTC))
    assert standing([ended], lab, {"dinkes/kantor": CIR})["dinkes/kantor"].passed
