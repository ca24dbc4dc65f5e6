# SPDX-License-Identifier: GPL-3.0-or-later
"""SNMPv3 users, which no configuration shows (Cisco's SNMP command reference, ``snmp-server user``).

``show snmp user`` tells a user's group and protocols, never its keys, which IOS makes of the passwords and its engine
ID (RFC 3414, 2.6). So which passwords were set last is told by a line that does nothing else, an alias with a keyed
fingerprint (HMAC) of them: who reads it can try no password against it. A password that somebody changes by hand
afterwards cannot be seen. The revert timer does not know these users; what a change made of them is taken back beside
it, and a password that was replaced is forgotten: the alias goes, and the next run sets it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...secrecy import Fingerprints
from ...state import Change, Item
from .commands import Command
from .text import Line

COMMAND = "show snmp user"
_LINE = re.compile(r"^snmp-server user (\S+) (\S+) v3 auth sha (\S+) priv aes 128 (\S+)$")
_SHOWN = re.compile(r"(?im)^(user name|authentication protocol|privacy protocol|group[- ]name): *(\S+)")
_MARK = "alias exec terpusat-snmp-"
_MARKED = re.compile(rf"(?m)^{_MARK}(\S+) ([0-9a-f]{{8,}})$")
_DIGITS = re.compile(r"[0-9a-f]{8,}")


@dataclass(frozen=True)
class SnmpUser:
    """One to be there, with SHA and AES-128. ``group`` is one of ours."""

    name: str
    group: str
    auth: str = field(repr=False)
    priv: str = field(repr=False)

    @property
    def shown(self) -> str:
        """As `shown` tells one that stands."""
        return _told(self.group, "SHA", "AES128")

    @property
    def item(self) -> Item:
        """What a difference is reported under."""
        return Item("snmp", "running", f"pengguna {self.name}")

    @property
    def password_item(self) -> Item:
        """The same for its passwords alone."""
        return Item("snmp", "running", f"pengguna {self.name} (sandi)")

    @property
    def line(self) -> str:
        """The command that makes it; on a user that stands it sets the passwords."""
        return f"snmp-server user {self.name} {self.group} v3 auth sha {self.auth} priv aes 128 {self.priv}"

    def fingerprint(self, hide: Fingerprints) -> str:
        """Digits that say which passwords these are."""
        digits = _DIGITS.search(hide.of(self.line))
        assert digits is not None
        return digits[0]


def split(lines: Iterable[Line]) -> tuple[tuple[Line, ...], tuple[SnmpUser, ...]]:
    """The lines without those of SNMPv3 users, and the users."""
    rest: list[Line] = []
    users: list[SnmpUser] = []
    for line in lines:
        match = None if line.indent else _LINE.match(line.text)
        if match is None:
            rest.append(line)
        else:
            users.append(SnmpUser(*match.groups()))
    return tuple(rest), tuple(users)


def shown(answer: str) -> dict[str, str]:
    """What ``show snmp user`` told of each user; an agent that does not run has none."""
    found: dict[str, dict[str, str]] = {}
    name = ""
    for kind, value in _SHOWN.findall(answer):
        word = kind.lower().replace("-", " ")
        if word == "user name":
            name = value
            found[name] = {}
        elif name:
            found[name].setdefault(word, value)
    return {
        name: _told(
            user.get("group name", ""), user.get("authentication protocol", ""), user.get("privacy protocol", "")
        )
        for name, user in found.items()
    }


def states(users: Sequence[SnmpUser], running: Mapping[str, str]) -> tuple[dict[Item, str], dict[Item, str]]:
    """Both sides: what is intended, and what runs of it and of other users in our groups."""
    wanted = {user.item: user.shown for user in users}
    groups = {user.group for user in users}
    names = {user.name for user in users}
    have = {
        Item("snmp", "running", f"pengguna {name}"): text
        for name, text in running.items()
        if name in names or _group(text) in groups
    }
    return wanted, have


def passwords(users: Sequence[SnmpUser], text: str, hide: Fingerprints) -> Iterator[Change]:
    """The users whose passwords are not those that were set last, as far as fingerprints compare from run to run."""
    if not hide.lasting:
        return
    told = dict(_MARKED.findall(text))
    for user in users:
        if told.get(user.name) != user.fingerprint(hide):
            yield Change(user.password_item, "belum diketahui atau lain\n", f"{hide.of(user.auth + user.priv)}\n")


def patch(
    users: Sequence[SnmpUser], running: Mapping[str, str], changes: Sequence[Change], hide: Fingerprints
) -> list[Command]:
    """What makes the users that differ, and takes those away that are nobody's any more."""
    changed = {change.item for change in changes}
    commands = [Command(0, line) for name in _gone(users, running, changed) for line in _removal(name, running[name])]
    for user in users:
        if changed.isdisjoint((user.item, user.password_item)):
            continue
        commands.append(Command(0, user.line))
        if hide.lasting:
            commands.append(Command(0, f"{_MARK}{user.name} {user.fingerprint(hide)}"))
    return commands


def inverse(users: Sequence[SnmpUser], running: Mapping[str, str], changes: Sequence[Change]) -> list[Command]:
    """What takes the patch back as far as that can be: a user that was not there goes, a fingerprint is forgotten."""
    changed = {change.item for change in changes}
    commands: list[Command] = []
    for user in users:
        if changed.isdisjoint((user.item, user.password_item)):
            continue
        if user.name not in running:
            commands.append(Command(0, f"no snmp-server user {user.name} {user.group} v3"))
        commands.append(Command(0, f"no {_MARK}{user.name}"))
    return commands


def _gone(users: Sequence[SnmpUser], running: Mapping[str, str], changed: set[Item]) -> list[str]:
    names = {user.name for user in users}
    return [
        name for name in sorted(running) if name not in names and Item("snmp", "running", f"pengguna {name}") in changed
    ]


def _removal(name: str, text: str) -> tuple[str, str]:
    return f"no snmp-server user {name} {_group(text)} v3", f"no {_MARK}{name}"


def _told(group: str, auth: str, priv: str) -> str:
    return f"grup {group}\nautentikasi {auth}\nenkripsi {priv}\n"


def _group(text: str) -> str:
    return text.partition("\n")[0].removeprefix("grup ")
