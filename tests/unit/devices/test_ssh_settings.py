# SPDX-License-Identifier: GPL-3.0-or-later
"""What is taken from an OpenSSH configuration, and when a file is read again."""

from __future__ import annotations

import pathlib

import paramiko
import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import OfflineError, RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.ssh_settings import SshSettings


def read(folder: pathlib.Path, text: str, host: str = "rt1") -> SshSettings:
    (folder / "config").write_text(text)
    return SshSettings.read(host, str(folder / "config"))


def test_settings_of_a_host(tmp_path: pathlib.Path) -> None:
    known, key = tmp_path / "known", tmp_path / "key"
    known.write_text("")
    key.write_text("")
    text = f"Host rt1\n  UserKnownHostsFile /tidak/ada {known}\n  HostName 10.0.0.1\n  User ops\n  Port 2200\n"
    settings = read(tmp_path, text + f"  IdentityFile /tidak/ada\n  IdentityFile {key}\n")
    assert (settings.address, settings.user, settings.known_hosts) == ("10.0.0.1", "ops", str(known))
    assert (settings.port(22), settings.port(2022)) == (2200, 2022)
    assert settings.key_files(None) == [str(key)]
    assert read(tmp_path, text, "rt2").address == "rt2"


def test_without_a_file_everything_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/rumah")
    settings = SshSettings.read("10.0.0.1", None)
    assert (settings.address, settings.user, settings.port(22)) == ("10.0.0.1", "", 22)
    assert settings.known_hosts == "/rumah/.ssh/known_hosts"
    assert settings.key_files(None) == []


def test_a_known_hosts_path_with_a_space(tmp_path: pathlib.Path) -> None:
    known = tmp_path / "known hosts"
    known.write_text("")
    assert read(tmp_path, f'Host *\n  UserKnownHostsFile "{known}"\n').known_hosts == str(known)


def test_a_file_that_changed_is_read_again(tmp_path: pathlib.Path) -> None:
    assert read(tmp_path, "Host rt1\n  HostName 10.0.0.1\n").address == "10.0.0.1"
    assert read(tmp_path, "Host rt1\n  HostName 10.0.0.111\n").address == "10.0.0.111"


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(RefusedError, match="/tidak/ada"):
        SshSettings.read("rt1", "/tidak/ada")


@pytest.mark.parametrize(
    ("option", "command"),
    [
        ("ProxyCommand nc -x loncat %h %p", ["nc", "-x", "loncat", "10.0.0.1", "22"]),
        ("ProxyJump loncat", ["ssh", "-F", "{config}", "-W", "10.0.0.1:22", "loncat"]),
        ("ProxyJump a, b,c", ["ssh", "-F", "{config}", "-J", "a,b", "-W", "10.0.0.1:22", "c"]),
    ],
)
def test_the_way_through_another_host(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, option: str, command: list[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(paramiko, "ProxyCommand", asked.append)
    read(tmp_path, f"Host rt1\n  HostName 10.0.0.1\n  {option}\n").connect(22, 1)
    assert asked[0].split() == [word.format(config=tmp_path / "config") for word in command]


def test_no_jump_is_a_connection_of_our_own(tmp_path: pathlib.Path) -> None:
    settings = read(tmp_path, "Host rt1\n  HostName 127.0.0.1\n  ProxyJump none\n")
    with pytest.raises(OfflineError):
        settings.connect(9, 1)
