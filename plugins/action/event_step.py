# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One step of an event on the controller; options and results are documented in plugins/modules/event_step.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.event_folder import (
    Changed,
    EventError,
    EventFolder,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import (
    ChangedMeanwhileError,
    write_lock,
)
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.controller_action import (
    ControllerAction,
    Refused,
    parse_day,
)


class ActionModule(ControllerAction):
    """Reserve, verify or release."""

    SPEC: ClassVar[dict[str, Any]] = {
        "folder": {"type": "path", "required": True},
        "event": {"type": "str", "required": True},
        "step": {"type": "str", "required": True, "choices": ["reserve", "verify", "release"]},
        "date": {"type": "str"},
        "latency_ms": {"type": "float"},
        "latency_how": {"type": "str", "default": "diukur"},
        "quiet": {"type": "bool", "default": False},
    }

    def perform(self, arguments: dict[str, Any]) -> dict[str, Any]:
        day = parse_day(arguments["date"])
        try:
            folder = EventFolder.read(Path(arguments["folder"]).absolute(), arguments["event"], day)
            if arguments["step"] == "verify":
                latency = arguments["latency_ms"]
                ready, told = folder.verify(None if latency is None else (latency, arguments["latency_how"]))
                found: dict[str, Any] = {"changed": False, "ready": ready, "summary": told}
            else:
                changed = folder.step(arguments["step"], dry=self.dry)
                if changed.changed and not self.dry:
                    write_lock(folder.path, changed.after, folder.before)
                found = _changed(changed, dry=self.dry)
        except EventError as error:
            raise Refused(str(error)) from error
        except ChangedMeanwhileError:
            raise Refused(
                f"{folder.path} diubah orang lain selagi rencana ini dibuat; tidak ada yang ditulis. Ulangi."
            ) from None
        if not arguments["quiet"]:
            self.tell("\n".join(found["summary"]))
        server = folder.event.exam_server
        about = {"path": str(folder.path), "location": folder.event.location_ref}
        return {**found, **about, "exam_server": None if server is None else str(server)}


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
