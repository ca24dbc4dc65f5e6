# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts as passwd(5), shadow(5), group(5) and sudo tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: members are ours: sshd takes only the keys that we wrote for them
GROUP = "terpusat-admin"
#: what a person may read without sudo: logs and the journal
GROUPS = ("adm", "systemd-journal", GROUP)
SHELL = "/bin/bash"
NO_SHELL = "/usr/sbin/nologin"
CLOSED = "tidak dapat masuk\n"

_PARTS = "===terpusat==="
#: ``sudo -l -U`` is asked about those who can log in at all, root aside
READ = f"""\
cat /etc/passwd; echo '{_PARTS}'; cat /etc/shadow; echo '{_PARTS}'; cat /etc/group; echo '{_PARTS}'
echo "$(($(date +%s) / 86400))"
! command -v sudo >/dev/null || while IFS=: read -r name _ _ _ _ _ shell; do
    case $shell in */nologin|*/false|*/sync|'') continue ;; esac
    [ "$name" = root ] || ! sudo -n -l -U "$name" 2>/dev/null | grep -q 'may run' || echo "$name"
done </etc/passwd
"""


@dataclass(frozen=True)
class Account:
    """One account. ``password`` and ``expires`` as shadow(5) has them; ``groups``: supplementary ones, sorted."""

    name: str
    uid: int
    full_name: str
    home: str
    shell: str
    password: str
    expires: str
    groups: tuple[str, ...]
    sudo: bool

    @property
    def secret(self) -> str:
        """The password in words: ``tidak ada``, ``kosong`` (anybody comes in), ``dikunci``, or its hash."""
        if not self.password:
            return "kosong"
        if self.password in ("*", "!", "!!", "!*"):
            return "tidak ada"
        return "dikunci" if self.password.startswith(("!", "*")) else self.password

    def has_shell(self) -> bool:
        """Whether a login gets further than a message."""
        return not self.shell.endswith(("/nologin", "/false"))


@dataclass(frozen=True)
class AccountState:
    """All accounts of a device. ``today``: days since 1970, as shadow(5) counts; ``members``: of our group."""

    accounts: Mapping[str, Account] = field(default_factory=dict)
    today: int = 0
    members: frozenset[str] = frozenset()
    has_group: bool = False

    def expired(self, account: Account) -> bool:
        """Whether PAM and sshd turn the account away, whatever the key."""
        return account.expires.isdecimal() and 0 <= int(account.expires) <= self.today

    def open_doors(self, account: Account) -> list[str]:
        """What somebody who left could still use."""
        doors = [] if self.expired(account) else ["akun berlaku"]
        doors += [f"shell {account.shell}"] if account.has_shell() else []
        doors += ["sandi"] if account.secret not in ("tidak ada", "dikunci") else []
        doors += [f"grup {group}" for group in account.groups if group in (*GROUPS, "sudo")]
        return doors + (["sudo"] if account.sudo else [])


def parse(answer: str) -> AccountState:
    """Read what `READ` printed. Raises `ValueError` when a part is missing."""
    parts = answer.split(f"{_PARTS}\n")
    if len(parts) != 4:
        raise ValueError("jawaban tentang akun tidak utuh")
    passwd, shadow, group, rest = ([line.split(":") for line in part.splitlines() if line] for part in parts)
    secrets = {row[0]: row for row in shadow if len(row) >= 8}
    member_of: dict[str, list[str]] = {}
    members: frozenset[str] = frozenset()
    for row in (row for row in group if len(row) >= 4):
        names = [name for name in row[3].split(",") if name]
        if row[0] == GROUP:
            members = frozenset(names)
        for name in names:
            member_of.setdefault(name, []).append(row[0])
    sudo = {row[0] for row in rest[1:]}
    accounts = {
        row[0]: Account(
            row[0], int(row[2]), row[4], row[5], row[6], secrets.get(row[0], ["", ""])[1],
            secrets[row[0]][7] if row[0] in secrets else "", tuple(sorted(member_of.get(row[0], []))), row[0] in sudo,
        )
        for row in passwd
        if len(row) == 7
    }  # fmt: skip
    return AccountState(accounts, int(rest[0][0]), members, any(row[0] == GROUP for row in group))
