# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One step of playbooks/rollout.yml on the controller; options and results are documented in plugins/modules."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, ClassVar

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.folder import EvidenceFolder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.ledger import Ledger
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.recorder import whoami
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.rollout.request import Request, decide
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import STAGES, Register
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.errors import RolloutError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.letters import (
    letter_text,
    letters,
    write_letters,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.records import Records
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.steps import Planned, Rollout, Wave
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.text import preview, summary
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.controller_action import (
    ControllerAction,
    Refused,
    parse_day,
)


class ActionModule(ControllerAction):
    """Works on the government's folder and its state folder only."""

    SPEC: ClassVar[dict[str, Any]] = {
        "step": {"type": "str", "required": True, "choices": ["plan", "desk", "begin", "judge", "settle", "close"]},
        "folder": {"type": "path", "required": True},
        "to": {"type": "str", "choices": ["", *STAGES], "default": ""},
        "offices": {"type": "list", "elements": "str", "default": []},
        "reason": {"type": "str", "default": ""},
        "date": {"type": "str", "default": ""},
        "hosts": {"type": "list", "elements": "str", "default": []},
        "results": {"type": "dict", "default": {}},
        "drift_report": {"type": "path"},
    }

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        self._variables = task_vars or {}
        return super().run(tmp, task_vars)

    def perform(self, arguments: dict[str, Any]) -> dict[str, Any]:
        try:
            return self._step(arguments)
        except RolloutError as error:
            self.tell(*error.reasons)
            raise Refused(error.reasons[0].splitlines()[0]) from error

    def _step(self, arguments: dict[str, Any]) -> dict[str, Any]:
        rollout = self._rollout(arguments)
        match arguments["step"]:
            case "plan":
                return self._plan(rollout, arguments)
            case "close":
                return self._close(rollout)
            case "desk":
                rollout.desk()
                return {"changed": True}
            case "begin":
                return _wave(rollout.begin(arguments["hosts"]))
            case "judge":
                return _wave(rollout.judge(arguments["hosts"], _texts(arguments["results"])))
            case _:
                return _wave(rollout.settle(arguments["hosts"], _texts(arguments["results"])))

    def _plan(self, rollout: Rollout, arguments: dict[str, Any]) -> dict[str, Any]:
        planned = rollout.plan(_request(arguments), parse_day(arguments["date"]), dry=self.dry)
        register = _register(planned)
        if planned.decision.mistakes:
            raise RolloutError(*planned.decision.mistakes)
        self.tell(preview(planned, register, dry=self.dry))
        batches = [] if self.dry else [[r for office in wave for r in office.routers] for wave in planned.waves]
        backbone = ("core_switch", "border_router") if planned.backbone and not self.dry else ()
        return {
            "changed": bool(planned.waves or planned.desk),
            "desk": [office.code for office in planned.desk],
            "routers": [router for batch in batches for router in batch],
            "batches": [len(batch) for batch in batches],
            "backbone": [
                device.name
                for role in backbone
                for device in register.devices
                if device.role == role and device.in_service
            ],
            "waiting": {candidate.opd.code: list(candidate.missing) for candidate in planned.decision.waiting},
            "beside": dict(planned.decision.beside),
            "offices": {office.code: [office.source, office.to] for office in planned.run.offices},
        }

    def _close(self, rollout: Rollout) -> dict[str, Any]:
        run = rollout.close()
        known = rollout.known(run.today)
        register = known.register
        assert register is not None
        request = run.request
        # Judged anew with what the register says now; who is where he should be is in neither list.
        left = decide(register, known.allocations, known.facts, request, without={o.code for o in run.offices})
        ended = [(letter, letter_text(letter, register, run)) for letter in letters(run, register, known.facts)]
        written = write_letters(rollout.folder, ended)
        told = [summary(run, left.waiting, register), *(text for _, text in ended)]
        told += [f"Data surat: {path}" for path in written]
        self.tell(*told)
        asked = set(request.offices)
        short = {office.code for office in run.offices if office.state != "done"}
        short |= asked & ({candidate.opd.code for candidate in left.waiting} | {code for code, _ in left.beside})
        return {
            "changed": bool(run.of("done", "stuck")),
            "short": sorted(short),
            "results": {office.code: {"state": office.state, "why": office.why} for office in run.offices},
            "letters": [str(path) for path in written],
        }

    def _rollout(self, arguments: dict[str, Any]) -> Rollout:
        government = self._variable("terpusat_government") or {}
        code = str(government.get("code") or "")
        state = EvidenceFolder.of(code, self._variable("terpusat_evidence_folder"))
        seal = self._variable("terpusat_evidence_key")
        key = str(seal).encode() if seal else None
        zone = str(government.get("iana_time_zone") or "UTC")
        ticket = str(self._variable("terpusat_ticket") or "")
        records = Records(Ledger(state.ledger, code, key), code, whoami(), ticket, zone, key)
        chosen = arguments["drift_report"] or os.environ.get("TERPUSAT_DRIFT_REPORT")
        report = Path(chosen) if chosen else EvidenceFolder.of(code).root / "drift.json"
        return Rollout(Path(arguments["folder"]).absolute(), state, records, report)

    def _variable(self, name: str) -> Any:
        return self._templar.template(self._variables[name]) if name in self._variables else None


def _request(arguments: dict[str, Any]) -> Request:
    offices = tuple(dict.fromkeys(code.strip() for code in arguments["offices"] if code.strip()))
    return Request(arguments["to"] or None, offices, arguments["reason"].strip())


def _register(planned: Planned) -> Register:
    assert planned.known.register is not None
    return planned.known.register


def _texts(results: dict[str, Any]) -> dict[str, str]:
    return {str(host): str(why) for host, why in results.items()}


def _wave(found: Wave) -> dict[str, Any]:
    return {
        "changed": bool(found.apply or found.undo),
        "apply": list(found.apply),
        "undo": list(found.undo),
        "central": list(found.central),
        "own": list(found.own),
        "stop": found.stop,
    }
