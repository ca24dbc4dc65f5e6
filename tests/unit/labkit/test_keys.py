# SPDX-License-Identifier: GPL-3.0-or-later
"""Files to log in with, read by OpenSSH itself and by paramiko (netmiko)."""

import subprocess
from pathlib import Path

import paramiko
import pytest
from labkit import keys, scenario
from labkit.identity import Identity
from labkit.model import Topology


@pytest.fixture
def identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Identity:
    monkeypatch.setattr(keys, "control_folder", lambda _: tmp_path / "control")
    folder = tmp_path / "a folder with blanks"
    folder.mkdir()
    return Identity(folder)


@pytest.fixture
def topology() -> Topology:
    return scenario.build([{"name": "one"}, {"name": "two"}])


@pytest.mark.parametrize("target", ["two", "10.99.0.12"])
def test_openssh_understands_name_and_address(identity: Identity, topology: Topology, target: str) -> None:
    keys.ensure(identity, topology)
    shown = subprocess.run(
        ["ssh", "-G", "-F", str(keys.ssh_config_path(identity)), target], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert "hostname 10.99.0.12" in shown
    assert "user terpusat" in shown
    assert "stricthostkeychecking true" in shown
    assert f"userknownhostsfile {keys.known_hosts_path(identity)}" in [line.replace('"', "") for line in shown]


def test_paramiko_understands_it_too(identity: Identity, topology: Topology) -> None:
    keys.ensure(identity, topology)
    found = paramiko.SSHConfig.from_path(str(keys.ssh_config_path(identity))).lookup("10.99.0.12")
    assert found["user"] == "terpusat"
    assert found["proxycommand"].startswith("nsenter --net=")
    assert "TCP4:10.99.0.12:22" in found["proxycommand"]
    known = paramiko.HostKeys(str(keys.known_hosts_path(identity)))
    assert known.lookup("10.99.0.12") is not None


def test_keys_are_made_once(identity: Identity, topology: Topology) -> None:
    keys.ensure(identity, topology)
    first = {file: file.read_bytes() for file in (identity.folder / "keys").rglob("*") if file.is_file()}
    keys.ensure(identity, topology)
    assert {file: file.read_bytes() for file in (identity.folder / "keys").rglob("*") if file.is_file()} == first
    assert len(first) == 6


def test_half_a_pair_is_made_anew(identity: Identity, topology: Topology) -> None:
    keys.ensure(identity, topology)
    private = keys.private_key_path(identity)
    private.with_suffix(".pub").unlink()
    keys.ensure(identity, topology)
    derived = subprocess.run(
        ["ssh-keygen", "-y", "-f", str(private)], capture_output=True, text=True, check=True
    ).stdout
    assert private.with_suffix(".pub").read_text().split()[1] == derived.split()[1]


def test_private_keys_are_private(identity: Identity, topology: Topology) -> None:
    keys.ensure(identity, topology)
    assert keys.private_key_path(identity).stat().st_mode & 0o077 == 0


def test_a_shared_secret_is_made_once(identity: Identity) -> None:
    made = keys.shared(identity, "bgp-isp-b")
    assert len(made) == 16
    assert keys.shared(identity, "bgp-isp-b") == made
    assert keys.shared(identity, "bgp-isp-a") != made
