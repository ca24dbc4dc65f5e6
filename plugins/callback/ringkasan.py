# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hears a run and prints its summary at the end."""

from __future__ import annotations

DOCUMENTATION = r"""
name: ringkasan
type: aggregate
short_description: Closing summary of a run in Bahasa Indonesia
description:
  - After the recap it prints one line a host (tidak terjangkau, gagal, login ditolak, ditolak, dikembalikan, berubah,
    sesuai), with the message of M(diskominfo.terpusat.device_config) where there is one.
  - It also names the roles and tasks that took longest, and counts what the register holds that is not in service yet.
requirements:
  - enabled by its full name in C(callbacks_enabled) of ansible.cfg
author: Terpusat contributors
"""

import time
from collections.abc import Mapping
from typing import Any

from ansible.plugins.callback import CallbackBase

from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.run_summary import Clock, HostRun, render

#: actions on one device whose result names an outcome
_DEVICE_ACTIONS = frozenset({"device_config", "device_facts", "device_backup", "device_command", "device_enrol"})


class CallbackModule(CallbackBase):  # type: ignore[misc]  # Ansible has no type hints
    """Collects outcomes and times; all words are in module_utils/reports/run_summary.py."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "diskominfo.terpusat.ringkasan"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._hosts: dict[str, HostRun] = {}
        self._clock = Clock()
        self._check = False
        self._drift = False
        self._play: Any = None

    def v2_playbook_on_play_start(self, play: Any) -> None:
        self._play = play
        self._check = play.check_mode is True
        self._drift = self._drift or "terpusat_drift" in play.vars

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:  # noqa: ARG002
        role = task._role.get_name(include_role_fqcn=False) if task._role else ""
        self._clock.tick(time.monotonic(), role, task.name or str(task.action))

    def v2_playbook_on_handler_task_start(self, task: Any) -> None:
        self.v2_playbook_on_task_start(task, False)

    def v2_runner_on_ok(self, result: Any) -> None:
        run = self._run(result)
        # Asking for the whole result makes Ansible copy it, and a fleet's is large.
        run.changed += bool(result.is_changed())
        self._outcome(run, result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        run = self._run(result)
        if not ignore_errors:
            self._outcome(run, result)
            run.messages.append(str(result.result.get("msg") or "tanpa keterangan"))

    def v2_runner_on_unreachable(self, result: Any) -> None:
        run = self._run(result)
        run.unreachable = True
        run.messages.append(str(result.result.get("msg") or ""))

    def v2_playbook_on_stats(self, stats: Any) -> None:
        self._clock.tick(time.monotonic(), "", "")
        for name, count in stats.failures.items():
            self._hosts.setdefault(str(name), HostRun()).failures = int(count)
        hosts = {name: run for name, run in self._hosts.items() if name != "localhost"}
        if not hosts:
            return  # validate.yml, plan.yml: no host was touched, and their own words say the rest
        if self._drift:
            hosts = {}  # the drift report names its hosts itself; the times are still worth reading
        self._display.display("\n" + render(hosts, self._clock, self._not_in_service(), self._check))

    def _run(self, result: Any) -> HostRun:
        return self._hosts.setdefault(str(result.host.get_name()), HostRun())

    def _outcome(self, run: HostRun, result: Any) -> None:
        if str(result.task.action).rpartition(".")[2] not in _DEVICE_ACTIONS:
            return
        outcome = result.result.get("outcome")
        if isinstance(outcome, str):
            run.outcomes.add(outcome)
            if outcome != "in_sync" and result.result.get("msg"):
                run.messages.append(str(result.result["msg"]))

    def _not_in_service(self) -> Mapping[str, list[str]]:
        """The register's count, from any host of the inventory; empty for an inventory without a register."""
        if self._play is None:
            return {}
        manager = self._play.get_variable_manager()
        hosts = manager._inventory.get_hosts("all", ignore_limits=True, ignore_restrictions=True)
        if not hosts:
            return {}
        found = manager.get_vars(host=hosts[0], include_hostvars=False).get("terpusat_register")
        waiting = found.get("not_in_service") if isinstance(found, Mapping) else None
        if not isinstance(waiting, Mapping):
            return {}
        return {str(k): [str(name) for name in v] for k, v in waiting.items() if isinstance(v, (list, tuple))}
