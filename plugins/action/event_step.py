# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One step of an event on the controller; options and results are documented in plugins/modules/event_step.py."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.event_folder import (
    Changed,
    EventError,
    EventFolder,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import write_lock

_SPEC: dict[str, Any] = {
    "folder": {"type": "path", "required": True},
    "event": {"type": "str", "required": True},
    "step": {"type": "str", "required": True, "choices": ["reserve", "verify", "release"]},
    "date": {"type": "str"},
    "latency_ms": {"type": "float"},
    "latency_how": {"type": "str", "default": "diukur"},
}


class ActionModule(ActionBase):  # type: ignore[misc]
    """Needs no connection and starts no process."""

    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        _, arguments = self.validate_argument_spec(argument_spec=_SPEC)
        dry = bool(self._task.check_mode)
        try:
            day = date.fromisoformat(arguments["date"]) if arguments["date"] else None
        except ValueError:
            return _failed(result, f"'{arguments['date']}' bukan tanggal. Tulis tahun-bulan-hari, misalnya 2026-12-08.")
        try:
            folder = EventFolder.read(Path(arguments["folder"]).absolute(), arguments["event"], day)
            if arguments["step"] == "verify":
                latency = arguments["latency_ms"]
                ready, told = folder.verify(None if latency is None else (latency, arguments["latency_how"]))
                return result | {"changed": False, "ready": ready, "summary": told} | _about(folder)
            changed = folder.step(arguments["step"], dry=dry)
            if changed.changed and not dry:
                write_lock(folder.path, changed.after)
        except EventError as error:
            return _failed(result, str(error))
        except OSError as error:
            where = error.filename or arguments["folder"]
            return _failed(result, f"{where}: {error.strerror}. Periksa hak akses foldernya, lalu ulangi.")
        return result | _changed(changed, dry=dry) | _about(folder)


def _about(folder: EventFolder) -> dict[str, Any]:
    server = folder.event.exam_server
    return {
        "path": str(folder.path),
        "location": folder.event.location_ref,
        "exam_server": None if server is None else str(server),
    }


def _changed(changed: Changed, *, dry: bool) -> dict[str, Any]:
    path = changed.folder.path
    return {
        "changed": changed.changed,
        "changes": list(changed.changes),
        "devices": list(changed.found.devices),
        "summary": changed.lines(dry=dry),
        "diff": {
            "before": changed.folder.before,
            "after": changed.after,
            "before_header": f"{path} (sekarang)",
            "after_header": f"{path} (rencana)",
        },
    }


def _failed(result: dict[str, Any], message: str) -> dict[str, Any]:
    return result | {"failed": True, "msg": message}
