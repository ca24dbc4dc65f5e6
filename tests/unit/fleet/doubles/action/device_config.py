# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands for device_config in a copy of the collection: writes down what a role hands to it, and sends nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        super().run(tmp, task_vars)
        name = (task_vars or {})["inventory_hostname"]
        (Path(os.environ["TEXTS"]) / f"{name}.role").write_text(str(self._task.args["config"]))
        return {"changed": False}
