# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An event step as its task runs it: a government's folder in, bandwidth_plan.yml out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance import archive
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.measurement import Measurement
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.event_folder import (
    EventError,
    EventFolder,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import read_plan_lock

ROOT = Path(__file__).parents[3]
EVENT = """\
events:
  - code: cat-2026
    name: Ujian CAT
    opd: disdik
    location: kantor
    days: {start: 2026-12-08, end: 2026-12-10}
    computers: 50
    spare: 5
    bandwidth: 180 Mbps
    readiness: {computers: true, cabling: true, switches: true, ups: true, genset: true}
"""
EVE, MIDST, AFTER = date(2026, 12, 7), date(2026, 12, 9), date(2026, 12, 11)
Reader = Callable[[date], EventFolder]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    folder = tmp_path / "lab"
    shutil.copytree(ROOT / "inventories" / "lab", folder)
    (folder / "bandwidth_plan.yml").unlink(missing_ok=True)
    (folder / "register" / "events.yml").write_text(EVENT)
    # An uplink of its own, so that the lab's may change.
    circuits = folder / "register" / "circuits.yml"
    wide = "capacity: {domestic: 210 Mbps, international: 100 Mbps}"
    circuits.write_text(re.sub(r"capacity: \{.*?\}", wide, circuits.read_text(), count=1))
    return lambda today: EventFolder.read(folder, "cat-2026", today)


def test_reserve_then_release_gives_back_what_was_before(read: Reader) -> None:
    ordinary = read(EVE).step("release", dry=False)
    ordinary.folder.path.write_text(ordinary.after)
    reserved = read(EVE).step("reserve", dry=False)
    assert reserved.changed
    told = "\n".join(reserved.lines(dry=False))
    assert "dipesan: acara cat-2026 180 Mbps" in told
    assert "Yang memberi:" in told
    devices = next(line for line in told.splitlines() if line.startswith("Perangkat yang disesuaikan: "))
    assert {"br1", "rt-disdik"} <= set(devices.removesuffix(".").replace(",", "").split())
    reserved.folder.path.write_text(reserved.after)
    lock = read_plan_lock(reserved.folder.path).lock
    assert lock is not None
    assert lock.offices["disdik"].priority == 0
    assert not read(MIDST).step("reserve", dry=False).changed
    released = read(AFTER).step("release", dry=False)
    assert released.after == ordinary.after
    assert "dilepas: acara cat-2026" in "\n".join(released.lines(dry=True))


def test_too_early_is_shown_in_check_mode_and_refused_else(read: Reader) -> None:
    early = date(2026, 11, 22)
    assert read(early).step("reserve", dry=True).lines(dry=True)[-1].startswith("BELUM WAKTUNYA")
    with pytest.raises(EventError, match="paling cepat 2026-12-06"):
        read(early).step("reserve", dry=False)


def test_an_unknown_event_and_a_broken_register_are_told(read: Reader) -> None:
    folder = read(EVE).path.parent
    with pytest.raises(EventError, match="Yang tercatat: cat-2026"):
        EventFolder.read(folder, "cat-2027", EVE)
    (folder / "register" / "events.yml").write_text(EVENT.replace("180 Mbps", "180 MB"))
    with pytest.raises(EventError, match=r"events\.yml"):
        EventFolder.read(folder, "cat-2026", EVE)


def test_what_cannot_be_reserved_is_named_and_nothing_changes(read: Reader) -> None:
    folder = read(EVE).path.parent
    (folder / "register" / "events.yml").write_text(EVENT.replace("180 Mbps", "195 Mbps"))
    with pytest.raises(EventError, match="kurang"):
        read(EVE).step("reserve", dry=False)


def test_verify_takes_what_was_measured(read: Reader) -> None:
    first = read(EVE)
    ready, told = first.verify(None)
    assert not ready
    assert any(line.startswith("BELUM  latensi: belum diukur") for line in told)
    assert any(line.startswith("BELUM  jalur utama diukur") for line in told)
    archive.store(
        first.path.parent,
        Measurement("disdik/kantor", "central", datetime(2026, 12, 1, tzinfo=UTC), down_bps=9e6, up_bps=9e6),
    )
    _, told = read(EVE).verify((38.25, "20 ping"))
    assert "ada    latensi: 38,2 ms (20 ping), paling besar 100 ms" in told
    assert "ada    jalur utama diukur dari ruang acara: uji terima 2026-12-01" in told
    assert any(line.startswith("BELUM  jalur kedua: tidak ada") for line in told)
    assert "Yang memberi:" in told
    old = read(date(2027, 1, 20)).tested()
    assert old is None, "a test of seven weeks ago says nothing"
