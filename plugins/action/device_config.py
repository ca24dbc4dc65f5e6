# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Controller side of diskominfo.terpusat.device_config; its documentation is in plugins/modules/device_config.py.

netmiko comes in at module level, through `devices.session`: Ansible loads this class once in its parent process and
forks the workers from it, so the import is paid once a run instead of once a host.
"""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleActionFail

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import DeviceError, Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Session
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.transaction import Transaction
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.device_action import DeviceAction
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.evidence import RunEvidence
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.probe_options import PROBE

_CHANGE_PROBE: dict[str, Any] = PROBE | {"only_if_passed_before": {"type": "bool", "default": False}}
_SPEC: dict[str, Any] = {
    "config": {"type": "str", "required": True},
    "platform": {"type": "str"},
    "version": {"type": "str"},
    "guard_seconds": {"type": "int", "default": 60},
    "allow_unguarded": {"type": "bool", "default": False},
    "ticket": {"type": "str"},
    "probes": {"type": "list", "elements": "dict", "default": [], "options": _CHANGE_PROBE},
}
_GUARD_RANGE = range(15, 3601)
_GOOD = frozenset({Outcome.IN_SYNC, Outcome.CHANGED})


class ActionModule(DeviceAction):
    """One guarded transaction for one host."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Run the transaction; the result never carries the configuration, only what differs."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        _, arguments = self.validate_argument_spec(argument_spec=_SPEC)
        if arguments["guard_seconds"] not in _GUARD_RANGE:
            raise AnsibleActionFail(
                f"guard_seconds {arguments['guard_seconds']} di luar batas; "
                f"pilih {_GUARD_RANGE[0]} sampai {_GUARD_RANGE[-1]} detik"
            )
        check_mode = bool(self._task.check_mode)
        login = self.login(variables)
        evidence = RunEvidence(self._templar, variables, (login.password, login.secret))
        try:
            platform_name = self.platform_name(variables, arguments["platform"])
            platform = platforms.load(platform_name)
            net = evidence.net
            # A dry run touches nothing, so it has nothing to record.
            device = str(variables.get("inventory_hostname", login.host))
            journal = None if check_mode else evidence.recorder(device, platform_name, arguments["ticket"])
        except DeviceError as error:
            return _result(Report(error.outcome, str(error)))
        transaction = Transaction(
            platform,
            lambda: Session.open(login, platform.device_type, interactive=platform.interactive),
            target=self.target(variables, login, arguments["version"]),
            guard_seconds=arguments["guard_seconds"],
            probes=[Probe(**probe) for probe in arguments["probes"]],
            check_mode=check_mode,
            allow_unguarded=arguments["allow_unguarded"],
            hide=evidence.hide,
            journal=journal,
        )
        # The platforms mask secrets by their place; the net knows the values, whatever place they turn up in.
        result: dict[str, Any] = net.mask_all(_result(transaction.run(arguments["config"])))
        return result


def _result(report: Report) -> dict[str, Any]:
    """Ansible's result. Offline counts as unreachable, so that the play goes on with the other hosts."""
    result: dict[str, Any] = {
        "changed": report.changed,
        "outcome": report.outcome.value,
        "msg": report.message,
        "diff": [change.as_diff() for change in report.changes],
        "changes": [change.as_result() for change in report.changes],
        "probes": [probe.as_result() for probe in report.probes],
        "patch": report.patch.splitlines(),
        "inverse": report.inverse.splitlines(),
        "unmanaged": list(report.unmanaged),
        "device": dict(report.facts),
    }
    if report.strength is not None:
        result["strength"] = report.strength.value
    if report.guard is not None:
        result["guard"] = {**report.guard.as_result(), "state": report.guard_state.value if report.guard_state else ""}
    if report.notices:
        result["warnings"] = report.notices
    if report.outcome is Outcome.OFFLINE:
        result["unreachable"] = True
    elif report.outcome not in _GOOD:
        result["failed"] = True
    return result
