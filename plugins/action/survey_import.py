# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports a survey into a register on the controller; options and results are documented in plugins/modules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

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
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.render import count_line, render

_SPEC = {
    "folder": {"type": "path", "required": True},
    "sources": {"type": "list", "elements": "path", "required": True},
    "answers": {"type": "path"},
    "strict": {"type": "bool", "default": False},
}


class ActionModule(ActionBase):  # type: ignore[misc]
    """Needs no connection and starts no process."""

    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        _, arguments = self.validate_argument_spec(argument_spec=_SPEC)
        folder = Path(arguments["folder"]).absolute() / "register"
        try:
            return {**result, **self._import(folder, arguments)}
        except FilesChangedError as error:
            return {**result, "failed": True, "msg": _CHANGED.format(file=folder / error.file)}
        except BusyError:
            return {
                **result,
                "failed": True,
                "msg": "Impor lain sedang menulis register ini. Tunggu sampai selesai, lalu ulangi.",
            }
        except OSError as error:
            where = error.filename or folder
            return {
                **result,
                "failed": True,
                "msg": f"{where}: {error.strerror}. Periksa hak akses dan ruang disk, lalu ulangi.",
            }

    def _import(self, folder: Path, arguments: dict[str, Any]) -> dict[str, Any]:
        dry = bool(self._task.check_mode)
        if pending(folder):
            if dry:
                return {
                    "failed": True,
                    "msg": "Impor sebelumnya terputus saat mengganti berkas. Jalankan sekali tanpa --check.",
                }
            self._display.display(
                f"Menyelesaikan impor yang terputus: {', '.join(recover(folder)) or 'sudah lengkap'}."
            )
        answers = read_answers(Path(arguments["answers"]).absolute() if arguments["answers"] else None)
        if answers.answers is None:
            self._display.display(f"\n{render(answers.problems)}\n")
            counted = count_line(answers.problems)
            return {"failed": True, "msg": f"Berkas jawaban belum dapat dipakai ({counted}, tertulis di atas)."}
        found = import_survey(folder, [Path(source).absolute() for source in arguments["sources"]], answers.answers)
        # Printed here and not returned: callbacks print results as JSON, where line breaks read as \n.
        self._display.display(f"\n{preview(found)}\n")
        if found.errors:
            counted = count_line(found.errors)
            return {
                "failed": True,
                "msg": f"Impor tidak dapat dilanjutkan ({counted}, tertulis di atas); register tidak diubah.",
            }
        held = bool(arguments["strict"] and found.flags)
        if found.after and not dry and not held:
            replace_files(folder, found.before, found.after)
        return _as_result(found, dry=dry, held=held)


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
