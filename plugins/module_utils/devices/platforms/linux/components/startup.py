# SPDX-License-Identifier: GPL-3.0-or-later
"""Daemons that read their files when they start and never again: what runs is what the files said then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from ..services import Unit, is_active, started_at
from .base import Component, Parts, View

_PART = "berkas yang dipakai"
#: seconds; file times are read as whole seconds, the others are some milliseconds apart
_TOLERANCE = 0.5


class StartupFiles(Component):
    """A restart is the only way to take a new file, so the daemon is restarted when, and only when, one is newer.

    A daemon whose files hold nothing but comments is not needed: it need not be installed, and ``idle`` is what happens
    to one that is.
    """

    daemon: ClassVar[str]
    #: shell for a daemon that nobody needs any more
    idle: ClassVar[str] = ""

    @staticmethod
    def needed(files: Sequence[File]) -> bool:
        """Whether some file says something."""
        return any(not line.startswith("#") for file in files for line in file.text.splitlines() if line.strip())

    @override
    def used_tools(self, files: Sequence[File]) -> Mapping[str, str]:
        return self.tools if self.needed(files) else {}

    @override
    def used_units(self, files: Sequence[File]) -> tuple[Unit, ...]:
        return (Unit(self.daemon),) if self.needed(files) else ()

    @override
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        paths = " ".join(sorted(file.path for file in files))
        newest = f"stat -c %Y {paths} 2>/dev/null | sort -n | tail -n 1 | grep . || echo 0"
        return {"times": f"{newest}; date +%s.%N; cut -d' ' -f1 /proc/uptime"}

    @override
    def intended(self, view: View) -> Parts:
        return {_PART: "terbaru\n"} if self.needed(view.files) else {}

    @override
    def running(self, view: View) -> Parts:
        if not self.needed(view.files):
            return {}
        unit = view.units.get(self.daemon, {})
        written, now, uptime = map(float, view.answers.out("times").split())
        started = now - uptime + started_at(unit)
        # A service that is not active shows as such in its own part; it is not also called outdated.
        outdated = is_active(unit) and started + _TOLERANCE < written
        return {_PART: "berkas berubah sesudah layanan menyala\n" if outdated else "terbaru\n"}

    @override
    def apply(self, view: View) -> str:
        if not self.needed(view.files):
            return self.idle
        return f"systemctl daemon-reload\nsystemctl restart {self.daemon}\n"

    @override
    def restore(self, view: View) -> str:
        again = "" if not is_active(view.units.get(self.daemon, {})) else f"systemctl restart {self.daemon}\n"
        return f"systemctl daemon-reload\n{again}" if self.needed(view.files) else f"{self.idle}{again}"
