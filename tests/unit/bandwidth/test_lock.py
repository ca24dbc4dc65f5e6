# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""bandwidth_plan.yml: what is written is read back, and what a hand spoiled is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import (
    OfficeLock,
    PlanLock,
    Reservation,
    Share,
    lock_text,
    read_plan_lock,
)

RATES = st.integers(1, 10**12)
NAMES = st.sampled_from(["dinkes", "rsud", "a-1", "no", "on", "null", "y"])


def shares(model: type[Share], **more: st.SearchStrategy[int]) -> st.SearchStrategy[Share]:
    pairs = st.tuples(RATES, RATES).map(sorted)
    return pairs.flatmap(lambda pair: st.builds(model, cir=st.just(pair[0]), mir=st.just(pair[1]), **more))


LOCKS = st.builds(
    PlanLock,
    reservations=st.dictionaries(NAMES, st.builds(Reservation, location=st.just("a/b"), rate=RATES), max_size=3),
    offices=st.dictionaries(NAMES, shares(OfficeLock, priority=st.integers(0, 7)), max_size=5),
    locations=st.dictionaries(st.tuples(NAMES, NAMES).map("/".join), shares(Share), max_size=5),
)


@given(LOCKS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_written_is_read_back(tmp_path: Path, lock: PlanLock) -> None:
    path = tmp_path / "bandwidth_plan.yml"
    path.write_text(lock_text(lock))
    assert read_plan_lock(path).problems == ()
    assert read_plan_lock(path).lock == lock
    assert set(yaml.safe_load(lock_text(lock))) == {"version", "reservations", "offices", "locations"}


def test_no_file_is_an_empty_plan(tmp_path: Path) -> None:
    assert read_plan_lock(tmp_path / "bandwidth_plan.yml").lock == PlanLock()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("offices: {}\n", "'version' wajib diisi"),
        ("version: 2\n", "2 di luar batas"),
        ("version: 1\noffices: {a: {cir: 5 Mbps, mir: 4 Mbps, priority: 1}}\n", "cir melebihi mir"),
        ("version: 1\noffices: {a: {cir: 5 MBps, mir: 6 Mbps, priority: 1}}\n", "satuan byte"),
        ("version: 1\nlocations: {a/b: {cir: 5 Mbps}}\n", "'mir' wajib diisi"),
        ("version: 1\noffices: [\n", ""),
    ],
)
def test_a_spoiled_file_is_told(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "bandwidth_plan.yml"
    path.write_text(text)
    result = read_plan_lock(path)
    assert result.lock is None
    assert any(what in problem.what for problem in result.problems), [p.what for p in result.problems]
