# SPDX-License-Identifier: GPL-3.0-or-later
"""dnsmasq: DHCP and DNS forwarding. What it runs is what its file said when it started."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from ..services import Unit, is_active, started_at
from .base import Component, Parts, View

PATH = "/etc/dnsmasq.d/terpusat.conf"
_UNIT = "dnsmasq.service"
_PART = "berkas yang dipakai"
#: seconds; file times are read as whole seconds, the others are some milliseconds apart
_TOLERANCE = 0.5


class Dnsmasq(Component):
    """A restart is the only way to take a new file, so it is restarted when, and only when, the file is newer."""

    name = "dnsmasq"
    globs = (PATH,)
    tools: ClassVar[Mapping[str, str]] = {"dnsmasq": "dnsmasq"}
    units = (Unit(_UNIT),)

    @override
    def check(self, files: Sequence[File]) -> str:
        return f'dnsmasq --test -C "$STAGE"{PATH}\n'

    @override
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        return {"times": f"stat -c %Y {PATH} 2>/dev/null || echo 0; date +%s.%N; cut -d' ' -f1 /proc/uptime"}

    @override
    def intended(self, view: View) -> Parts:
        return {_PART: "terbaru\n"}

    @override
    def running(self, view: View) -> Parts:
        unit = view.units.get(_UNIT, {})
        written, now, uptime = map(float, view.answers.out("times").split())
        started = now - uptime + started_at(unit)
        # A service that is not active shows as such in its own part; it is not also called outdated.
        outdated = is_active(unit) and started + _TOLERANCE < written
        return {_PART: "berkas berubah sesudah layanan menyala\n" if outdated else "terbaru\n"}

    @override
    def apply(self, view: View) -> str:
        return f"systemctl restart {_UNIT}\n"

    @override
    def restore(self, view: View) -> str:
        if not is_active(view.units.get(_UNIT, {})):
            return ""
        return f"systemctl restart {_UNIT}\n"
