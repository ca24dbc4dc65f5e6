# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Controller side of diskominfo.terpusat.device_facts; its documentation is in plugins/modules/device_facts.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.inspection import Inspection
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.device_inspection import InspectionAction
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.evidence import RunEvidence

_SPEC: dict[str, Any] = {"platform": {"type": "str"}}


class ActionModule(InspectionAction):
    """Ask one device what it is."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return ``ansible_facts.terpusat_device``."""
        super().run(tmp, task_vars)
        _, arguments = self.validate_argument_spec(argument_spec=_SPEC)

        def prepare(
            looking: Inspection, platform: str, login: Login, evidence: RunEvidence
        ) -> Callable[[Session], dict[str, Any]]:
            del login, evidence

            def work(session: Session) -> dict[str, Any]:
                facts = looking.facts(session)
                count = len(facts.neighbours)
                result: dict[str, Any] = {
                    "ansible_facts": {"terpusat_device": facts.as_result(platform)},
                    "msg": f"{facts.model or 'model tidak diketahui'}, versi {facts.version or 'tidak diketahui'}, "
                    f"nomor seri {facts.serial or 'tidak diketahui'}, {count} tetangga",
                }
                return result | ({"warnings": list(facts.notices)} if facts.notices else {})

            return work

        return self.inspect(task_vars or {}, arguments["platform"], prepare)
