# SPDX-License-Identifier: GPL-3.0-or-later
"""A government in a temporary folder, and whole rollouts on it without Ansible: each process is an owner of its own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.folder import EvidenceFolder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.ledger import Ledger
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.measurements import MeasurementLedger
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.verify import check
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.measurement import Measurement
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.rollout.request import Request
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Opd
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout import steps
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.journal import Run
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.records import Records
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.stage_file import StageAt, staged
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.steps import Rollout

from .conftest import LAB

DAY = date(2026, 6, 15)
NOBODY = "komputer-lain-yang-mati - 1 -"


@dataclass
class Routers:
    """The stage that each router was last configured for, as its register said then; ``broken`` never follow."""

    folder: Path
    broken: dict[str, str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)

    def configure(self, names: tuple[str, ...]) -> dict[str, str]:
        """What the play does with them: why each failed, empty when it did not."""
        register = load(self.folder / "register").register
        assert register is not None
        for name in names:
            if self.broken.get(name) != "mati":
                self.stages[name] = register.opd(register.device(name).opd).stage
        return {name: self.broken.get(name, "") for name in names}


class Government:
    """The lab's folder, copied; ``stages`` are set first."""

    def __init__(self, base: Path, stages: Mapping[str, str], allowed: int = 0) -> None:
        self.folder = base / "lab"
        shutil.copytree(LAB, self.folder)
        self.state = EvidenceFolder(base / "state")
        self.drift_report = base / "drift.json"
        self.routers = Routers(self.folder)
        staged(self.folder / "register", {code: StageAt(stage, None) for code, stage in stages.items()}).write()  # type: ignore[arg-type]
        if allowed:
            path = self.folder / "register" / "government.yml"
            rules = f"  rules:\n    rollout: {{failures_allowed: {allowed}}}\n"
            path.write_text(path.read_text().replace("  rules:\n", rules))
        self.untouched = self.texts()

    def texts(self) -> dict[str, str]:
        """Every file of the folder but opds.yml."""
        found = {p.relative_to(self.folder).as_posix(): p for p in self.folder.rglob("*") if p.is_file()}
        return {name: path.read_text() for name, path in found.items() if name != "register/opds.yml"}

    def rollout(self) -> Rollout:
        records = Records(Ledger(self.state.ledger, "lab"), "lab", "tina@kendali", "027/1", "Asia/Jakarta")
        return Rollout(self.folder, self.state, records, self.drift_report)

    def opd(self, code: str) -> Opd:
        loaded = load(self.folder / "register")
        assert loaded.register is not None, loaded.text()
        return loaded.register.opd(code)

    def run(self, request: Request, day: date = DAY) -> Run:
        """All of playbooks/rollout.yml, with `Routers` in the place of the network."""
        rollout = self.rollout()
        planned = rollout.plan(request, day, dry=False)
        assert not planned.decision.mistakes, planned.decision.mistakes
        if planned.desk:
            rollout.desk()
        for wave in planned.waves:
            hosts = [router for office in wave for router in office.routers]
            begun = rollout.begin(hosts)
            if begun.stop:
                break
            judged = rollout.judge(hosts, self.routers.configure(begun.apply))
            undone = {name: why for name, why in self.routers.configure(judged.undo).items() if why != "uji gagal"}
            if rollout.settle(hosts, {**dict.fromkeys(judged.undo, ""), **undone}).stop:
                break
        return rollout.close()

    def records(self) -> list[Any]:
        found = check(self.state.ledger, "lab")
        assert found.valid, found.problems
        return [dict(entry.record) for entry in found.entries]

    def measure(self, location: str, day: date, **values: float) -> Path:
        """A result of an acceptance test, as accept.yml leaves it."""
        good = {"latency_ms": 12, "jitter_ms": 2, "loss_percent": 0, "dns_ms": 9, "down_bps": 4e7, "up_bps": 4e7}
        taken = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        found = Measurement(location, "central", taken, **{**good, "failover_seconds": 5, **values})
        return MeasurementLedger(self.folder, "lab").keep(found, "tina@kendali", "Asia/Jakarta")


def dies(monkeypatch: Any) -> None:
    """The process that ran so far is gone; the next rollout is another one's."""
    monkeypatch.setattr(steps, "alive", lambda name: name == "proses 2")
    monkeypatch.setattr(steps, "OWNER", "proses 2")
