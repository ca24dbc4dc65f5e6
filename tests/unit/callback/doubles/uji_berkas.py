# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What callbacks hear of ``copy``, without a Python process for every host: the file {dest} holds {content}."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):  # type: ignore[misc]  # Ansible has no type hints
    """Writes the file; in check mode only says what it would do."""

    def run(self, tmp: Any = None, task_vars: Any = None) -> dict[str, Any]:
        """The result of a task; raises what the connection raises."""
        super().run(tmp, task_vars)
        self._low_level_execute_command("true")
        path, wanted = Path(self._task.args["dest"]), str(self._task.args["content"])
        before = path.read_text() if path.exists() else ""
        if before == wanted:
            return {"changed": False}
        if not self._task.check_mode:
            path.write_text(wanted)
        headers = {"before_header": str(path), "after_header": str(path)}
        return {"changed": True, "diff": [{"before": before, "after": wanted, **headers}]}
