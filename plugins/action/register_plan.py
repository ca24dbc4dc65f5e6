# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans a government's folder on the controller; options and results are documented in plugins/modules."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.folder_plan import FolderPlan, plan_folder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import (
    ChangedMeanwhileError,
    write_lock,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.render import count_line, render, render_one


class ActionModule(ActionBase):  # type: ignore[misc]
    """Needs no connection and starts no process."""

    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        _, arguments = self.validate_argument_spec(
            {
                "folder": {"type": "path", "required": True},
                "prune": {"type": "bool", "default": False},
                "grow": {"type": "bool", "default": False},
            }
        )
        folder = Path(arguments["folder"]).absolute()
        try:
            planned = plan_folder(folder, prune=arguments["prune"], grow=arguments["grow"])
        except OSError as error:
            return {
                **result,
                "failed": True,
                "msg": f"{error.filename}: {error.strerror}. Periksa hak akses foldernya.",
            }
        result["path"] = str(planned.path)
        if planned.errors:
            counted = count_line(planned.problems)
            listed = render(planned.problems)
            return {
                **result,
                "failed": True,
                "msg": f"Rencana alamat gagal dibuat ({counted}); {planned.path.name} tidak diubah.\n\n{listed}\n",
            }
        if planned.changed and not self._task.check_mode:
            try:
                write_lock(planned.path, planned.after, planned.before)
            except ChangedMeanwhileError:
                reason = f"{planned.path} diubah orang lain selagi rencana ini dibuat; tidak ada yang ditulis."
                return {**result, "failed": True, "msg": f"{reason} Ulangi perintahnya."}
            except OSError as error:
                reason = f"{planned.path} tidak dapat ditulis ({error.strerror})."
                return {**result, "failed": True, "msg": f"{reason} Periksa hak akses foldernya, lalu ulangi."}
        return {
            **result,
            "changed": planned.changed,
            "changes": list(planned.changes),
            "reserved": list(planned.reserved),
            "remarks": list(planned.remarks),
            "summary": list(_summary(planned, dry=bool(self._task.check_mode))),
            "diff": {
                "before": planned.before,
                "after": planned.after,
                "before_header": f"{planned.path} (sekarang)",
                "after_header": f"{planned.path} (rencana)",
            },
        }


def _summary(planned: FolderPlan, *, dry: bool) -> list[str]:
    lines = list(planned.changes)
    if planned.changed:
        kinds = Counter(change.partition(":")[0] for change in planned.changes)
        counted = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
        lines.append(
            f"{planned.path.name} {'akan' if dry else 'sudah'} ditulis ulang: {len(planned.changes)} perubahan dari "
            f"rencana sebelumnya ({counted})."
        )
        if not dry:
            lines.append("Simpan ke git, lalu jalankan playbooks/site.yml --check --diff sebelum menerapkannya.")
    else:
        lines.append(f"Tidak ada nomor baru; {planned.path.name} tidak berubah.")
    if planned.reserved:
        lines.append(f"Tetap dicadangkan, pemiliknya sudah tidak ada di register: {', '.join(planned.reserved)}.")
        lines.append("Lepaskan dengan -e terpusat_plan_prune=true bila memang tidak kembali.")
    lines += [f"Perhatian: {remark}" for remark in planned.remarks]
    lines += [render_one(problem) for problem in planned.problems]
    return lines
