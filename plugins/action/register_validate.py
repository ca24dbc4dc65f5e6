# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tell every problem of a register on the screen, without touching a host."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import LoadResult, load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.problem import Problem
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.render import (
    count_line,
    render,
    shown_path,
)
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.controller_action import ControllerAction

# A day begins here first; what is still to come in this zone is to come in all others too.
_EASTERNMOST = ZoneInfo("Asia/Jayapura")


def _as_data(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "key": problem.key,
        "what": problem.what,
        "action": problem.action,
        "severity": str(problem.severity),
    }


def _report(folder: Path, result: LoadResult) -> str:
    outcome = count_line(result.problems) if result.problems else "tidak ada kesalahan"
    summary = [f"Register {shown_path(str(folder))}", *result.tally.lines(), f"  {'Hasil':<18} : {outcome}"]
    return "\n\n".join(part for part in (render(result.problems), "\n".join(summary)) if part)


class ActionModule(ControllerAction):
    """Options and results are documented in plugins/modules/register_validate.py."""

    SPEC: ClassVar[dict[str, Any]] = {"folder": {"type": "path", "required": True}}

    def perform(self, arguments: dict[str, Any]) -> dict[str, Any]:
        folder = Path(os.path.abspath(arguments["folder"]))
        loaded = load(folder, datetime.now(_EASTERNMOST).date())
        self.tell(_report(folder, loaded))
        return {
            "changed": False,
            "folder": str(folder),
            "valid": loaded.register is not None,
            "error_count": len(loaded.errors),
            "warning_count": len(loaded.warnings),
            "problems": [_as_data(problem) for problem in loaded.problems],
        }
