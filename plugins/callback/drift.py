# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hears playbooks/drift.yml and ends it with the findings and their own exit code."""

from __future__ import annotations

DOCUMENTATION = r"""
name: drift
type: aggregate
short_description: Findings and exit code of a drift check
description:
  - Does something only for plays that set the variable C(terpusat_drift), as C(playbooks/drift.yml) does.
  - At the end it names what differs on each host with the diff, writes a JSON report, and ends C(ansible-playbook) with
    C(0) when everything is in sync, or the sum of C(2) (drift), C(8) (a host is offline) and C(16) (a check failed, was
    refused or never ran). C(1), C(4), C(5), C(99) and C(250) stay Ansible's own for a run that did not start or was
    stopped.
  - It must be the last name in C(callbacks_enabled), because it ends the process.
options:
  terpusat_drift_report:
    description:
      - File that gets the JSON report, written whole.
      - Without it, C(terpusat/<code of the government>/drift.json) under C($XDG_STATE_HOME) (C(~/.local/state)).
    type: path
    vars:
      - name: terpusat_drift_report
    env:
      - name: TERPUSAT_DRIFT_REPORT
    ini:
      - section: terpusat
        key: drift_report
requirements:
  - enabled by its full name in C(callbacks_enabled) of ansible.cfg
author: Terpusat contributors
"""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ansible.playbook.handler import Handler
from ansible.plugins.callback import CallbackBase
from ansible.utils.vars import load_options_vars

from ansible_collections.diskominfo.terpusat.plugins.module_utils.drift.classify import classify
from ansible_collections.diskominfo.terpusat.plugins.module_utils.drift.observation import (
    Observation,
    Status,
    each_device,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.drift.report import FAILED
from ansible_collections.diskominfo.terpusat.plugins.module_utils.drift.text import render
from ansible_collections.diskominfo.terpusat.plugins.module_utils.drift.write import write_report


class CallbackModule(CallbackBase):  # type: ignore[misc]  # Ansible has no type hints
    """Turns results into observations; what they mean is decided in module_utils/drift."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "diskominfo.terpusat.drift"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._active = False
        self._started = datetime.now(UTC)
        self._expected: list[str] = []
        self._seen: set[str] = set()
        self._observations: list[Observation] = []
        self._government = "umum"

    def v2_playbook_on_play_start(self, play: Any) -> None:
        if "terpusat_drift" not in play.vars:
            return
        self._active = True
        # Ansible sets this magic variable from the command line alone; roles ask it what check mode cannot know, for
        # example a service whose package is missing.
        load_options_vars(None)["ansible_check_mode"] = True
        manager = play.get_variable_manager()
        names = manager.get_vars(play=play).get("ansible_play_hosts_all") or []
        self._expected += [str(name) for name in names if str(name) not in self._expected]
        if self._expected:
            host = manager._inventory.get_host(self._expected[0])
            government = manager.get_vars(play=play, host=host, include_hostvars=False).get("terpusat_government")
            if isinstance(government, Mapping) and government.get("code"):
                self._government = str(government["code"])

    def v2_runner_on_ok(self, result: Any) -> None:
        self._hear(result, "ok")

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._hear(result, "failed", ignore_errors)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._hear(result, "skipped")

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._hear(result, "unreachable")

    def v2_playbook_on_stats(self, stats: Any) -> None:
        if not self._active:
            return
        try:
            code = self._finish([str(name) for name in stats.failures])
        except Exception as error:  # Ansible would turn it into a warning and end with 0
            self._display.error(f"Laporan penyimpangan gagal dibuat: {error}")
            code = FAILED
        # Ansible ends with 2 for any failed host and 0 for any drift, so the process ends here. SystemExit passes its
        # guards, which catch Exception; PlaybookExecutor.run still cleans up workers and flushes in its finally.
        sys.exit(code)

    def _finish(self, failed: list[str]) -> int:
        report = classify(self._observations, self._expected, failed)
        self._display.display("\n" + render(report))
        path = self._report_path()
        try:
            write_report(path, report, self._government, self._started, datetime.now(UTC))
        except OSError as error:
            self._display.error(f"Laporan {path} tidak dapat ditulis: {error.strerror}; atur terpusat_drift_report.")
            return report.exit_code | FAILED
        self._display.display(f"Laporan: {path}")
        return report.exit_code

    def _report_path(self) -> Path:
        chosen = self.get_option("terpusat_drift_report")
        if chosen:
            return Path(str(chosen))
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
        return Path(state) / "terpusat" / self._government / "drift.json"

    def _hear(self, result: Any, status: Status, ignored: bool = False) -> None:
        if not self._active:
            return
        task = result.task
        heard = Observation(
            host=str(result.host.get_name()),
            task=str(task.name or task.action),
            action=str(task.action),
            status=status,
            role=str(task._role.get_name(include_role_fqcn=False)) if task._role else None,
            handler=isinstance(task, Handler),
            ignored=ignored,
            result=dict(result.result),
            arguments=dict(task.args) if isinstance(task.args, Mapping) else {},
        )
        for observation in each_device(heard):
            values = observation.result
            telling = observation.status != "ok" or any(values.get(key) for key in ("changed", "results", "unverified"))
            if telling or observation.host not in self._seen:  # one is enough to know that the host was reached
                self._seen.add(observation.host)
                self._observations.append(observation)
