# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at a Debian router, white-box switch or server."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...inspection import CommandOutput, DeviceFacts, Neighbour, allowed, plain
from ...outcome import RefusedError
from ...secrecy import Fingerprints
from ...session import Session
from ...target import Target
from . import readonly
from .bundle import File, render
from .components import COMPONENTS
from .platform import Platform
from .shell import LiveFile, collect, command, files, run_root

_FIRST_OF = "cat {} 2>/dev/null | tr -d '\\0' | head -n 1"
_FACTS = {
    "hostname": "hostname",
    "release": "cat /etc/os-release",
    # A PC tells by its firmware's tables, a small board by its device tree.
    "model": _FIRST_OF.format("/sys/class/dmi/id/product_name /proc/device-tree/model"),
    "serial": _FIRST_OF.format("/sys/class/dmi/id/product_serial /proc/device-tree/serial-number"),
    "uptime": "cut -d. -f1 /proc/uptime",
    "lldp": "command -v lldpctl >/dev/null || exit 3; lldpctl -f json",
}
_NO_LLDPD = 3
#: files outside the components that say how the machine is set up
_ALSO = (
    "/etc/hostname", "/etc/hosts", "/etc/resolv.conf", "/etc/fstab", "/etc/network/interfaces",
    "/etc/network/interfaces.d/*", "/etc/systemd/network/*.network", "/etc/systemd/network/*.netdev",
    "/etc/ssh/sshd_config", "/etc/ssh/sshd_config.d/*.conf", "/etc/sysctl.d/*.conf", "/etc/apt/sources.list",
    "/etc/apt/sources.list.d/*", "/etc/chrony/chrony.conf", "/etc/sudoers.d/*",
)  # fmt: skip


class Inspection:
    """The contract of `devices.inspection`, whose docstrings hold here."""

    device_type = "linux"
    interactive = False

    def facts(self, session: Session) -> DeviceFacts:
        answers = collect(session, "".join(command(name, script) for name, script in _FACTS.items()))
        release = dict(re.findall(r'^(\w+)="?(.*?)"?$', answers.out("release"), re.M))
        notices: tuple[str, ...] = ()
        if answers.commands["lldp"].code == _NO_LLDPD:
            notices = ("paket lldpd belum terpasang, jadi tetangga tidak diketahui; jalankan: apt install lldpd",)
        uptime = answers.out("uptime").strip()
        return DeviceFacts(
            hostname=answers.out("hostname").strip(),
            model=answers.out("model").strip(),
            version=f"{release.get('NAME', 'Linux')} {release.get('VERSION_ID', '')}".strip(),
            serial=answers.out("serial").strip(),
            uptime=int(uptime) if uptime.isdecimal() else None,
            neighbours=tuple(lldp(answers.out("lldp"))),
            notices=notices,
        )

    def check(self, command: str) -> str:
        text = plain(command)
        try:
            words = shlex.split(text) if "\\" not in text else []
        except ValueError:
            words = []
        # vtysh takes its command as one word of several; no letter of any may mean something to a shell.
        if not words or not all(readonly.WORD.fullmatch(part) for word in words for part in word.split(" ")):
            raise RefusedError(f"perintah {text!r} memuat tanda kutip terbuka, pipa, pengalihan atau tanda shell lain")
        return allowed(shlex.join(words), readonly.PATTERNS, readonly.EXAMPLES)

    def run(self, session: Session, command: str, timeout: float) -> CommandOutput:
        limited = f"timeout -k 1 {timeout:.1f} env SYSTEMD_PAGER=cat VTYSH_PAGER=cat {command} 2>&1 </dev/null"
        result = run_root(session, limited, timeout=timeout + 3)
        return CommandOutput(result.code == 0, result.out.decode(errors="replace"))

    def mask(self, text: str, hide: Fingerprints) -> str:
        for pattern in readonly.SECRETS:
            text = hide.mask(text, pattern)
        return text

    def backup(self, session: Session, target: Target, hide: Fingerprints) -> Mapping[str, str]:
        globs = [glob for component in COMPONENTS for glob in component.globs]
        parts = files([*globs, *_ALSO]) + command("packages", "dpkg-query -W -f '${Package} ${Version}\\n'")
        answers = collect(session, parts)
        texts = {file.path.lstrip("/"): self.mask(masked(file, hide), hide) for file in answers.files.values()}
        texts["berjalan/paket.txt"] = answers.out("packages")
        # What stands there is taken for the intended state: the device then tells what runs because of it.
        platform = Platform()
        standing, refused = readable(platform, answers.files.values(), target)
        if standing:
            texts |= platform.snapshot(platform.read(session, platform.parse(render(standing), target)), hide)
        if refused:
            texts["berjalan/tidak-dibaca.txt"] = self.mask("".join(f"{line}\n" for line in refused), hide)
        return texts


def masked(file: LiveFile, hide: Fingerprints) -> str:
    """The file's text without what its component knows to be secret, also where the rest of it is not our kind."""
    owner = next((component for component in COMPONENTS if component.claims(file.path)), None)
    return hide.mask(file.text, owner.secret if owner else None)


def readable(platform: Platform, live: Iterable[LiveFile], target: Target) -> tuple[list[File], list[str]]:
    """The files of the components whose files are our kind; for each other component its name and why.

    Component by component: somebody else's file in one must not keep what the others run out of the archive.
    """
    standing: list[File] = []
    refused: list[str] = []
    found = [File(file.path, file.text, file.mode, file.owner, file.group) for file in live]
    for component in COMPONENTS:
        owned = [file for file in found if component.claims(file.path)]
        if not component.stands([file.path for file in owned]):
            continue
        try:
            platform.parse(render(owned), target)
        except RefusedError as error:
            refused.append(f"{component.name}: {error}")
        else:
            standing += owned
    return standing, refused


def lldp(text: str) -> Iterator[Neighbour]:
    """Neighbours from ``lldpctl -f json``, whose lists shrink to a mapping when there is one entry."""
    try:
        found = json.loads(text)["lldp"].get("interface", [])
    except (ValueError, KeyError, AttributeError):
        return
    for entry in _list(found):
        for port, told in entry.items():
            for name, chassis in _first(told.get("chassis")).items():
                plain_chassis = chassis if isinstance(chassis, Mapping) else {}
                address = _list(plain_chassis.get("mgmt-ip"))
                port_id = _first(_first(told.get("port")).get("id")).get("value", "")
                yield Neighbour(
                    str(told.get("via", "LLDP")).lower(),
                    str(port),
                    str(name),
                    str(port_id),
                    str(address[0]) if address else "",
                    str(plain_chassis.get("descr", "")),
                )


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Mapping[str, Any]:
    found = _list(value)
    return found[0] if found and isinstance(found[0], Mapping) else {}
