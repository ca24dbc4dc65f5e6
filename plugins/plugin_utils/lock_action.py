# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the actions have in common that plan a government's folder and keep the plan in a lock file."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import (
    ChangedMeanwhileError,
    write_lock,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.problem import Problem
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.render import render
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.controller_action import ControllerAction, Refused


class Planned(Protocol):
    """``before`` and ``after`` are the lock file's text."""

    @property
    def path(self) -> Path: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...
    @property
    def changes(self) -> tuple[str, ...]: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...
    @property
    def changed(self) -> bool: ...
    @property
    def errors(self) -> tuple[Problem, ...]: ...


class LockAction(ControllerAction):
    """Plans, writes the lock file unless in check mode, and prints a summary."""

    #: what the plan is called in messages
    SUBJECT: str

    @abstractmethod
    def plan(self, arguments: dict[str, Any]) -> Planned:
        """Reads only."""

    @abstractmethod
    def summary(self, planned: Any) -> Sequence[str]:
        """Lines for people; of the same plan that :meth:`plan` gave."""

    @abstractmethod
    def details(self, planned: Any) -> dict[str, Any]:
        """Further keys of the result."""

    def perform(self, arguments: dict[str, Any]) -> dict[str, Any]:
        planned = self.plan(arguments)
        path = planned.path
        if planned.errors:
            reason = f"Rencana {self.SUBJECT} gagal dibuat dan {path.name} tidak diubah"
            raise self.refuse(reason, planned.problems, path=str(path))
        if planned.changed and not self.dry:
            self._write(planned)
        lines = list(self.summary(planned))
        self.tell("\n".join(lines), render(planned.problems))
        return {
            "changed": planned.changed,
            "path": str(path),
            "changes": list(planned.changes),
            "summary": lines,
            **self.details(planned),
            "diff": {
                "before": planned.before,
                "after": planned.after,
                "before_header": f"{path} (sekarang)",
                "after_header": f"{path} (rencana)",
            },
        }

    def _write(self, planned: Planned) -> None:
        path = planned.path
        try:
            write_lock(path, planned.after, planned.before)
        except ChangedMeanwhileError:
            reason = f"{path} diubah orang lain selagi rencana ini dibuat; tidak ada yang ditulis."
            raise Refused(f"{reason} Ulangi perintahnya.", path=str(path)) from None
        except OSError as error:
            reason = f"{path} tidak dapat ditulis ({error.strerror})."
            raise Refused(f"{reason} Periksa hak akses foldernya, lalu ulangi.", path=str(path)) from error
