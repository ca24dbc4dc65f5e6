# SPDX-License-Identifier: GPL-3.0-or-later
"""WireGuard tunnels: one file, one interface and one unit each. What runs is asked of wg itself.

Where the peer is reached is operation, not configuration: WireGuard follows a peer that roams.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from ..services import Unit, is_active
from ..shell import quote
from .base import Component, Parts, View

FOLDER = "/etc/terpusat/wireguard/"
#: the list of all tunnels; without any it is what says so
INDEX_PATH = "/etc/terpusat/tunnels.conf"
UNIT_PATH = "/etc/systemd/system/terpusat-wireguard@.service"
_NAME = re.compile(r"vpn\d{1,4}")
#: settings that are somebody's else when our file does not speak about them: wg picks a port, marks are none
_OPEN = ("ListenPort", "FwMark")
#: The interface goes with the unit; what starts it at boot is removed by hand, since the unit's file may be gone.
_FORGET = """\
systemctl stop {unit} 2>/dev/null || :
rm -f /etc/systemd/system/multi-user.target.wants/{unit}
ip link delete dev {name} 2>/dev/null || :
"""


class WireGuard(Component):
    """Keys and peers change while packets flow; only another way of making an interface makes it anew."""

    name = "wireguard"
    globs = (INDEX_PATH, f"{FOLDER}*.conf", UNIT_PATH)
    tools: ClassVar[Mapping[str, str]] = {"wg": "wireguard-tools", "ip": "iproute2"}
    secret = re.compile(r"(?m)^(?:PrivateKey|PresharedKey) = (\S+)$")

    @override
    def used_units(self, files: Sequence[File]) -> tuple[Unit, ...]:
        return tuple(Unit(_unit(name)) for name in _wanted(files))

    @override
    def used_tools(self, files: Sequence[File]) -> Mapping[str, str]:
        return self.tools if _wanted(files) else {}

    @override
    def validate(self, files: Sequence[File]) -> list[str]:
        names = (file.path.removeprefix(FOLDER).removesuffix(".conf") for file in files if file.path.startswith(FOLDER))
        return [f"{FOLDER}{name}.conf: nama antarmuka harus vpn<nomor>" for name in names if not _NAME.fullmatch(name)]

    @override
    def check(self, files: Sequence[File]) -> str:
        if not _wanted(files):
            return ""
        missing = "wireguard tidak ada di kernel ini; pasang: apt install wireguard-go"
        return (
            "command -v wireguard-go >/dev/null || modinfo wireguard >/dev/null 2>&1 || "
            f"[ -d /sys/module/wireguard ] || {{ echo {quote(missing)} >&2; exit 1; }}\n"
        )

    @override
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        del files
        return {
            "running": "for d in $(ls /sys/class/net); do case $d in vpn[0-9]*) "
            'wg showconf "$d" >/dev/null 2>&1 && { echo "dev $d"; wg showconf "$d"; } ;; esac; done; :'
        }

    @override
    def intended(self, view: View) -> Parts:
        return {_part(name): canonical(text, text) for name, text in _wanted(view.files).items()}

    @override
    def running(self, view: View) -> Parts:
        wanted = _wanted(view.files)
        return {_part(name): canonical(text, wanted.get(name, text)) for name, text in _running(view).items()}

    @override
    def apply(self, view: View) -> str:
        wanted, running = _wanted(view.files), _running(view)
        lines = ["systemctl daemon-reload\n"] if UNIT_PATH in view.changed else []
        stays = _stays(view)
        for name in sorted(wanted):
            unit = _unit(name)
            if name in running and is_active(view.units.get(unit, {})) and stays:
                if {f"{FOLDER}{name}.conf", _part(name)} & view.changed:
                    lines.append(f"systemctl reload {unit}\n")
            else:
                lines.append(f"systemctl restart {unit}\n")
        lines += _forget({*running, *_live(view)} - set(wanted))
        return "".join(lines)

    @override
    def restore(self, view: View) -> str:
        former, running = _live(view), _running(view)
        lines = ["systemctl daemon-reload\n"]
        again = "reload-or-restart" if _stays(view) else "restart"
        lines += [f"systemctl {again} {_unit(name)}\n" for name in sorted(former & set(running))]
        lines += _forget({*_wanted(view.files), *former} - set(running))
        return "".join(lines)


def canonical(text: str, wanted: str) -> str:
    """Sorted lines of a configuration, of what ``wanted`` speaks about."""
    spoken = {key for _, settings in _sections(wanted) for key in settings}
    blocks = []
    for section, settings in _sections(text):
        kept = {key: value for key, value in settings.items() if key not in _OPEN or key in spoken}
        kept.pop("Endpoint", None)
        if "AllowedIPs" in kept:
            kept["AllowedIPs"] = ", ".join(sorted(re.split(r"[,\s]+", kept["AllowedIPs"])))
        blocks.append("\n".join([f"[{section}]", *(f"{key} = {value}" for key, value in sorted(kept.items()))]))
    return "\n".join(sorted(blocks)) + "\n"


def _sections(text: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            found.append((line.strip("[]"), {}))
        elif found and "=" in line:
            key, _, value = line.partition("=")
            found[-1][1][key.strip()] = value.strip()
    return found


def _wanted(files: Sequence[File]) -> dict[str, str]:
    """Interface -> its intended file."""
    return {
        file.path.removeprefix(FOLDER).removesuffix(".conf"): file.text
        for file in files
        if file.path.startswith(FOLDER)
    }


def _live(view: View) -> set[str]:
    """Interfaces for which the device has a file."""
    paths = (path for path in view.live if path.startswith(FOLDER))
    return {path.removeprefix(FOLDER).removesuffix(".conf") for path in paths}


def _running(view: View) -> dict[str, str]:
    """Interface -> what wg shows of it."""
    found: dict[str, str] = {}
    name = ""
    for line in view.answers.out("running").splitlines():
        if line.startswith("dev "):
            name = line[4:]
            found[name] = ""
        elif name:
            found[name] += f"{line}\n"
    return found


def _stays(view: View) -> bool:
    """Whether interfaces are made as before. What else a unit says is for its next start, no reason for an outage."""
    former, new = (
        [line for line in unit.splitlines() if line.startswith("ExecStart=")]
        for unit in (view.live_text(UNIT_PATH), view.text(UNIT_PATH))
    )
    return former == new


def _unit(name: str) -> str:
    return f"terpusat-wireguard@{name}.service"


def _part(name: str) -> str:
    return f"terowongan {name}"


def _forget(names: Iterable[str]) -> list[str]:
    return [_FORGET.format(unit=_unit(name), name=name) for name in sorted(names) if _NAME.fullmatch(name)]
