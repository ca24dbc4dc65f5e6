# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at a real Debian router, and taking it in: what it tells, what is archived, and root's password gone."""

from __future__ import annotations

import pathlib
from dataclasses import replace

import paramiko
import pytest
from router import Router

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import enrolment, inspection
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.enrolment import Account, Enroller, public_key
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import AuthFailedError, Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

HIDE = Fingerprints(b"k" * 32)
LINUX = inspection.load("linux")


def session(login: Login) -> Session:
    return Session.open(login, "linux", interactive=False)


def test_facts(configured: Router) -> None:
    with session(configured.login()) as opened:
        facts = LINUX.facts(opened)
    assert facts.hostname == configured.console("hostname").strip()
    assert facts.version.startswith("Debian")
    assert facts.uptime is not None
    assert facts.uptime > 0
    assert "lldpd" in facts.notices[0]


def test_the_archive_holds_files_and_what_runs(configured: Router) -> None:
    with session(configured.login()) as opened:
        texts = LINUX.backup(opened, Target(configured.address), HIDE)
        again = LINUX.backup(opened, Target(configured.address), HIDE)
    assert texts == again
    assert "table inet filter" in texts["etc/nftables.conf"]
    assert any(name.startswith("berjalan/nftables/") for name in texts)
    assert "berjalan/tidak-dibaca.txt" not in texts
    assert "frr " in texts["berjalan/paket.txt"]
    assert texts["etc/hostname"].strip() == configured.console("hostname").strip()


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("vtysh -c 'show running-config'", "frr version"),
        ("nft list ruleset", "table inet filter"),
        ("ip -br addr", "eth1"),
    ],
)
def test_commands(configured: Router, command: str, expected: str) -> None:
    with session(configured.login()) as opened:
        answer = LINUX.run(opened, LINUX.check(command), 20)
    assert answer.ok
    assert expected in answer.text


def test_taken_in(configured: Router, tmp_path: pathlib.Path) -> None:
    console, name = configured.console, "pengelola"
    key = paramiko.ECDSAKey.generate()
    key.write_private_key_file(str(tmp_path / "id"))
    (tmp_path / "id").chmod(0o600)
    account = Account(name, public_key(f"{key.get_name()} {key.get_base64()} uji"), "Konsol-rahasia-1")
    console("echo 'root:pabrik-123' | chpasswd")
    ours = replace(configured.login(), user=name, key_file=str(tmp_path / "id"))
    platform = enrolment.load("linux")

    def enrol(*, check_mode: bool = False) -> Enroller:
        # The lab's own login stands for the factory's: this machine takes no passwords over SSH.
        enroller = Enroller(
            platform, account, "root", lambda: session(ours), lambda: session(configured.login()), lambda: False,
            lambda _: None,
        )  # fmt: skip
        enroller.run(check_mode=check_mode)
        return enroller

    try:
        assert enrol(check_mode=True).report.outcome is Outcome.CHANGED
        with pytest.raises(AuthFailedError):
            session(ours)
        taken = enrol().report
        assert taken.outcome is Outcome.CHANGED, taken.message
        assert "kata sandi pabrik root dikunci" in taken.patch
        assert console("passwd -S root").split()[1] == "L"
        with session(ours) as opened:
            assert opened.run("sudo -n id -u").out.strip() == b"0"
        again = enrol()
        assert again.report.outcome is Outcome.IN_SYNC, again.report.message
        assert not again.begun

        # Somebody takes the rights away and gives root a password again: both are mended.
        console(f"rm /etc/sudoers.d/90-terpusat-{name}; echo 'root:pabrik-123' | chpasswd")
        mended = enrol().report
        assert mended.outcome is Outcome.CHANGED, mended.message
        assert "hak sudo dipasang" in mended.patch
        assert console("passwd -S root").split()[1] == "L"
    finally:
        console(f"userdel -rf {name}; rm -f /etc/sudoers.d/90-terpusat-{name}; passwd -d root", check=False)
