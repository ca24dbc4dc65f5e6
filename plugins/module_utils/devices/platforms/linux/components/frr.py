# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR: routing. Compared as sections and lines, in the form in which ``show running-config`` prints them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from ..services import Unit
from ..shell import write_file
from .base import Component, Parts, View
from .frr_text import canonical

PATH = "/etc/frr/frr.conf"
DAEMONS = "/etc/frr/daemons"
_RELOAD = "/usr/lib/frr/frr-reload.py"
_PART = "konfigurasi"
_UNIT = "frr.service"


class Frr(Component):
    """frr-reload.py changes only what differs; a change of the daemons that run needs a restart."""

    name = "frr"
    globs = (PATH, DAEMONS)
    tools: ClassVar[Mapping[str, str]] = {"vtysh": "frr", _RELOAD: "frr-pythontools"}
    units = (Unit(_UNIT),)
    secret = re.compile(
        r"( md5|hash-algo \S+ key|authentication-key|key-string|(?:area|domain)-password \S+|password(?: 8)?) (\S+)"
    )

    @override
    def check(self, files: Sequence[File]) -> str:
        if not any(file.path == PATH for file in files):
            return ""
        return f'vtysh -C -f "$STAGE"{PATH}\n'

    @override
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        del files
        return {"running": "vtysh -c 'show running-config' || :"}  # nothing when FRR is down

    @override
    def intended(self, view: View) -> Parts:
        wanted = view.text(PATH)
        return {_PART: canonical(wanted, wanted)} if wanted else {}

    @override
    def running(self, view: View) -> Parts:
        wanted = view.text(PATH)
        return {_PART: canonical(view.answers.out("running"), wanted)} if wanted else {}

    @override
    def apply(self, view: View) -> str:
        verb = "restart" if DAEMONS in view.changed else "start"
        return f"systemctl {verb} {_UNIT}\n" + (_reload(view.text(PATH)) if view.text(PATH) else "")

    @override
    def restore(self, view: View) -> str:
        lines = []
        if DAEMONS in view.changed:
            lines.append(f"systemctl restart {_UNIT}\n")
        if view.answers.out("running"):
            lines.append(_reload(view.answers.out("running")))
        return "".join(lines)


def _reload(text: str) -> str:
    """Shell that makes ``text`` the running configuration and writes nothing.

    frr-reload.py ends in ``write`` unless the file it is given is the ``frr.conf`` of its ``--confdir``, so it gets a
    folder of its own. It also "corrects" a ``no ipv6 forwarding`` that zebra shows because the kernel says so: the
    lines of that kind which run at that moment are therefore part of what it is given. Kernel parameters are the
    affair of `sysctl`. FRR deletes no interface that still exists ("only inactive interfaces can be deleted"), and to
    ask for it fails the whole reload: it stays as an empty section, which FRR does not show.
    """
    return (
        write_file('"$WORK/frr/wanted"', text)
        + 'cp /etc/frr/vtysh.conf "$WORK/frr/vtysh.conf" 2>/dev/null || : >"$WORK/frr/vtysh.conf"\n'
        "{ vtysh -c 'show running-config' | grep -E '^no ip(v6)? forwarding' || :; "
        "grep -vE '^(no )?ip(v6)? forwarding|^frr version|^Building|^Current' \"$WORK/frr/wanted\"; } "
        '>"$WORK/frr/frr.conf"\n'
        "for i in $(vtysh -c 'show running-config' | sed -n 's/^interface \\([^ ]*\\)$/\\1/p'); do\n"
        '    grep -qxF "interface $i" "$WORK/frr/frr.conf" || [ ! -e "/sys/class/net/$i" ] || '
        'printf \'interface %s\\nexit\\n\' "$i" >>"$WORK/frr/frr.conf"\ndone\n'
        f'{_RELOAD} --reload --stdout --confdir "$WORK/frr" "$WORK/frr/frr.conf"\n'
    )
