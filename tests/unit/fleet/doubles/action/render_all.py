# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders for all hosts as fleet_compare does, and writes the texts down; tells which needed Ansible's engine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.role_text import RoleText


class ActionModule(ActionBase):
    BYPASS_HOST_LOOP = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        super().run(tmp, task_vars)
        variables = task_vars or {}
        texts = RoleText(self._task.get_play(), self._loader)
        inventory = variables["hostvars"]._inventory
        for name in variables["ansible_play_batch"]:
            host = inventory.get_host(name)
            role = host.get_vars()["terpusat_host"]["role"]
            rendered = texts.render(host, role, texts.values(host, role))
            way = "exact" if rendered.exact else "plain"
            (Path(os.environ["TEXTS"]) / f"{name}.{way}").write_text(rendered.config)
        return {"changed": False}
