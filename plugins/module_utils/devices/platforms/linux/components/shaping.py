# SPDX-License-Identifier: GPL-3.0-or-later
"""Traffic shaping: a file of ``tc -batch`` lines, and the unit that loads it at boot.

The canonical form of the intended file is what tc itself shows after loading it on interfaces of the same names in a
scratch network namespace on the device.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from ..services import Unit
from ..shell import quote, write_file
from .base import Component, Parts, View
from .lines import LINE_STATE
from .tc_text import Shaping, parse, rebuild, update

PATH = "/etc/terpusat/shaping.tc"
#: the same tree with the figures of another line, in force while that one carries: shaping-<circuit>.tc
LINE_PATHS = "/etc/terpusat/shaping-*.tc"
UNIT_PATH = "/etc/systemd/system/terpusat-shaping.service"
_DEVICE = re.compile(r"\bdev (\S+)")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,15}")
#: ``same IFACE INDEX``: still the interface that was read. One made anew under its name has another index, and no tree.
_SAME_FUNCTION = 'same() { [ "$(cat "/sys/class/net/$1/ifindex" 2>/dev/null)" = "$2" ]; }\n'


class ShapingComponent(Component):
    """A rate is changed in place, while packets flow; only a different queueing structure is built anew."""

    name = "shaping"
    globs = (PATH, LINE_PATHS, UNIT_PATH)
    tools: ClassVar[Mapping[str, str]] = {"tc": "iproute2", "ip": "iproute2", "unshare": "util-linux"}
    units = (Unit("terpusat-shaping.service", runs=False),)
    #: what may make an interface anew, which then has no tree
    follows = frozenset({"openvswitch", "wireguard"})

    @override
    def used_units(self, files: Sequence[File]) -> tuple[Unit, ...]:
        return self.units if any(file.path == UNIT_PATH for file in files) else ()

    @override
    def validate(self, files: Sequence[File]) -> list[str]:
        return [
            f"{file.path} baris {number}: {line.strip()!r} tidak menyebut 'dev ANTARMUKA'"
            for file in files
            if file.path != UNIT_PATH
            for number, line in enumerate(file.text.splitlines(), 1)
            if line.strip() and not line.lstrip().startswith("#") and not devices(line)
        ]

    @override
    def check(self, files: Sequence[File]) -> str:
        if not any(file.path == UNIT_PATH for file in files):
            return ""
        return f'systemd-analyze verify --man=no --recursive-errors=no "$STAGE"{UNIT_PATH}\n'

    @override
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        names = devices(_text(files))
        # Which interfaces the file on the device names is known only when it has been read: all are shown.
        reads = {"running": _show("$(ls /sys/class/net)"), "line": f"cat {LINE_STATE} 2>/dev/null || :"}
        return {"wanted": _scratch(names, _show(" ".join(names))), **reads} if names else reads

    @override
    def intended(self, view: View) -> Parts:
        return {name: shaping.lines() for name, shaping in self._wanted(view).items() if shaping.lines()}

    @override
    def running(self, view: View) -> Parts:
        return {name: shaping.lines() for name, shaping in self._owned(view).items() if shaping.lines()}

    @override
    def apply(self, view: View) -> str:
        wanted, owned, seen = self._wanted(view), self._owned(view), _indices(view)
        lines = [_SAME_FUNCTION]
        if UNIT_PATH in view.changed:
            lines.append("systemctl daemon-reload\n")
        for name in sorted({*wanted, *owned}):
            whole = _clear(name) + _batch(_lines(view.text(_path(view)), name))
            commands = update(name, wanted.get(name, Shaping()), owned.get(name, Shaping()))
            if commands is None or name not in seen:
                lines.append(whole)
            else:
                lines.append(_if_same(name, seen[name], _batch(commands), whole))
        return "".join(lines)

    @override
    def restore(self, view: View) -> str:
        lines = [_SAME_FUNCTION]
        if UNIT_PATH in view.changed:
            lines.append("systemctl daemon-reload\n")
        owned, seen = self._owned(view), _indices(view)
        for name in sorted({*self._wanted(view), *owned}):
            commands = rebuild(name, owned.get(name, Shaping()))
            if commands is None:
                # Made by hand with something we cannot write back: the former file is the nearest known state.
                commands = _lines(view.live_text(PATH), name)
            whole = _clear(name) + _batch(commands)
            # When nothing of ours was to change, only what was made anew meanwhile lacks something.
            lines.append(whole if view.changed or name not in seen else _if_same(name, seen[name], "", whole))
        return "".join(lines)

    @staticmethod
    def _wanted(view: View) -> dict[str, Shaping]:
        return _parse(view.answers.out("wanted"), set(devices(view.text(PATH))))

    @staticmethod
    def _owned(view: View) -> dict[str, Shaping]:
        """What runs on the interfaces that our file, present or former, names."""
        names = {*devices(view.text(PATH)), *devices(view.live_text(PATH))}
        return _parse(view.answers.out("running"), names)


def _path(view: View) -> str:
    """The intended file that is in force while the line that carries now does."""
    path = _of_line(view.answers.out("line").strip())
    return path if any(file.path == path for file in view.files) else PATH


def _of_line(circuit: str) -> str:
    return LINE_PATHS.replace("*", circuit)


def devices(text: str) -> list[str]:
    """Interfaces that ``tc -batch`` lines name, sorted."""
    names = (match[1] for line in text.splitlines() if (match := _DEVICE.search(line.partition("#")[0])))
    return sorted({name for name in names if _NAME.fullmatch(name)})


def _text(files: Sequence[File]) -> str:
    return next((file.text for file in files if file.path == PATH), "")


def _scratch(names: Sequence[str], then: str) -> str:
    """Shell that loads the staged file in a network namespace of its own, on interfaces of the same names."""
    make = "".join(
        f"ip link add {name} type veth peer name terpusat{number} || exit 1; " for number, name in enumerate(names)
    )
    # The state is the machine's, and so outside of the namespace as inside; without a variant the file itself is meant.
    choose = f'f="$STAGE"{_of_line(f"$(cat {LINE_STATE} 2>/dev/null)")}; [ -e "$f" ] || f="$STAGE"{PATH}; '
    return f"unshare -n sh -c {quote(f'{make}{choose}tc -batch "$f" || exit 1; {then}')}"


def _show(names: str) -> str:
    """Shell that shows queueing, classes and rules of interfaces, each behind a line ``dev NAME INDEX``."""
    return (
        f'for d in {names}; do echo "dev $d $(cat /sys/class/net/$d/ifindex 2>/dev/null)"; '
        'tc qdisc show dev "$d"; tc class show dev "$d"; '
        "for p in $(tc qdisc show dev \"$d\" | awk '{print $3}' | grep -v '^0:' | sort -u); do "
        # tc leaves out of a rule the parent that it was asked for.
        'tc filter show dev "$d" parent "$p" | sed "s/^filter /filter parent $p /"; done; done'
    )


def _parse(output: str, names: set[str]) -> dict[str, Shaping]:
    """Parse `_show`'s output, of the interfaces ``names``."""
    shown: dict[str, list[str]] = {}
    current: list[str] = []
    for line in output.splitlines():
        if line.startswith("dev "):
            current = shown.setdefault(line.split()[1], [])
        else:
            current.append(line)
    return {name: parse("\n".join(lines)) for name, lines in shown.items() if name in names}


def _lines(text: str, name: str) -> list[str]:
    """What a file says of one interface."""
    return [line for line in text.splitlines() if name in devices(line)]


def _indices(view: View) -> dict[str, str]:
    """Interface -> the kernel's number of it, as it was read."""
    heads = (line.split() for line in view.answers.out("running").splitlines() if line.startswith("dev "))
    return {words[1]: words[2] for words in heads if len(words) == 3}


def _if_same(name: str, index: str, then: str, otherwise: str) -> str:
    return f"if same {quote(name)} {index}; then\n{then or ':'}\nelse\n{otherwise}fi\n"


def _clear(name: str) -> str:
    return f"for q in root ingress; do tc qdisc del dev {quote(name)} $q 2>/dev/null || :; done\n"


def _batch(commands: Sequence[str]) -> str:
    if not commands:
        return ""
    return write_file('"$WORK/tc"', "".join(f"{line}\n" for line in commands)) + 'tc -batch "$WORK/tc"\n'
