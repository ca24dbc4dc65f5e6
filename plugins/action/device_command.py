# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Controller side of diskominfo.terpusat.device_command; its documentation is in plugins/modules/device_command.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleActionFail

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.inspection import Inspection
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.device_inspection import InspectionAction
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.evidence import RunEvidence

_SPEC: dict[str, Any] = {
    "command": {"type": "str", "required": True},
    "expect": {"type": "str"},
    "timeout": {"type": "float", "default": 30.0},
    "platform": {"type": "str"},
}
_TAIL = 300


class ActionModule(InspectionAction):
    """Run one command that only reads."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return what the command printed, secrets replaced."""
        super().run(tmp, task_vars)
        _, arguments = self.validate_argument_spec(argument_spec=_SPEC)
        try:
            expected = re.compile(arguments["expect"], re.M) if arguments["expect"] else None
        except re.error as error:
            raise AnsibleActionFail(f"expect {arguments['expect']!r} bukan ekspresi reguler: {error}") from error

        def prepare(
            looking: Inspection, platform: str, login: Login, evidence: RunEvidence
        ) -> Callable[[Session], dict[str, Any]]:
            del platform
            command = looking.check(arguments["command"])
            hide = evidence.hide

            def work(session: Session) -> dict[str, Any]:
                answer = looking.run(session, command, arguments["timeout"])
                text = looking.mask(answer.text, hide).strip("\r\n")
                result: dict[str, Any] = {"command": command, "stdout": text, "stdout_lines": text.splitlines()}
                problem = ""
                if not answer.ok:
                    problem = f"{login.host} menolak {command!r} atau perintahnya gagal: {text.strip()[-_TAIL:]}"
                elif expected is not None and not expected.search(answer.text):
                    problem = f"keluaran {command!r} di {login.host} tidak memuat {arguments['expect']!r}"
                if problem:
                    return result | {"outcome": Outcome.FAILED.value, "failed": True, "msg": problem}
                return result | {"msg": f"{command}: {len(result['stdout_lines'])} baris"}

            return work

        return self.inspect(task_vars or {}, arguments["platform"], prepare)
