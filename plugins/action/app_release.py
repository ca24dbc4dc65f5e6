# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Controller side of app_release: name what the source folders hold, ask the server, send only what it lacks."""

from __future__ import annotations

import os
import tempfile
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers import tree

MODULE = "diskominfo.terpusat.app_release"
DEFAULT_EXCLUDE = [".git", ".gitignore", ".gitattributes", ".DS_Store", "*.swp"]


def _manifest(entries: list[tree.Entry]) -> list[str]:
    return [f"{entry.path}{'/' if entry.kind == 'd' else ''} {entry.digest[:16]}".rstrip() for entry in entries]


def _diff(answer: dict[str, Any], entries: list[tree.Entry] | None) -> dict[str, str]:
    """One application's difference as text: which release is served, what is in it, whose access is wrong."""
    before = answer.get("manifest") or []
    after = _manifest(entries) if entries is not None else before
    wrong = [f"hak akses salah: {path}" for path in answer.get("wrong_access") or []]
    surplus = [f"rilis lama: {release}" for release in answer.get("surplus") or []]
    made = [f"perlu: {command}" for command in answer.get("accounts") or []]
    return {
        "before_header": f"{answer['code']}: rilis {answer['former'] or '(belum ada)'}",
        "after_header": f"{answer['code']}: rilis {answer['release']}",
        "before": "".join(f"{line}\n" for line in [*made, *before, *wrong, *surplus]),
        "after": "".join(f"{line}\n" for line in after),
    }


class ActionModule(ActionBase):  # type: ignore[misc]
    """Options and results are documented in plugins/modules/app_release.py."""

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        arguments = {"applications": [], **self._task.args}
        try:
            contents = self._contents(arguments)
        except tree.TreeError as error:
            return {**result, "failed": True, "msg": str(error)}
        ids = {code: tree.release_id(entries) for code, entries in contents.items()}
        arguments["applications"] = [
            {**entry, "release": entry.get("release") or ids.get(entry["code"])} for entry in arguments["applications"]
        ]
        dry = bool(self._task.check_mode)
        answer = self._execute_module(
            module_name=MODULE, module_args={**arguments, "inspect": True}, task_vars=task_vars
        )
        if answer.get("failed"):
            return {**result, **answer}
        diff = [_diff(item, contents.get(item["code"])) for item in answer["applications"] if item["changed"]]
        if answer["changed"] and not dry:
            missing = [item["code"] for item in answer["applications"] if item["needs_archive"]]
            answer = self._apply(arguments, {code: contents[code] for code in missing if code in contents}, task_vars)
        for item in answer.get("applications", []):
            for key in ("accounts", "manifest", "wrong_access", "surplus", "needs_archive"):
                item.pop(key, None)
        answer.pop("invocation", None)
        return {**result, **answer, "diff": diff}

    def _contents(self, arguments: dict[str, Any]) -> dict[str, list[tree.Entry]]:
        """What each source folder holds, by application code. Raises TreeError."""
        contents = {}
        for entry in arguments["applications"]:
            if entry.get("release") or not boolean(entry.get("content", True)):
                continue
            if not entry.get("source"):
                raise tree.TreeError(
                    f"Aplikasi {entry.get('code')} tidak punya 'source'; isi di register/applications.yml."
                )
            contents[entry["code"]] = tree.scan(entry["source"], arguments.get("exclude", DEFAULT_EXCLUDE))
        return contents

    def _apply(
        self, arguments: dict[str, Any], missing: dict[str, list[tree.Entry]], task_vars: dict[str, Any] | None
    ) -> dict[str, Any]:
        """Transfer the missing releases and let the module do the rest."""
        sources = {entry["code"]: entry.get("source") for entry in arguments["applications"]}
        shell = self._connection._shell
        made_here = shell.tmpdir is None
        if made_here:
            self._make_tmp_path()
        try:
            archives = {}
            for code, entries in missing.items():
                archives[code] = shell.join_path(shell.tmpdir, f"{code}.tar.gz")
                with tempfile.TemporaryDirectory(prefix="terpusat-") as folder:
                    local = os.path.join(folder, "release.tar.gz")
                    with open(local, "wb") as stream:
                        tree.pack(sources[code], entries, stream)
                    self._transfer_file(local, archives[code])
            self._fixup_perms2([shell.tmpdir, *archives.values()])
            answer: dict[str, Any] = self._execute_module(
                module_name=MODULE, module_args={**arguments, "archives": archives}, task_vars=task_vars
            )
            return answer
        finally:
            if made_here:
                self._remove_tmp_path(shell.tmpdir)
                shell.tmpdir = None
