# SPDX-License-Identifier: GPL-3.0-or-later
"""The watcher of the lines to the providers. What it does follows from what it was told when it started.

Which line carries is operation, not configuration: a router that has failed over runs exactly what it should.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from ..services import Unit, is_active, started_at
from .base import Component, Parts, View

PATH = "/etc/terpusat/lines.conf"
PROGRAM_PATH = "/usr/local/lib/terpusat/lines.py"
UNIT_PATH = "/etc/systemd/system/terpusat-lines.service"
#: where the watcher says which line carries: the name of a circuit, or nothing when the government's network does
LINE_STATE = "/run/terpusat/line"
_UNIT = "terpusat-lines.service"
_PART = "pemantau jalur"
_SECTION = re.compile(r"^\[.+\]$", re.MULTILINE)
#: seconds; file times are read as whole seconds, the others are some milliseconds apart
_TOLERANCE = 0.5
#: The watcher ends without touching its routes; this takes them and its rules away (77: see `PROTOCOL` in the program).
_FORGET = f"""\
systemctl stop {_UNIT} 2>/dev/null || :
rm -f /etc/systemd/system/multi-user.target.wants/{_UNIT} {LINE_STATE} {LINE_STATE}s.json
systemctl daemon-reload
ip -4 route flush table all proto 77 2>/dev/null || :
ip -6 route flush table all proto 77 2>/dev/null || :
for p in $(ip -4 rule show | sed -n 's/^\\([0-9]*\\):.* proto 77 *$/\\1/p'); do ip -4 rule del pref "$p" || :; done
"""


class Lines(Component):
    """Without a line in its file there is no watcher, and nothing is left of its routes."""

    name = "lines"
    globs = (PATH, PROGRAM_PATH, UNIT_PATH)
    tools: ClassVar[Mapping[str, str]] = {"python3": "python3", "conntrack": "conntrack", "ip": "iproute2"}
    units = (Unit(_UNIT),)

    @override
    def used_units(self, files: Sequence[File]) -> tuple[Unit, ...]:
        return self.units if _has_lines(files) else ()

    @override
    def check(self, files: Sequence[File]) -> str:
        if not _has_lines(files):
            return ""
        return (
            f'python3 -c "import configparser, sys; configparser.ConfigParser().read_file(open(sys.argv[1]))" '
            f'"$STAGE"{PATH}\n'
            f'python3 -c "import sys; compile(open(sys.argv[1]).read(), sys.argv[1], sys.argv[2])" '
            f'"$STAGE"{PROGRAM_PATH} exec\n'
        )

    @override
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        times = f"stat -c %Y {PATH} {PROGRAM_PATH} 2>/dev/null | sort -n | tail -n 1 | grep . || echo 0"
        return {
            "times": f"{times}; date +%s.%N; cut -d' ' -f1 /proc/uptime",
            # Asked apart from the units: without lines the unit is none of ours, and must not run.
            "active": f"systemctl is-active {_UNIT} || :",
        }

    @override
    def intended(self, view: View) -> Parts:
        return {_PART: "terbaru\n" if _has_lines(view.files) else "tidak dipakai\n"}

    @override
    def running(self, view: View) -> Parts:
        if not _has_lines(view.files):
            active = view.answers.out("active").strip() == "active"
            return {_PART: "masih menyala\n" if active else "tidak dipakai\n"}
        unit = view.units.get(_UNIT, {})
        written, now, uptime = map(float, view.answers.out("times").split())
        outdated = is_active(unit) and now - uptime + started_at(unit) + _TOLERANCE < written
        return {_PART: "berkas berubah sesudah layanan menyala\n" if outdated else "terbaru\n"}

    @override
    def apply(self, view: View) -> str:
        if not _has_lines(view.files):
            return _FORGET
        # Routes of a line that left the file go when it starts: it keeps only those it knows.
        return f"systemctl daemon-reload\nsystemctl restart {_UNIT}\n"

    @override
    def restore(self, view: View) -> str:
        if is_active(view.units.get(_UNIT, {})) or view.answers.out("active").strip() == "active":
            return f"systemctl daemon-reload\nsystemctl restart {_UNIT}\n"
        return _FORGET


def _has_lines(files: Sequence[File]) -> bool:
    text = next((file.text for file in files if file.path == PATH), "")
    return _SECTION.search(text) is not None
