# SPDX-License-Identifier: GPL-3.0-or-later
"""An office goes from its own line to the central one and back, by rollout.yml, with a computer's packets as witness.

All of it works on a copy of the lab's inventory folder; the routers end as the lab's own register wants them. What a
stage means when a line dies is proven in test_lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from government import DEVICES, FOLDER, OFFICES, REGISTER, UPLINK_ADDRESS, Office
from labkit.running import RunningLab
from own_inventory import OwnInventory, kill
from test_lines import SETTLED, asked_as, broken

pytestmark = pytest.mark.walk
#: seconds for one playbook on a busy machine
PATIENCE = 600
#: of the killed run: the guard that it leaves on the router has to fire before the next one can go on
GUARD_SECONDS = 20


def _office(code: str) -> Office:
    return next(office for office in OFFICES if office.place.startswith(f"{code}/"))


#: one with a line of its own that walks, and one that fails before it
WALKS, FAILS = _office("dinkes"), _office("disdik")
OPD, FAILING = WALKS.place.partition("/")[0], FAILS.place.partition("/")[0]
OWN_LINE = next(circuit for circuit in REGISTER.circuits if circuit.kind == "own_subscription" and circuit.opd == OPD)


def own_address() -> str:
    assert OWN_LINE.handoff is not None
    return str(OWN_LINE.handoff.address.ip)


@dataclass
class Walk:
    """The government's folder in which stages change, and the evidence of what was done."""

    own: OwnInventory
    state: Path

    def options(self) -> list[str]:
        return ["-e", json.dumps({
            "terpusat_evidence_folder": str(self.state),
            "terpusat_drift_report": str(self.state / "drift.json"),
            "terpusat_rollout_busy_delay": 3,
            "terpusat_rollout_busy_attempts": 60,
        })]  # fmt: skip

    def rollout(self, to: str, offices: str, *options: str, good: bool = True, **more: Any) -> str:
        """What rollout.yml printed. ``good``: it ends with 0."""
        asked = json.dumps({"terpusat_rollout_to": to, "terpusat_rollout_offices": offices, **more})
        done = self.own.play("rollout.yml", *self.options(), "-e", asked, *options, timeout=PATIENCE)
        assert (done.returncode == 0) == good, f"{done.stdout[-6000:]}{done.stderr[-2000:]}"
        return done.stdout

    @property
    def register(self) -> Path:
        return self.own.register("opds")

    def stage(self, opd: str) -> str:
        records = yaml.safe_load(self.register.read_text())["opds"]
        return next(str(record["stage"]) for record in records if record["code"] == opd)

    def records(self) -> list[dict[str, Any]]:
        ledger = self.state / "evidence" / "ledger.jsonl"
        whole = ledger.read_text().rpartition("\n")[0] if ledger.exists() else ""
        return [json.loads(line)["record"] for line in whole.splitlines()]


@pytest.fixture(scope="module")
def walk(lab: RunningLab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """Both offices stand at ``provisioned`` there; afterwards the routers are what the lab's register wants again."""
    base = tmp_path_factory.mktemp("pemerintah")
    made = Walk(OwnInventory.copy(base, lab), base / "bukti")
    text = made.register.read_text()
    for opd in (OPD, FAILING):
        text = re.sub(rf"(- code: {opd}\n(?:    .*\n)*?    stage: )\w+", r"\1provisioned", text)
    made.register.write_text(text)
    assert (made.stage(OPD), made.stage(FAILING)) == ("provisioned", "provisioned")
    yield made
    made.register.write_bytes((FOLDER / "register" / "opds.yml").read_bytes())
    again = made.own.play("network.yml", *made.options(), "--limit", f"{WALKS.router},{FAILS.router}", timeout=PATIENCE)
    assert again.returncode == 0, again.stdout[-3000:]


def comes_by(lab: RunningLab, address: str) -> bool:
    """Whether the internet sees the office's people under an address, as soon as lines and OSPF agree."""
    return lab.wait(lambda: asked_as(lab, WALKS) == address, SETTLED, 1)


@contextmanager
def cable_cut(lab: RunningLab, router: str) -> Iterator[None]:
    """The cable between an office's router and the core: it can be configured, and reaches nothing."""
    ports = (port for device in DEVICES if device.name == router for port in device.ports if port.use == "link")
    far = next(ports).to
    assert far is not None
    with broken(lab, far.device, *(f"ip link set {far.port} {state}" for state in ("down", "up"))):
        yield


def test_looking_changes_nothing_and_names_what_is_missing(walk: Walk) -> None:
    before = walk.register.read_bytes()
    shown = walk.rollout("parallel", f"{OPD},{FAILING}", "--check")
    waves = rf"Gelombang 1\n\s+{FAILING} .*\({FAILS.router}\)[\s\S]*Gelombang 2\n\s+{OPD} .*\({WALKS.router}\)"
    assert re.search(waves, shown), shown
    shown = walk.rollout("accepted", OPD, "--check")
    assert "masih provisioned; tahap tidak dilompati" in shown
    assert walk.register.read_bytes() == before
    assert walk.records() == []


def test_an_office_that_fails_goes_back_and_stops_the_next_wave(lab: RunningLab, walk: Walk) -> None:
    before = walk.register.read_bytes()
    with cable_cut(lab, FAILS.router):
        shown = walk.rollout("parallel", f"{OPD},{FAILING}", good=False, terpusat_rollout_verify_seconds=5)
    assert re.search(rf"{FAILING} +provisioned -> parallel +GAGAL, dikembalikan", shown)
    assert "Jalur pusat hidup" in shown
    assert re.search(rf"{OPD} +provisioned -> parallel +BELUM DIMULAI", shown)
    assert walk.register.read_bytes() == before
    steps = [(record["device"], record.get("outcome")) for record in walk.records() if record["action"] == "rollout"]
    assert steps == [(f"opd:{FAILING}", None), (f"opd:{FAILING}", "rolled_back")]


def test_in_parallel_the_own_line_carries(lab: RunningLab, walk: Walk) -> None:
    shown = walk.rollout("parallel", OPD)
    assert re.search(rf"{OPD} +provisioned -> parallel +berhasil", shown)
    assert walk.stage(OPD) == "parallel"
    assert comes_by(lab, own_address()), asked_as(lab, WALKS)


def test_it_is_accepted_only_when_it_was_measured(walk: Walk) -> None:
    shown = walk.rollout("accepted", OPD, good=False)
    assert f"{WALKS.place} belum diuji terima" in shown
    assert walk.stage(OPD) == "parallel"
    quick = json.dumps({
        "terpusat_accept_failover": True, "terpusat_accept_pings": 20,
        "terpusat_accept_tries": 1, "terpusat_accept_seconds": 3,
    })  # fmt: skip
    for _ in range(3):  # a busy machine takes from the rates
        measured = walk.own.play("accept.yml", *walk.options(), "--limit", WALKS.router, "-e", quick, timeout=PATIENCE)
        if measured.returncode == 0:
            break
    assert measured.returncode == 0, measured.stdout[-4000:]
    walk.rollout("accepted", OPD)
    assert walk.stage(OPD) == "accepted"


def test_a_killed_cutover_is_gone_on_with_by_the_same_command(lab: RunningLab, walk: Walk) -> None:
    """Killed with all its children in the middle of the router's transaction, whose guard brings the router back."""
    before = len(walk.records())
    asked = json.dumps({
        "terpusat_rollout_to": "cutover", "terpusat_rollout_offices": OPD, "opd_router_guard_seconds": GUARD_SECONDS,
    })  # fmt: skip
    running = walk.own.start("rollout.yml", *walk.options(), "-e", asked)
    try:
        begun = lab.wait(
            lambda: any(r["device"] == WALKS.router for r in walk.records()[before:]) or running.poll() is not None,
            PATIENCE,
            0.02,
        )
        assert begun
        assert running.poll() is None, "it was over before it could be killed"
    finally:
        kill(running)
    assert walk.stage(OPD) == "cutover", "what is meant stands in the register"
    shown = walk.rollout("cutover", OPD)
    assert "yang terputus" in shown
    assert re.search(rf"{OPD} +accepted -> cutover +berhasil", shown)
    assert comes_by(lab, UPLINK_ADDRESS), asked_as(lab, WALKS)
    steps = [record["kind"] for record in walk.records()[before:] if record["action"] == "rollout"]
    assert steps == ["begin", "end"], "nothing was done, or noted, twice"


def test_it_goes_back_at_any_time_with_a_reason(lab: RunningLab, walk: Walk) -> None:
    refused = walk.rollout("parallel", OPD, good=False)
    assert "sebutkan alasannya" in refused
    assert walk.stage(OPD) == "cutover"
    shown = walk.rollout("parallel", OPD, terpusat_rollout_reason="aplikasi pusat lambat dari kantor ini")
    assert re.search(rf"{OPD} +cutover kembali ke parallel +berhasil", shown)
    assert walk.stage(OPD) == "parallel"
    assert comes_by(lab, own_address()), asked_as(lab, WALKS)


def test_only_the_stages_were_written(walk: Walk) -> None:
    """Whoever keeps the folder in git finds the stages changed, and the measurements added."""

    def contents(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    wanted, found = contents(FOLDER), contents(walk.own.folder)
    differing = {name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)}
    assert {name for name in differing if not name.startswith("measurements/")} == {"register/opds.yml"}
    texts = [files["register/opds.yml"].decode() for files in (wanted, found)]
    without = [[line for line in text.splitlines() if "stage" not in line] for text in texts]
    assert without[0] == without[1]
