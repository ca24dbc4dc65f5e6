# SPDX-License-Identifier: GPL-3.0-or-later
"""Named administrators: accounts, their keys, what they may do with sudo, and nobody who left.

Who is in our group and not in the file is somebody who left. An account is closed, not deleted: its files keep their
owner, and nobody who comes later gets its number. The account that Ansible logs in by is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from ..shell import quote
from . import account_state, accounts_file
from .account_state import CLOSED, GROUP, GROUPS, NO_SHELL, SHELL, Account, AccountState
from .accounts_file import NO_PASSWORD, Accounts, Person
from .base import Component, Parts, View

PATH = "/etc/terpusat/accounts.conf"
KEY_FOLDER = "/etc/terpusat/keys/"
SUDOERS = "/etc/sudoers.d/60-terpusat-akun"
SSHD = "/etc/ssh/sshd_config.d/60-terpusat-akun.conf"
_RELOAD = "systemctl try-reload-or-restart ssh.service 2>/dev/null || :\n"
#: ends what somebody who left is doing right now
_END_SESSIONS = "loginctl terminate-user {name} 2>/dev/null || pkill -KILL -u {name} || :\n"


class NamedAccounts(Component):
    """sshd takes only the keys in our folder for members of our group, so that nobody adds one for himself."""

    name = "accounts"
    globs = (PATH, f"{KEY_FOLDER}*", SUDOERS, SSHD)
    tools: ClassVar[Mapping[str, str]] = {
        "sudo": "sudo",
        "visudo": "sudo",
        "usermod": "passwd",
        "sshd": "openssh-server",
    }
    secret = re.compile(r"(?m)^(?:sandi: (?!tidak ada$|kosong$|dikunci$)|person \S+ \S+ (?!-(?: |$)))(\S+)")

    @override
    def used_tools(self, files: Sequence[File]) -> Mapping[str, str]:
        return self.tools if _wanted(files).people else {}

    @override
    def validate(self, files: Sequence[File]) -> list[str]:
        text = next((file.text for file in files if file.path == PATH), "")
        problems = list(accounts_file.problems(PATH, text))
        people = set(accounts_file.parse(text).people)
        keys = {file.path.removeprefix(KEY_FOLDER) for file in files if file.path.startswith(KEY_FOLDER)}
        problems += [f"{name} tidak punya berkas kunci {KEY_FOLDER}{name}" for name in sorted(people - keys)]
        problems += [f"{KEY_FOLDER}{name}: {name} tidak ada di {PATH}" for name in sorted(keys - people)]
        return problems

    @override
    def check(self, files: Sequence[File]) -> str:
        if not _wanted(files).people:
            return ""
        return f'visudo -cqf "$STAGE"{SUDOERS}\nmkdir -p /run/sshd && sshd -t -f "$STAGE"{SSHD}\n'

    @override
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        del files
        return {"state": account_state.READ}

    @override
    def intended(self, view: View) -> Parts:
        wanted, state = _wanted(view.files), _state(view)
        parts = {_part(name): _intended(person) for name, person in wanted.people.items()}
        return parts | {_part(name): CLOSED for name in _leaving(wanted, state)}

    @override
    def running(self, view: View) -> Parts:
        wanted, state = _wanted(view.files), _state(view)
        parts = {_part(name): _running(state, name) for name in wanted.people}
        return parts | {_part(name): _what_is_open(state, name) for name in _leaving(wanted, state)}

    @override
    def unmanaged(self, view: View) -> list[str]:
        wanted, state = _wanted(view.files), _state(view)
        closed = _leaving(wanted, state)
        return [
            f"akun {account.name} ({'uid 0' if account.uid == 0 else 'sudo'}) tidak ada dalam daftar pengelola"
            for account in _strangers(wanted, state)
            if account.name not in closed
        ]

    @override
    def apply(self, view: View) -> str:
        wanted, state = _wanted(view.files), _state(view)
        lines = []
        if wanted.people:
            lines.append(f"getent group {GROUP} >/dev/null || groupadd --system {GROUP}\n")
        # Who leaves goes first: he must not be there while others come.
        for name in sorted(_leaving(wanted, state)):
            if _part(name) in view.changed and name in state.accounts:
                lines.append(
                    f"usermod --shell {NO_SHELL} --expiredate 1970-01-02 --groups '' {quote(name)}\n"
                    + _set_password(name, "!")
                    + _END_SESSIONS.format(name=quote(name))
                )
        lines += [_make(person) for name, person in sorted(wanted.people.items()) if _part(name) in view.changed]
        if SSHD in view.changed:
            lines.append(_RELOAD)
        return "".join(lines) or ":\n"

    @override
    def restore(self, view: View) -> str:
        wanted, state = _wanted(view.files), _state(view)
        lines = []
        for name in sorted({*wanted.people, *_leaving(wanted, state)}):
            if _part(name) not in view.changed:
                continue
            former = state.accounts.get(name)
            lines.append(_forget(name) if former is None else _put_back(former))
        if not state.has_group:
            lines.append(f"groupdel {GROUP} 2>/dev/null || :\n")
        if SSHD in view.changed:
            lines.append(_RELOAD)
        return "".join(lines)


def _wanted(files: Sequence[File]) -> Accounts:
    return accounts_file.parse(next((file.text for file in files if file.path == PATH), ""))


def _state(view: View) -> AccountState:
    answer = view.answers.out("state")
    return account_state.parse(answer) if answer else AccountState()


def _leaving(wanted: Accounts, state: AccountState) -> set[str]:
    """Accounts that must not be used: who left, whom we made once and nobody names now, and strangers if so decided."""
    names = {name for name in wanted.departed if name in state.accounts}
    names |= state.members - set(wanted.people)
    if wanted.exclusive:
        names |= {account.name for account in _strangers(wanted, state)}
    return names - {wanted.automation, "root"}


def _strangers(wanted: Accounts, state: AccountState) -> list[Account]:
    """Accounts with an administrator's rights that nobody declared."""
    known = {*wanted.people, *wanted.departed, wanted.automation, "root"}
    return [
        account
        for name, account in sorted(state.accounts.items())
        if name not in known and (account.sudo or account.uid == 0) and not state.expired(account)
    ]


def _intended(person: Person) -> str:
    return _text(SHELL, GROUPS, "tidak ada" if person.password == NO_PASSWORD else person.password, expired=False)


def _running(state: AccountState, name: str) -> str:
    account = state.accounts.get(name)
    if account is None:
        return ""
    return _text(account.shell, account.groups, account.secret, expired=state.expired(account))


def _what_is_open(state: AccountState, name: str) -> str:
    account = state.accounts.get(name)
    doors = state.open_doors(account) if account else []
    return f"masih terbuka: {', '.join(doors)}\n" if doors else CLOSED


def _text(shell: str, groups: Sequence[str], secret: str, *, expired: bool) -> str:
    lines = ["berlaku: " + ("tidak" if expired else "ya"), f"shell: {shell}"]
    return "\n".join([*lines, f"grup: {' '.join(sorted(groups))}", f"sandi: {secret}"]) + "\n"


def _make(person: Person) -> str:
    name, comment = quote(person.name), quote(person.full_name)
    return (
        f"if ! getent passwd {name} >/dev/null; then\n"
        # The mark comes first: who undoes this knows then whose home it is.
        f'    [ -e /home/{name} ] || touch "$WORK/home-{person.name}"\n'
        f"    useradd --create-home --shell {SHELL} --comment {comment} {name}\nfi\n"
        f"usermod --shell {SHELL} --comment {comment} --expiredate '' --groups {','.join(GROUPS)} {name}\n"
        + _set_password(person.name, "*" if person.password == NO_PASSWORD else person.password)
    )


def _set_password(name: str, encrypted: str) -> str:
    """Over standard input: a command line can be read by everybody."""
    return f"printf '%s:%s\\n' {quote(name)} {quote(encrypted)} | chpasswd --encrypted\n"


def _forget(name: str) -> str:
    word = quote(name)
    return f'userdel --force {word} 2>/dev/null || :\n[ ! -e "$WORK/home-{name}" ] || rm -rf /home/{word}\n'


def _put_back(former: Account) -> str:
    name = quote(former.name)
    expires = f"1970-01-01 +{former.expires} days" if former.expires.isdecimal() else ""
    date = f'"$(date -u -d {quote(expires)} +%F)"' if expires else "''"
    password = _set_password(former.name, former.password) if former.password else f"passwd -d {name} >/dev/null\n"
    return (
        f"usermod --shell {quote(former.shell)} --comment {quote(former.full_name)} --expiredate {date} "
        f"--groups {quote(','.join(former.groups))} {name}\n{password}"
    )


def _part(name: str) -> str:
    return f"akun {name}"
