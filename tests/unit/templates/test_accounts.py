# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Named administrators in the bundle of a Linux device."""

from __future__ import annotations

import pathlib
import shutil
import subprocess

import pytest
from people import LINUX_HASH, PEOPLE, person, public_key
from role_render import bundle_text, files, host_vars

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.platform import (
    Platform,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

ROLES = {"border_router": "br1", "core_switch": "core1", "opd_router": "rt-dinkes"}
SUDOERS = "/etc/sudoers.d/60-terpusat-akun"
SSHD = "/etc/ssh/sshd_config.d/60-terpusat-akun.conf"


def bundle(role: str = "opd_router", people: object = PEOPLE, **overrides: object) -> str:
    host = host_vars(ROLES[role])
    return bundle_text(role, host, **{"ansible_user": "terpusat", "terpusat_admins": people, **overrides})


@pytest.mark.parametrize("role", ROLES)
def test_who_may_log_in_stands_in_every_role_and_is_accepted(role: str) -> None:
    text = bundle(role)
    found = files(text)
    assert found["/etc/terpusat/accounts.conf"].splitlines()[1:] == [
        "automation terpusat",
        "departed agus",
        "person bowo read - Bowo Santoso",
        f"person ratna full {LINUX_HASH} Ratna Dewi",
        "person tono full -",
    ]
    assert found["/etc/terpusat/keys/ratna"].splitlines()[1:] == [public_key("ratna")]
    assert not [path for path in found if "agus" in path]
    Platform().parse(text, Target("192.0.2.1", user="terpusat"))


def test_rights_decide_what_sudo_allows() -> None:
    lines = files(bundle())[SUDOERS].splitlines()
    assert "ratna ALL=(ALL:ALL) NOPASSWD: ALL" in lines
    assert "bowo ALL=(root) NOPASSWD: TERPUSAT_LIHAT" in lines
    assert "*" not in files(bundle())[SUDOERS]


@pytest.mark.skipif(shutil.which("visudo") is None, reason="tanpa sudo di mesin ini")
def test_sudo_accepts_the_file(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "sudoers"
    path.write_text(files(bundle())[SUDOERS])
    checked = subprocess.run(["visudo", "-cf", str(path)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_keys_come_from_our_folder_only() -> None:
    text = files(bundle())[SSHD]
    assert "Match Group terpusat-admin" in text
    assert "    AuthorizedKeysFile /etc/terpusat/keys/%u" in text.splitlines()
    assert text.splitlines()[-1] == "Match all"


def test_without_people_nobody_keeps_a_way_in() -> None:
    found = files(bundle(people=[]))
    assert [path for path in found if "akun" in path or "keys" in path] == []
    assert found["/etc/terpusat/accounts.conf"].splitlines()[1:] == []
    assert "exclusive yes" in files(bundle(network_device_accounts_exclusive=True))["/etc/terpusat/accounts.conf"]


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ([person("terpusat")], "akun otomasi"),
        ([person("admin")], "nama bersama"),
        ([person("siti", password="pendek")], "12 sampai 64"),
        ([person("siti", keys=["ssh-ed25519 AAAA"])], "kunci ke-1"),
    ],
)
def test_a_list_with_a_mistake_renders_nothing(people: object, told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        bundle(people=people)
