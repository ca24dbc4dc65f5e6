# SPDX-License-Identifier: GPL-3.0-or-later
"""Named administrators on a real router: they log in with their own keys, and who left does not."""

from __future__ import annotations

import pathlib
import subprocess
from collections.abc import Iterator

import pytest
from router import Router

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe

HASH = "$6$garam$9QM/9pwiT0vGHqWzMmVBXBSvVjpUqxy1JPpCRVPi9v0vWKqJHGVxZOVsGk9vJ4vN3vhyJH5zqjYvZC1v6Zc8S/"
SUDOERS = "/etc/sudoers.d/60-terpusat-akun"
_SSHD = """\
Match Group terpusat-admin
    AuthorizedKeysFile /etc/terpusat/keys/%u
    PasswordAuthentication no
Match all
"""


class People:
    """Whoever may have an account, each with a key of his own."""

    def __init__(self, router: Router, folder: pathlib.Path) -> None:
        self.router = router
        self.folder = folder
        self.login = router.login(user="terpusat")

    def key(self, name: str) -> str:
        """The public key of somebody."""
        path = self.folder / name
        if not path.exists():
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)], check=True)
        return path.with_suffix(".pub").read_text().strip()

    def ssh(self, name: str, command: str) -> subprocess.CompletedProcess[str]:
        """Log in as somebody, with that person's key and no other, and run one command."""
        options = ["-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "ControlPath=none", "-l", name]
        argv = ["ssh", "-F", str(self.router.lab.ssh_config), "-i", str(self.folder / name), *options]
        return subprocess.run(
            [*argv, self.router.name, command], capture_output=True, text=True, check=False, timeout=60
        )

    def bundle(self, *names: str, departed: str = "", exclusive: bool = False, password: str = "-") -> str:
        """The files of a device that knows them; who is called ``budi`` only reads."""
        rights = {name: "read" if name == "budi" else "full" for name in names}
        lines = ["automation terpusat", *(["exclusive yes"] if exclusive else [])]
        lines += [f"person {name} {rights[name]} {password} Nama {name}" for name in names]
        lines += [f"departed {departed}"] if departed else []
        parts = ["==> /etc/terpusat/accounts.conf mode=0600 owner=root group=root <==", *lines]
        for name in names:
            parts += [f"==> /etc/terpusat/keys/{name} mode=0644 owner=root group=root <==", self.key(name)]
        rules = [
            f"{name} ALL=(root) NOPASSWD: {'ALL' if rights[name] == 'full' else '/usr/sbin/nft list ruleset'}"
            for name in names
        ]
        parts += [f"==> {SUDOERS} mode=0440 owner=root group=root <==", *rules]
        parts += ["==> /etc/ssh/sshd_config.d/60-terpusat-akun.conf mode=0644 owner=root group=root <==", _SSHD]
        return "\n".join(parts) + "\n"

    def expect(self, outcome: str, bundle: str, **settings: object) -> object:
        return self.router.expect(outcome, bundle, login=self.login, **settings)


def everything(router: Router) -> list[str]:
    """Accounts, groups with their members, and what shadow(5) says but for the day of the last change."""
    shown = router.console("getent passwd; echo; getent group; echo; cut -d: -f1,2,8 /etc/shadow")
    return sorted(":".join(",".join(sorted(field.split(","))) for field in line.split(":")) for line in shown.split())


@pytest.fixture
def people(router: Router, tmp_path: pathlib.Path) -> Iterator[People]:
    """Nobody but the factory's and our own accounts, before and after."""
    found = People(router, tmp_path)
    yield found
    router.console(
        f"for u in siti budi agus mantan; do userdel -rf $u; done 2>/dev/null; groupdel terpusat-admin; "
        f"rm -rf /etc/terpusat/accounts.conf /etc/terpusat/keys {SUDOERS} /etc/sudoers.d/mantan "
        "/etc/ssh/sshd_config.d/60-terpusat-akun.conf",
        check=False,
    )


def test_they_log_in_with_their_keys_and_may_do_what_they_may(people: People) -> None:
    wanted = people.bundle("siti", "budi", password=HASH)
    people.expect("changed", wanted)
    people.expect("in_sync", wanted)
    assert people.ssh("siti", "sudo -n id -un").stdout.strip() == "root"
    assert people.ssh("budi", "sudo -n nft list ruleset").returncode == 0
    assert people.ssh("budi", "sudo -n id").returncode != 0
    assert people.router.console("getent shadow siti").split(":")[1] == HASH
    # Nobody adds a key for himself, and ours still lets us in.
    people.key("agus")
    people.ssh("siti", f"mkdir -p .ssh; echo '{people.key('agus')}' >.ssh/authorized_keys; chmod 600 .ssh/*")
    (people.folder / "siti").rename(people.folder / "siti.asli")
    (people.folder / "siti").write_text((people.folder / "agus").read_text())
    (people.folder / "siti").chmod(0o600)
    (people.folder / "siti.pub").unlink()
    assert people.ssh("siti", "true").returncode != 0


@pytest.mark.parametrize("told", [True, False], ids=["departed", "forgotten"])
def test_who_left_does_not_come_in_and_what_he_did_ends(people: People, told: bool) -> None:
    people.expect("changed", people.bundle("siti", "agus"))
    held = subprocess.Popen(
        ["ssh", "-F", str(people.router.lab.ssh_config), "-i", str(people.folder / "agus"), "-o", "IdentitiesOnly=yes",
         "-o", "ControlPath=none", "-l", "agus", people.router.name, "sleep 600"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    people.router.wait("pgrep -u agus sleep", 60)
    wanted = people.bundle("siti", departed="agus" if told else "")
    people.expect("changed", wanted)
    people.expect("in_sync", wanted)
    assert held.wait(60) != 0
    assert people.ssh("agus", "true").returncode != 0
    assert people.ssh("siti", "true").returncode == 0
    assert people.router.console("test -d /home/agus && echo ada").strip() == "ada"
    # Somebody opens the account again by hand.
    people.router.console("usermod -s /bin/bash -e '' -aG sudo agus")
    report = people.router.transact(wanted, login=people.login, check_mode=True)
    if told:
        assert [change.item.name for change in report.changes] == ["akun agus"]
    else:
        assert any("agus" in name for name in report.unmanaged)


def test_a_change_that_is_not_confirmed_leaves_everybody_as_they_were(people: People) -> None:
    people.expect("changed", people.bundle("siti", "agus", password=HASH))
    before = everything(people.router)
    wanted = people.bundle("siti", "budi", departed="agus")
    people.expect("rolled_back", wanted, probes=[Probe("gagal", command="false")])
    assert everything(people.router) == before
    assert people.ssh("agus", "sudo -n true").returncode == 0
    assert people.router.console("ls /home").split().count("budi") == 0


def test_drift_by_hand_is_named_and_mended(people: People) -> None:
    wanted = people.bundle("siti", "budi", password=HASH)
    people.expect("changed", wanted)
    for command, told in (
        ("usermod -aG sudo budi", "akun budi"),
        ("usermod -s /bin/sh siti", "akun siti"),
        ("passwd -l siti", "akun siti"),
        ("userdel -f siti", "akun siti"),
    ):
        people.router.console(command)
        found = people.router.transact(wanted, login=people.login, check_mode=True)
        assert [change.item.name for change in found.changes] == [told], command
        assert HASH not in str([change.as_diff() for change in found.changes])
        people.expect("changed", wanted)
    assert people.ssh("siti", "true").returncode == 0


def test_strangers_are_told_and_closed_when_decided(people: People) -> None:
    people.expect("changed", people.bundle("siti"))
    people.router.console("useradd -m -s /bin/bash mantan && echo 'mantan ALL=(ALL) ALL' >/etc/sudoers.d/mantan")
    report = people.router.transact(people.bundle("siti"), login=people.login)
    assert report.outcome == "in_sync"
    assert report.unmanaged == ("akun mantan (sudo) tidak ada dalam daftar pengelola",)
    wanted = people.bundle("siti", exclusive=True)
    people.expect("changed", wanted)
    people.expect("in_sync", wanted)
    assert people.router.console("getent passwd mantan").strip().endswith("/usr/sbin/nologin")
