# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the report on internet spending; options and results are documented in plugins/modules."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.render import render
from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.files import write_when_new
from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.html import html
from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.spending import spending_report
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.controller_action import (
    ControllerAction,
    Refused,
    parse_day,
)

_STEM = "belanja-internet"


class ActionModule(ControllerAction):
    """Two files for leaders, and the findings on the screen."""

    SPEC: ClassVar[dict[str, Any]] = {
        "folder": {"type": "path", "required": True},
        "destination": {"type": "path", "required": True},
        "date": {"type": "str"},
    }

    def perform(self, arguments: dict[str, Any]) -> dict[str, Any]:
        day = parse_day(arguments["date"])
        try:
            # Only a report needs it; what else runs on the controller must not depend on it.
            from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.xlsx import xlsx
        except ImportError:
            raise Refused("openpyxl belum terpasang. Jalankan 'make setup', lalu ulangi.") from None
        loaded = load(Path(arguments["folder"]).absolute() / "register")
        if loaded.register is None:
            raise self.refuse("Laporan tidak dibuat", loaded.problems)
        day = day or datetime.now(ZoneInfo(loaded.register.government.iana_time_zone)).date()
        report = spending_report(loaded.register, day)
        folder = Path(arguments["destination"]).absolute()
        contents = {f"{_STEM}.html": html(report).encode(), f"{_STEM}.xlsx": xlsx(report)}
        changed = [write_when_new(folder / name, content, dry=self.dry) for name, content in contents.items()]
        files = [str(folder / name) for name in contents]
        state = ("akan ditulis" if self.dry else "ditulis") if any(changed) else "tidak berubah"
        lines = [*(report.findings or ("Tidak ada yang perlu diperhatikan.",)), f"Laporan {state}: {', '.join(files)}"]
        self.tell("\n".join(lines), render(loaded.problems))
        return {"changed": any(changed), "files": files, "findings": list(report.findings), "summary": lines}
