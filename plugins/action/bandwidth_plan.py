# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans a government's bandwidth on the controller; options and results are documented in plugins/modules."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.folder import (
    FolderBandwidth,
    plan_bandwidth,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import write_lock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import STAGES
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.render import count_line, render, render_one


class ActionModule(ActionBase):  # type: ignore[misc]
    """Needs no connection and starts no process."""

    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        _, arguments = self.validate_argument_spec(
            {
                "folder": {"type": "path", "required": True},
                "date": {"type": "str"},
                "first_stage": {"type": "str", "default": "provisioned", "choices": list(STAGES)},
            }
        )
        try:
            day = date.fromisoformat(arguments["date"]) if arguments["date"] else None
        except ValueError:
            return {
                **result,
                "failed": True,
                "msg": f"'{arguments['date']}' bukan tanggal. Tulis tahun-bulan-hari, misalnya 2026-12-08.",
            }
        try:
            planned = plan_bandwidth(Path(arguments["folder"]).absolute(), day, arguments["first_stage"])
        except OSError as error:
            return {
                **result,
                "failed": True,
                "msg": f"{error.filename}: {error.strerror}. Periksa hak akses foldernya.",
            }
        result["path"] = str(planned.path)
        if planned.errors:
            counted, listed = count_line(planned.problems), render(planned.problems)
            return {
                **result,
                "failed": True,
                "msg": f"Rencana bandwidth gagal dibuat ({counted}); {planned.path.name} tidak diubah.\n\n{listed}\n",
            }
        if planned.changed and not self._task.check_mode:
            try:
                write_lock(planned.path, planned.after)
            except OSError as error:
                reason = f"{planned.path} tidak dapat ditulis ({error.strerror})."
                return {**result, "failed": True, "msg": f"{reason} Periksa hak akses foldernya, lalu ulangi."}
        return {
            **result,
            "changed": planned.changed,
            "changes": list(planned.changes),
            "plan": planned.lock.model_dump(),
            "summary": _summary(planned, dry=bool(self._task.check_mode)),
            "diff": {
                "before": planned.before,
                "after": planned.after,
                "before_header": f"{planned.path} (sekarang)",
                "after_header": f"{planned.path} (rencana)",
            },
        }


def _summary(planned: FolderBandwidth, *, dry: bool) -> list[str]:
    lines = [*planned.lines, "", *planned.changes]
    if planned.changed:
        lines.append(
            f"{planned.path.name} {'akan' if dry else 'sudah'} ditulis ulang: {len(planned.changes)} perubahan."
        )
        if not dry:
            lines.append("Simpan ke git, lalu jalankan playbooks/network.yml --check --diff sebelum menerapkannya.")
    else:
        lines.append(f"Tidak ada yang berubah; {planned.path.name} tetap.")
    return [*lines, *(render_one(problem) for problem in planned.problems)]
