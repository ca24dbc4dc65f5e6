# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans a government's bandwidth on the controller; options and results are documented in plugins/modules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.folder import (
    FolderBandwidth,
    plan_bandwidth,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import STAGES
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.controller_action import parse_day
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.lock_action import LockAction


class ActionModule(LockAction):
    """Who gets how much of the internet lines, and what limits whom."""

    SUBJECT = "bandwidth"
    SPEC: ClassVar[dict[str, Any]] = {
        "folder": {"type": "path", "required": True},
        "date": {"type": "str"},
        "first_stage": {"type": "str", "default": "provisioned", "choices": list(STAGES)},
    }

    def plan(self, arguments: dict[str, Any]) -> FolderBandwidth:
        day = parse_day(arguments["date"])
        return plan_bandwidth(Path(arguments["folder"]).absolute(), day, arguments["first_stage"])

    def details(self, planned: FolderBandwidth) -> dict[str, Any]:
        return {"plan": planned.lock.model_dump()}

    def summary(self, planned: FolderBandwidth) -> Sequence[str]:
        lines = [*planned.lines, "", *planned.changes]
        if not planned.changed:
            return [*lines, f"Tidak ada yang berubah; {planned.path.name} tetap."]
        written = "akan" if self.dry else "sudah"
        lines.append(f"{planned.path.name} {written} ditulis ulang: {len(planned.changes)} perubahan.")
        if not self.dry:
            lines.append("Simpan ke git, lalu jalankan playbooks/network.yml --check --diff sebelum menerapkannya.")
        return lines
