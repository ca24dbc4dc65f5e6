# SPDX-License-Identifier: GPL-3.0-or-later
"""System accounts of applications: one user and group of the same name each, and who else may read what it serves."""

from __future__ import annotations

import grp
import pwd
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NO_SHELL = "/usr/sbin/nologin"
_NOT_IN_GECOS = str.maketrans(dict.fromkeys(":,=\n", " "))


@dataclass(frozen=True)
class Account:
    """``name`` is user and group; ``readers`` are other users who are members of the group."""

    name: str
    home: str
    comment: str = ""
    readers: tuple[str, ...] = ()


def _group(name: str) -> grp.struct_group | None:
    try:
        return grp.getgrnam(name)
    except KeyError:
        return None


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def commands(account: Account) -> Iterator[list[str]]:
    """What has to run for the account to be as described; nothing when it is."""
    name = account.name
    comment = account.comment.translate(_NOT_IN_GECOS)
    group, user = _group(name), _user(name)
    wanted = ["--home-dir", account.home, "--shell", NO_SHELL, "--comment", comment]
    if group is None:
        yield ["groupadd", "--system", name]
    if user is None:
        yield ["useradd", "--system", "--gid", name, "--no-create-home", *wanted, name]
    elif (user.pw_dir, user.pw_shell, user.pw_gecos) != (account.home, NO_SHELL, comment) or (
        group is not None and user.pw_gid != group.gr_gid
    ):
        yield ["usermod", "--gid", name, "--home", account.home, "--shell", NO_SHELL, "--comment", comment, name]
    for reader in account.readers:
        if group is None or reader not in group.gr_mem:
            yield ["usermod", "--append", "--groups", name, reader]


def removals(names: Iterable[str]) -> Iterator[list[str]]:
    """What has to run for these users and groups to be gone. userdel leaves a group that has other members."""
    for name in names:
        if _user(name) is not None:
            yield ["userdel", name]
        if (group := _group(name)) is not None:
            # userdel takes the group along unless somebody else is in it.
            others = [member for member in group.gr_mem if member != name]
            if others or _user(name) is None:
                yield ["groupdel", name]
