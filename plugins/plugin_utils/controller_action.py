# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the actions have in common that work on the controller alone, and touch no host."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.problem import Problem
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.render import count_line, render


class Refused(Exception):  # noqa: N818 - it is not an error of the program
    """The action ends as failed with this message; ``result`` are further keys of its result."""

    def __init__(self, message: str, **result: Any) -> None:
        super().__init__(message)
        self.result = result


class ControllerAction(ActionBase):  # type: ignore[misc]
    """Needs no connection and starts no process. ``SPEC`` is the argument spec; ``perform`` does the work."""

    SPEC: ClassVar[dict[str, Any]]

    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        _, arguments = self.validate_argument_spec(argument_spec=self.SPEC)
        try:
            return {**result, **self.perform(arguments)}
        except Refused as error:
            return {**result, **error.result, "failed": True, "msg": str(error)}
        except OSError as error:
            what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            return {**result, "failed": True, "msg": f"{what}. Periksa hak akses dan ruang disk, lalu ulangi."}

    @abstractmethod
    def perform(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """What the result holds beside Ansible's own keys.

        :raises Refused: it cannot be done, and why.
        """

    @property
    def dry(self) -> bool:
        """Whether nothing may be written (``--check``)."""
        return bool(self._task.check_mode)

    def tell(self, *parts: str) -> None:
        """Print text for people. Not returned: callbacks print results as JSON, where line breaks read as \\n."""
        text = "\n\n".join(part for part in parts if part)
        if text:
            self._display.display(f"\n{text}\n")

    def refuse(self, reason: str, problems: Sequence[Problem], **result: Any) -> Refused:
        """Print every problem; what to raise says how many they are."""
        self.tell(render(problems))
        return Refused(f"{reason} ({count_line(problems)}, tertulis di atas).", **result)


def parse_day(text: str | None) -> date | None:
    """A day as ``2026-12-08``; None for no text.

    :raises Refused: anything else.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(f"'{text}' bukan tanggal. Tulis tahun-bulan-hari, misalnya 2026-12-08.") from None
