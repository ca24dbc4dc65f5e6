# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the report on internet spending; options and results are documented in plugins/modules."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.render import count_line, render, render_one
from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.files import write_when_new
from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.html import html
from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.spending import spending_report

_STEM = "belanja-internet"


class ActionModule(ActionBase):  # type: ignore[misc]
    """Needs no connection and starts no process."""

    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        _, arguments = self.validate_argument_spec(
            {
                "folder": {"type": "path", "required": True},
                "destination": {"type": "path", "required": True},
                "date": {"type": "str"},
            }
        )
        try:
            day = date.fromisoformat(arguments["date"]) if arguments["date"] else None
        except ValueError:
            return _failed(result, f"'{arguments['date']}' bukan tanggal. Tulis tahun-bulan-hari, misalnya 2026-12-08.")
        try:
            # Only a report needs it; what else runs on the controller must not depend on it.
            from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.xlsx import xlsx
        except ImportError:
            return _failed(result, "openpyxl belum terpasang. Jalankan 'make setup', lalu ulangi.")
        loaded = load(Path(arguments["folder"]).absolute() / "register")
        if loaded.register is None:
            counted = count_line(loaded.problems)
            return _failed(result, f"Laporan tidak dibuat ({counted}).\n\n{render(loaded.problems)}\n")
        day = day or datetime.now(ZoneInfo(loaded.register.government.iana_time_zone)).date()
        report = spending_report(loaded.register, day)
        folder, dry = Path(arguments["destination"]).absolute(), bool(self._task.check_mode)
        contents = {f"{_STEM}.html": html(report).encode(), f"{_STEM}.xlsx": xlsx(report)}
        try:
            changed = [write_when_new(folder / name, content, dry=dry) for name, content in contents.items()]
        except OSError as error:
            return _failed(result, f"{error.filename}: {error.strerror}. Periksa hak akses foldernya, lalu ulangi.")
        files = [str(folder / name) for name in contents]
        state = ("akan ditulis" if dry else "ditulis") if any(changed) else "tidak berubah"
        return {
            **result,
            "changed": any(changed),
            "files": files,
            "findings": list(report.findings),
            "summary": [
                *(report.findings or ("Tidak ada yang perlu diperhatikan.",)),
                f"Laporan {state}: {', '.join(files)}",
                *(render_one(problem) for problem in loaded.problems),
            ],
        }


def _failed(result: dict[str, Any], message: str) -> dict[str, Any]:
    return {**result, "failed": True, "msg": message}
