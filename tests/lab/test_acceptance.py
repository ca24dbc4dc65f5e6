# SPDX-License-Identifier: GPL-3.0-or-later
"""accept.yml measures real lines from inside real offices, says what fails, and always gives a line back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from government import DEVICES, INTERNET, OFFICES
from labkit.running import RunningLab
from own_inventory import OwnInventory, kill

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.promises import (
    Promise,
    promised,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import (
    OfficeLock,
    PlanLock,
    lock_text,
    read_plan_lock,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load

TOLERANCE = 0.10
QUICK = ["-e", "terpusat_accept_pings=20 terpusat_accept_tries=1 terpusat_accept_seconds=3"]
FAILOVER = ["-e", "terpusat_accept_failover=true"]
#: an office that has a second line and whose internet goes by the central one, and one without
TWO_LINES = next(
    office
    for office in OFFICES
    if office.place.startswith("dinkes/")
    and any(p.use == "uplink" for d in DEVICES if d.name == office.router for p in d.ports)
)
ONE_LINE = next(office for office in OFFICES if office.place.startswith("disdik/"))


@pytest.fixture
def own(lab: RunningLab, tmp_path: Path) -> OwnInventory:
    return OwnInventory.copy(tmp_path, lab)


def promise(own: OwnInventory, place: str) -> Promise:
    register, lock = load(own.folder / "register").register, read_plan_lock(own.plan_file).lock
    assert register is not None
    assert lock is not None
    return promised(register, lock)[place]


def result(own: OwnInventory, place: str) -> dict[str, Any]:
    """The last one that was kept."""
    files = sorted((own.folder / "measurements" / place).glob("*.json"))
    assert files, "nothing was kept"
    found: dict[str, Any] = json.loads(files[-1].read_text())
    return found


def left_over(lab: RunningLab, router: str) -> str:
    """What a measurement holds on a router; nothing when all was given back."""
    ask = "nft list tables | grep uji; systemctl list-units --no-legend 'terpusat-uji*'; ip route show proto 186"
    return lab.exec(router, ask).stdout.strip()


def carried_by(lab: RunningLab, router: str) -> str:
    shown = lab.exec(router, f"ip -j route get {INTERNET}").stdout
    return str(json.loads(shown or "[{}]")[0].get("dev", ""))


def test_an_office_with_two_lines_passes_from_its_router_and_its_failover_is_measured(
    lab: RunningLab, own: OwnInventory, record_property: pytest.RecordProperty
) -> None:
    office, given = TWO_LINES, promise(own, TWO_LINES.place)
    before = carried_by(lab, office.router)
    for _ in range(3):  # a busy machine takes from the rates
        done = own.play("accept.yml", "--limit", office.router, *QUICK, *FAILOVER)
        if done.returncode == 0:
            break
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{office}, jalur pusat" in done.stdout
    assert ": LULUS" in done.stdout
    found = result(own, office.place)
    values = found["values"]
    assert values["loss_percent"] == 0
    assert len(found["samples"][f"ping {INTERNET} ms"]) == 20
    for name in ("down_bps", "up_bps"):
        assert values[name] <= given.mir_bps * (1 + TOLERANCE), name
    assert 1 < values["failover_seconds"] <= 30
    assert left_over(lab, office.router) == ""
    assert carried_by(lab, office.router) == before
    record_property("failover", f"{values['failover_seconds']:.1f} s")
    print(f"{office}: {found['values']}")


def test_an_office_that_gets_less_than_promised_fails_measured_from_a_pc_in_it(
    lab: RunningLab, own: OwnInventory
) -> None:
    office, given = ONE_LINE, promise(own, ONE_LINE.place)
    address, knows = own.enrol_pc(office.place)
    own.add_probe(office.place, address)
    # Its routers stand where they stood; what was promised on paper is three times that.
    opd = office.place.split("/")[0]
    paper = PlanLock(offices={opd: OfficeLock(cir=3 * given.mir_bps, mir=3 * given.mir_bps, priority=1)})
    own.plan_file.write_text(lock_text(paper))
    best = 0.0
    for _ in range(3):
        done = own.play("accept.yml", "--limit", office.router, *QUICK, "-e", knows)
        assert done.returncode == 2, done.stdout + done.stderr
        best = max(best, result(own, office.place)["values"]["down_bps"])
        if best >= given.mir_bps * (1 - TOLERANCE):
            break
    assert given.mir_bps * (1 - TOLERANCE) <= best <= given.mir_bps * (1 + TOLERANCE)
    assert f"Diukur dari komputer {address}" in done.stdout
    rows = {line.split("  ")[0]: line for line in done.stdout.splitlines()}
    assert "GAGAL" in rows["kecepatan unduh"]
    assert "GAGAL" in rows["kecepatan unggah"]
    for name in ("latensi", "paket hilang", "jawaban DNS"):
        assert " lulus " in rows[name], rows[name]
    assert left_over(lab, office.router) == ""


def test_a_controller_that_dies_leaves_no_office_without_its_line(lab: RunningLab, own: OwnInventory) -> None:
    office = TWO_LINES
    before = carried_by(lab, office.router)
    path = own.register("government")
    path.write_text(path.read_text().replace("    acceptance:\n", "    acceptance:\n      failover_seconds: 1\n"))
    process = own.start("accept.yml", "--limit", office.router, *FAILOVER, "-e", '{"terpusat_accept_only": [failover]}')
    try:
        assert lab.wait(lambda: "uji-putus" in left_over(lab, office.router), 60, 1), "nothing was taken away"
    finally:
        kill(process)
    assert "uji-putus" in left_over(lab, office.router), "it was given back before the controller died"
    assert lab.wait(lambda: left_over(lab, office.router) == "", 60, 1), left_over(lab, office.router)
    assert lab.wait(lambda: carried_by(lab, office.router) == before, 60, 1)
