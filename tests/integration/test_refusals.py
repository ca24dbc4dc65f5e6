# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is touched when something is wrong at the start, and the sentence says what to do."""

from __future__ import annotations

import pathlib
import subprocess

import pytest
from router import Router


def test_bundle_with_a_path_of_nobody(configured: Router) -> None:
    report = configured.transact(configured.base + "\n==> /etc/passwd <==\nroot::0:0::/:/bin/sh\n")
    assert report.outcome == "refused"
    assert "/etc/passwd" in report.message


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("dhcp-range=10.50.0.100", "dhcp-rage=10.50.0.100", "dnsmasq"),
        (" ospf router-id 10.255.0.9", " ospf router-id sepuluh", "frr"),
        ("tcp dport 22 accept", "tcp dport 22 terima; accept", "nftables"),
        ("htb rate 20mbit", "htb rate cepat", "shaping"),
        ("ExecStart=/usr/sbin/tc", "ExecStart=/usr/sbin/tidak-ada", "shaping"),
    ],
)
def test_file_that_the_device_itself_rejects(configured: Router, old: str, new: str, says: str) -> None:
    before = configured.state()
    assert old in configured.base
    report = configured.transact(configured.base.replace(old, new))
    assert report.outcome == "refused", report.message
    assert f"{says}: " in report.message
    assert "belum ada yang diubah" in report.message
    assert "/run/terpusat" not in report.message
    assert configured.state() == before


def test_bundle_without_a_way_in(configured: Router) -> None:
    report = configured.transact(configured.base.replace('iifname "eth0" tcp dport 22 accept', ""))
    assert report.outcome == "refused"
    assert "akses manajemen terakhir" in report.message
    assert "nftables.conf baris " in report.message


def test_package_that_is_missing(configured: Router) -> None:
    configured.console("mv /usr/bin/ovs-vsctl /usr/bin/ovs-vsctl.away")
    try:
        report = configured.transact(configured.base)
    finally:
        configured.console("mv /usr/bin/ovs-vsctl.away /usr/bin/ovs-vsctl")
    assert report.outcome == "refused"
    assert "apt install openvswitch-switch" in report.message


def test_user_without_sudo(configured: Router) -> None:
    configured.console("mkdir -p /run/away; mv /etc/sudoers.d/* /run/away/")
    try:
        report = configured.transact(configured.base)
    finally:
        configured.console("mv /run/away/* /etc/sudoers.d/")
    assert report.outcome == "refused"
    assert "NOPASSWD" in report.message


def test_host_key_that_changed(configured: Router, tmp_path: pathlib.Path) -> None:
    login = _login_with_known_hosts(configured, tmp_path, "another")
    report = configured.transact(configured.base, login=login)
    assert report.outcome == "host_key"
    assert "berbeda" in report.message


def test_host_key_that_is_unknown(configured: Router, tmp_path: pathlib.Path) -> None:
    login = _login_with_known_hosts(configured, tmp_path, "")
    report = configured.transact(configured.base, login=login)
    assert report.outcome == "host_key"
    assert "belum tercatat" in report.message


def test_key_that_is_not_authorised(configured: Router, tmp_path: pathlib.Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "key"], check=True)
    report = configured.transact(configured.base, login=configured.login(key_file=str(tmp_path / "key")))
    assert report.outcome == "auth_failed"


def test_device_that_is_off(configured: Router) -> None:
    report = configured.transact(configured.base, login=configured.login(host="10.99.0.250", timeout=2.0))
    assert report.outcome == "offline"


def _login_with_known_hosts(router: Router, folder: pathlib.Path, kind: str) -> object:
    """The lab's SSH configuration with another known_hosts: somebody else's key for the router, or none."""
    known = folder / "known_hosts"
    known.write_text("")
    if kind:
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "host"], check=True)
        known.write_text(f"{router.address} {(folder / 'host.pub').read_text()}")
    config = folder / "ssh_config"
    original = router.lab.ssh_config.read_text()
    lines = [line for line in original.splitlines() if "UserKnownHostsFile" not in line]
    config.write_text("\n".join(lines) + f"\n    UserKnownHostsFile {known}\n")
    return router.login(ssh_config_file=str(config))
