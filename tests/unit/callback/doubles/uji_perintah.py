# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What callbacks hear of ``command``, without a Python process for every host: runs {cmd}, in check mode nothing."""

from __future__ import annotations

from typing import Any

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):  # type: ignore[misc]  # Ansible has no type hints
    """Runs a command."""

    def run(self, tmp: Any = None, task_vars: Any = None) -> dict[str, Any]:
        """The result of a task; raises what the connection raises."""
        super().run(tmp, task_vars)
        skipped = bool(self._task.check_mode)
        done = self._low_level_execute_command("true" if skipped else str(self._task.args["cmd"]))
        if skipped:
            return {"changed": False, "skipped": True, "msg": "Command would have run if not in check mode"}
        return {"changed": True, "rc": done["rc"], "failed": done["rc"] != 0}
