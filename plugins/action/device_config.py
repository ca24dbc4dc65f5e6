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
from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import DeviceError, Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.transaction import Report, Transaction

_PROBE_SPEC: dict[str, Any] = {
    "name": {"type": "str", "required": True},
    "command": {"type": "str", "required": True},
    "timeout": {"type": "float", "default": 10.0},
    "retries": {"type": "int", "default": 0},
    "delay": {"type": "float", "default": 2.0},
    "only_if_passed_before": {"type": "bool", "default": False},
}
_SPEC: dict[str, Any] = {
    "config": {"type": "str", "required": True},
    "platform": {"type": "str"},
    "guard_seconds": {"type": "int", "default": 60},
    "probes": {"type": "list", "elements": "dict", "default": [], "options": _PROBE_SPEC},
}
_GUARD_RANGE = range(15, 3601)
_GOOD = frozenset({Outcome.IN_SYNC, Outcome.CHANGED})


class ActionModule(ActionBase):  # type: ignore[misc]
    """One guarded transaction for one host."""

    TRANSFERS_FILES = False
    _supports_check_mode = True

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
        name = arguments["platform"] or self._variable(variables, "terpusat_host", {}).get("platform") or "linux"
        try:
            platform = platforms.load(name)
        except DeviceError as error:
            return _result(Report(error.outcome, str(error)))
        login = self._login(variables)
        transaction = Transaction(
            platform,
            lambda: Session.open(login, platform.device_type, interactive=platform.interactive),
            guard_seconds=arguments["guard_seconds"],
            probes=[Probe(**probe) for probe in arguments["probes"]],
            check_mode=bool(self._task.check_mode),
        )
        return _result(transaction.run(arguments["config"]))

    def _login(self, variables: dict[str, Any]) -> Login:
        """Connection facts, from the variables, options and command line that OpenSSH connections use too."""
        context = self._play_context
        config_file = self._variable(variables, "terpusat_ssh_config_file", None)
        return Login(
            host=str(self._option("host") or context.remote_addr),
            port=int(self._option("port") or context.port or 22),
            user=str(self._option("remote_user") or context.remote_user or ""),
            password=self._option("password") or context.password or None,
            key_file=self._option("private_key_file") or context.private_key_file or None,
            ssh_config_file=str(config_file) if config_file else None,
            timeout=float(self._option("timeout") or context.timeout or 10),
        )

    def _option(self, name: str) -> Any:
        """An option of the connection plugin, which knows all the variables' aliases; None when it has no such one."""
        try:
            return self._connection.get_option(name)
        except (KeyError, AttributeError):
            return None

    def _variable(self, variables: dict[str, Any], name: str, default: Any) -> Any:
        return self._templar.template(variables[name]) if name in variables else default


def _result(report: Report) -> dict[str, Any]:
    """Ansible's result. Offline counts as unreachable, so that the play goes on with the other hosts."""
    result: dict[str, Any] = {
        "changed": report.changed,
        "outcome": report.outcome.value,
        "msg": report.message,
        "diff": [change.as_diff() for change in report.changes],
        "changes": [change.as_result() for change in report.changes],
        "probes": [probe.as_result() for probe in report.probes],
    }
    if report.guard is not None:
        result["guard"] = {**report.guard.as_result(), "state": report.guard_state.value if report.guard_state else ""}
    if report.notices:
        result["warnings"] = report.notices
    if report.outcome is Outcome.OFFLINE:
        result["unreachable"] = True
    elif report.outcome not in _GOOD:
        result["failed"] = True
    return result
