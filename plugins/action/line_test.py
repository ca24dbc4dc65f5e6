# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Controller side of diskominfo.terpusat.line_test; its documentation is in plugins/modules/line_test.py."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.errors import EvidenceError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.recorder import whoami
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test.measuring import Notes
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test.office import (
    OfficeLine,
    Way,
    take,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test.source import Effort
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    DeviceError,
    Outcome,
    SessionLostError,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance import report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.orders import (
    PARTS,
    Order,
    order,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import (
    FILE_NAME,
    read_plan_lock,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.render import count_line
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.device_action import DeviceAction
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.device_inspection import failure
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.evidence import RunEvidence

_SPEC: dict[str, Any] = {
    "folder": {"type": "path", "required": True},
    "only": {"type": "list", "elements": "str", "choices": list(PARTS)},
    "failover": {"type": "bool", "default": False},
    "target": {"type": "str"},
    "source": {"type": "str", "default": "auto", "choices": ["auto", "probe", "router"]},
    "pings": {"type": "int", "default": 50},
    "queries": {"type": "int", "default": 5},
    "seconds": {"type": "int", "default": 10},
    "tries": {"type": "int", "default": 3},
    "store": {"type": "bool", "default": True},
}


class ActionModule(DeviceAction):
    """Measures one office's line in one or two logins of its own."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Measure, judge, keep. A line that does not pass is a result, not a failure of the task."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        _, arguments = self.validate_argument_spec(argument_spec=_SPEC)
        effort = Effort(*(arguments[name] for name in ("pings", "queries", "seconds", "tries")))
        if min(effort.pings, effort.queries, effort.seconds, effort.tries) < 1:
            return _failed("pings, queries, seconds, dan tries harus sedikitnya 1.")
        folder = Path(arguments["folder"]).absolute()
        loaded, lock = load(folder / "register"), read_plan_lock(folder / FILE_NAME)
        if loaded.register is None or lock.lock is None:
            counted = count_line((*loaded.problems, *lock.problems))
            return _failed(f"Register belum dapat dipakai ({counted}). Jalankan playbooks/validate.yml.")
        register = loaded.register
        host = self.variable(variables, "terpusat_host", {})
        try:
            parts = set(arguments["only"] or PARTS) - (set() if arguments["failover"] else {"failover"})
            today = datetime.now(ZoneInfo(register.government.iana_time_zone)).date()
            wanted = order(register, lock.lock, str(host.get("location")), today, parts, arguments["target"])
            line = self._line(variables, host, wanted, arguments["source"])
        except KeyError:
            return _failed("bukan router OPD dari register; jalankan untuk grup role_opd_router.")
        except DeviceError as error:
            return failure(error.outcome, str(error))
        if self._task.check_mode:
            told = line.intention(effort)
            self._tell(told)
            return {"changed": False, "summary": told, "passed": True}
        evidence = RunEvidence(self._templar, variables)
        ledger = evidence.measurements(folder)
        try:
            if arguments["store"]:
                ledger.prepare()
        except EvidenceError as error:
            return _failed(f"tidak diukur, karena hasilnya tidak akan dapat dicatat: {error}")
        notes = Notes()
        taken = datetime.now(UTC).replace(microsecond=0)
        try:
            source = take(line, effort, notes)
        except DeviceError as error:
            return failure(error.outcome, str(error))
        except SessionLostError as error:
            return failure(Outcome.OFFLINE, f"{error}; tidak ada hasil yang disimpan, ulangi")
        found = notes.measurement(wanted.location, source, taken)
        result: dict[str, Any] = {"changed": False, "outcome": "read", **_told(found, wanted, register)}
        if arguments["store"]:
            try:
                zone = register.government.iana_time_zone
                result["path"] = str(ledger.keep(found, whoami(), zone, evidence.ticket))
            except EvidenceError as error:
                return result | _failed(f"hasil tidak disimpan, karena tidak dapat dicatat: {error}. Ukur lagi.")
            except OSError as error:
                where = error.filename or folder
                return result | _failed(
                    f"hasil tidak dapat disimpan di {where}: {error.strerror}. Periksa hak aksesnya."
                )
            result["changed"] = True
            result["summary"].append(f"Disimpan: {result['path']}")
        self._tell(result["summary"])
        return result

    def _tell(self, lines: list[str]) -> None:
        """Print text for people: callbacks print results as JSON, which nobody reads as a table."""
        text = "\n".join(lines)
        self._display.display(f"\n{text}\n")

    def _line(self, variables: dict[str, Any], host: dict[str, Any], wanted: Order, source: str) -> OfficeLine:
        login = self.login(variables)
        intent = self.variable(variables, "terpusat_intent", {})
        way = Way.of(intent)
        return OfficeLine(wanted, self.platform_name(variables, None), str(host.get("name")), login, way, source)


def _told(found: Any, wanted: Order, register: Register) -> dict[str, Any]:
    government = register.government
    latency = {} if found.latency_ms is None else {"latency_ms": found.latency_ms}
    return {
        "passed": report.passed(found, wanted),
        "summary": report.lines(found, wanted, government.iana_time_zone, government.time_zone),
        "measurement": found.as_data(),
        "latency_how": f"{found.method.get('latency_ms', '')} dari {found.source}",
        **latency,
    }


def _failed(message: str) -> dict[str, Any]:
    return {"changed": False, "failed": True, "msg": message}
