# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts of applications: what has to be run for them, and nothing when they are as they should be."""

from __future__ import annotations

import grp
import pwd
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers import accounts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers.accounts import Account

HOME = "/srv/terpusat/simpus"
WANTED = Account("app-simpus", HOME, "Sistem: Informasi", ("www-data",))
COMMENT = "Sistem  Informasi"


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Users and groups as the test writes them."""
    found: dict[str, Any] = {"users": {}, "groups": {}}
    monkeypatch.setattr(pwd, "getpwnam", lambda name: found["users"][name])
    monkeypatch.setattr(grp, "getgrnam", lambda name: found["groups"][name])
    return found


def user(shell: str = "/usr/sbin/nologin", gid: int = 990) -> pwd.struct_passwd:
    return pwd.struct_passwd(("app-simpus", "x", 990, gid, COMMENT, HOME, shell))


def group(*members: str) -> grp.struct_group:
    return grp.struct_group(("app-simpus", "x", 990, list(members)))


@pytest.mark.usefixtures("system")
def test_a_new_account_is_made_whole() -> None:
    made = list(accounts.commands(WANTED))
    assert [command[0] for command in made] == ["groupadd", "useradd", "usermod"]
    assert made[1][-1] == "app-simpus"
    assert COMMENT in made[1], "what separates fields is no part of a comment"
    assert made[2] == ["usermod", "--append", "--groups", "app-simpus", "www-data"]


def test_nothing_to_do_where_all_is_well(system: dict[str, Any]) -> None:
    system["users"]["app-simpus"] = user()
    system["groups"]["app-simpus"] = group("www-data")
    assert list(accounts.commands(WANTED)) == []


@pytest.mark.parametrize("found", [user(shell="/bin/bash"), user(gid=0)], ids=["shell", "group"])
def test_what_differs_is_put_right(system: dict[str, Any], found: pwd.struct_passwd) -> None:
    system["users"]["app-simpus"] = found
    system["groups"]["app-simpus"] = group("www-data")
    (command,) = accounts.commands(WANTED)
    assert command[0] == "usermod"


def test_a_reader_who_left_the_group_comes_back(system: dict[str, Any]) -> None:
    system["users"]["app-simpus"] = user()
    system["groups"]["app-simpus"] = group()
    assert list(accounts.commands(WANTED)) == [["usermod", "--append", "--groups", "app-simpus", "www-data"]]


def test_a_removed_account_takes_its_group_along(system: dict[str, Any]) -> None:
    system["users"]["app-simpus"] = user()
    system["groups"]["app-simpus"] = group("www-data")
    assert list(accounts.removals(["app-simpus"])) == [["userdel", "app-simpus"], ["groupdel", "app-simpus"]]
    assert list(accounts.removals(["app-lain"])) == []
