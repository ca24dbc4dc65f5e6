# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports a survey into a register on the controller; options and results are documented in plugins/modules."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.answers import read_answers
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.cells import Flag
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.files import (
    BusyError,
    FilesChangedError,
    pending,
    recover,
    replace_files,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.preview import preview, summary
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.survey import Import, import_survey
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.render import count_line
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.controller_action import ControllerAction, Refused


class ActionModule(ControllerAction):
    """Shows what would change and what is doubtful; writes the register."""

    SPEC: ClassVar[dict[str, Any]] = {
        "folder": {"type": "path", "required": True},
        "sources": {"type": "list", "elements": "path", "required": True},
        "answers": {"type": "path"},
        "strict": {"type": "bool", "default": False},
    }

    def perform(self, arguments: dict[str, Any]) -> dict[str, Any]:
        folder = Path(arguments["folder"]).absolute() / "register"
        try:
            return self._import(folder, arguments)
        except FilesChangedError as error:
            raise Refused(_CHANGED.format(file=folder / error.file)) from error
        except BusyError:
            raise Refused("Impor lain sedang menulis register ini. Tunggu sampai selesai, lalu ulangi.") from None

    def _import(self, folder: Path, arguments: dict[str, Any]) -> dict[str, Any]:
        if pending(folder):
            if self.dry:
                raise Refused("Impor sebelumnya terputus saat mengganti berkas. Jalankan sekali tanpa --check.")
            self.tell(f"Menyelesaikan impor yang terputus: {', '.join(recover(folder)) or 'sudah lengkap'}.")
        answers = read_answers(Path(arguments["answers"]).absolute() if arguments["answers"] else None)
        if answers.answers is None:
            raise self.refuse("Berkas jawaban belum dapat dipakai", answers.problems)
        found = import_survey(folder, [Path(source).absolute() for source in arguments["sources"]], answers.answers)
        shown = preview(found)
        if found.errors:
            self.tell(shown)
            counted = count_line(found.errors)
            raise Refused(f"Impor tidak dapat dilanjutkan ({counted}, tertulis di atas); register tidak diubah.")
        held = bool(arguments["strict"] and found.flags)
        if found.after and not self.dry and not held:
            replace_files(folder, found.before, found.after)
        result = _as_result(found, dry=self.dry, held=held)
        self.tell(shown, "\n".join(result["summary"]))
        return result


def _as_result(found: Import, *, dry: bool, held: bool) -> dict[str, Any]:
    changed = bool(found.after) and not held
    lines = summary(found, dry=dry or held, written=changed and not dry)
    if held:
        lines.append("Tidak ada yang ditulis karena masih ada sel yang ditandai (strict).")
    return {
        "changed": changed,
        "files": list(found.after),
        "changes": [change.text for change in found.changes],
        "lowered": [change.text for change in found.changes if change.lowers],
        "flags": [_as_data(flag) for flag in found.flags],
        "notes": list(found.notes),
        "summary": lines,
    }


def _as_data(flag: Flag) -> dict[str, Any]:
    return {
        "file": flag.place.file,
        "sheet": flag.place.sheet,
        "cell": flag.place.ref,
        "row": flag.place.row,
        "column": flag.column,
        "office": flag.office,
        "found": flag.found,
        "reason": flag.what,
        "action": flag.action,
    }


_CHANGED = (
    "{file} ditulis orang lain saat impor berjalan. Yang belum diganti dibiarkan. Periksa dengan 'git diff', "
    "kembalikan bila perlu, hapus .import_survey.json di foldernya bila ada, lalu ulangi impor."
)
