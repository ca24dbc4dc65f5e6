# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Controller side of diskominfo.terpusat.device_backup; its documentation is in plugins/modules/device_backup.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.errors import EvidenceError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.inspection import Inspection
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome, RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.device_inspection import InspectionAction
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.evidence import RunEvidence

_SPEC: dict[str, Any] = {"platform": {"type": "str"}, "ticket": {"type": "str"}}


class ActionModule(InspectionAction):
    """Keep one device's whole configuration in the government's git repository."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return whether it differed from what was kept, and the commit that holds it."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        _, arguments = self.validate_argument_spec(argument_spec=_SPEC)
        device = str(variables.get("inventory_hostname", ""))

        def prepare(
            looking: Inspection, platform: str, login: Login, evidence: RunEvidence
        ) -> Callable[[Session], dict[str, Any]]:
            del platform
            target = self.target(variables, login)
            hide, net = evidence.hide, evidence.net
            try:
                former = evidence.backup.read(device)
            except EvidenceError as error:
                raise RefusedError(str(error)) from error

            def work(session: Session) -> dict[str, Any]:
                texts = {name: net.mask(text) for name, text in looking.backup(session, target, hide).items()}
                if not texts:
                    raise RefusedError(f"{login.host} tidak memberi konfigurasi apa pun; periksa hak pengguna login")
                differing = [name for name in sorted({*texts, *former}) if texts.get(name) != former.get(name)]
                commit = ""
                if not self._task.check_mode:
                    try:
                        commit = evidence.keep(device, texts, arguments["ticket"])
                    except EvidenceError as error:
                        raise RefusedError(str(error)) from error
                return {
                    "changed": bool(differing),
                    "outcome": (Outcome.CHANGED if differing else Outcome.IN_SYNC).value,
                    "msg": _message(differing, bool(self._task.check_mode)),
                    "commit": commit,
                    "files": sorted(texts),
                    "folder": str(evidence.folder.backup / device),
                    "diff": [_diff(name, former, texts) for name in differing],
                }

            return work

        return self.inspect(variables, arguments["platform"], prepare)


def _message(differing: list[str], check_mode: bool) -> str:
    if not differing:
        return "cadangan sudah sama dengan perangkat"
    verb = "akan dicadangkan" if check_mode else "dicadangkan"
    more = len(differing) - 3
    return f"{verb}: {', '.join(differing[:3])}" + (f" dan {more} berkas lagi" if more > 0 else "")


def _diff(name: str, former: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    return {
        "before_header": f"{name} (cadangan terakhir)",
        "after_header": f"{name} (di perangkat)",
        "before": former.get(name, ""),
        "after": now.get(name, ""),
    }
