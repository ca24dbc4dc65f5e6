# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans a government's folder on the controller; options and results are documented in plugins/modules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.folder_plan import FolderPlan, plan_folder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import FILE_NAME
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.controller_action import Refused
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.git_index import kept_in_git
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.lock_action import LockAction


class ActionModule(LockAction):
    """Numbers: VLANs, subnets, loopbacks, server addresses."""

    SUBJECT = "alamat"
    SPEC: ClassVar[dict[str, Any]] = {
        "folder": {"type": "path", "required": True},
        "prune": {"type": "bool", "default": False},
        "grow": {"type": "bool", "default": False},
    }

    def plan(self, arguments: dict[str, Any]) -> FolderPlan:
        folder = Path(arguments["folder"]).absolute()
        lock = folder / FILE_NAME
        if not lock.exists() and kept_in_git(lock):
            raise Refused(
                f"{lock} tidak ada, padahal git menyimpannya; tanpa berkas itu semua kantor mendapat nomor baru. "
                f"Pulihkan: git -C {folder} checkout -- {FILE_NAME}. Bila memang hendak membagi ulang semua nomor: "
                f"git -C {folder} rm --cached {FILE_NAME}, lalu ulangi.",
                path=str(lock),
            )
        return plan_folder(folder, prune=arguments["prune"], grow=arguments["grow"])

    def details(self, planned: FolderPlan) -> dict[str, Any]:
        return {"reserved": list(planned.reserved), "remarks": list(planned.remarks)}

    def summary(self, planned: FolderPlan) -> Sequence[str]:
        lines = list(planned.changes)
        if planned.changed:
            kinds = Counter(change.partition(":")[0] for change in planned.changes)
            counted = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
            lines.append(
                f"{planned.path.name} {'akan' if self.dry else 'sudah'} ditulis ulang: {len(planned.changes)} "
                f"perubahan dari rencana sebelumnya ({counted})."
            )
            if not self.dry:
                lines.append("Simpan ke git, lalu jalankan playbooks/site.yml --check --diff sebelum menerapkannya.")
        else:
            lines.append(f"Tidak ada nomor baru; {planned.path.name} tidak berubah.")
        if planned.reserved:
            lines.append(f"Tetap dicadangkan, pemiliknya sudah tidak ada di register: {', '.join(planned.reserved)}.")
            lines.append("Lepaskan dengan -e terpusat_plan_prune=true bila memang tidak kembali.")
        return [*lines, *(f"Perhatian: {remark}" for remark in planned.remarks)]
