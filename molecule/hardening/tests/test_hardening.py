# SPDX-License-Identifier: GPL-3.0-or-later
"""What a hardened server refuses, what it still allows, and that a mistake locks nobody out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import scenario_drift
from testinfra.host import Host

testinfra_hosts = ["ansible://all"]
STATE = Path(os.environ["MOLECULE_PROJECT_DIRECTORY"]) / ".lab" / "scenarios" / os.environ["MOLECULE_SCENARIO_NAME"]
#: In the kernel, which a container has not of its own.
OF_THE_KERNEL = ("TP-KRN-01", "TP-KRN-04", "TP-FS-01", "TP-FS-02", "TP-AUD-01", "TP-MAC-01")
PASSWORD = "Sandi-Rekaan-2026"
#: lynis on a container with this role alone; see docs/panduan/20-pengerasan.md.
LYNIS_FLOOR = 73


def name_of(host: Host) -> str:
    return str(host.backend.get_hostname())


def login(
    server: str, *options: str, user: str = "terpusat", command: str = "true"
) -> subprocess.CompletedProcess[str]:
    """A fresh login, never through a connection that still stands."""
    argv = [
        "ssh",
        "-F",
        str(STATE / "ssh_config"),
        "-o",
        "ControlPath=none",
        "-o",
        "BatchMode=yes",
        "-o",
        "LogLevel=INFO",
    ]
    argv += [*options, "-l", user, server, command]
    # Input of its own: ssh makes the one it is given non-blocking, which Ansible then refuses.
    return subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)


def test_the_operator_logs_in_and_uses_sudo(host: Host) -> None:
    done = login(name_of(host), command="sudo -n id -un")
    assert done.stdout.strip() == "root", done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["-o", "KexAlgorithms=diffie-hellman-group14-sha256"],
        ["-o", "Ciphers=aes128-cbc,aes128-ctr"],
        ["-o", "Ciphers=aes256-ctr", "-o", "MACs=hmac-sha1,hmac-sha2-256"],
        ["-o", "HostKeyAlgorithms=ecdsa-sha2-nistp256"],
    ],
    ids=["key exchange", "cipher", "MAC", "host key"],
)
def test_old_algorithms_are_refused(host: Host, options: list[str]) -> None:
    done = login(name_of(host), *options)
    assert done.returncode == 255
    assert "no matching" in done.stderr, done.stderr


def test_passwords_and_root_do_not_get_in_from_afar(host: Host) -> None:
    server = name_of(host)
    asked = login(server, "-o", "PubkeyAuthentication=no", "-o", "PreferredAuthentications=password")
    assert asked.returncode == 255
    assert "Permission denied (publickey)" in asked.stderr
    with host.sudo():
        key = "install -d -m 0700 /root/.ssh && cp ~terpusat/.ssh/authorized_keys /root/.ssh/"
        assert host.run(f"bash -c '{key}'").succeeded
    try:
        assert login(server, user="root").returncode == 255
    finally:
        with host.sudo():
            host.run("rm -f /root/.ssh/authorized_keys")


def test_ports_are_forwarded_to_the_server_itself_only(host: Host) -> None:
    """The waiver of TP-SSH-05 has ended, so it applies again."""
    server = name_of(host)
    assert login(server, "-o", "ExitOnForwardFailure=yes", "-R", "18022:127.0.0.1:22").returncode == 255
    argv = ["ssh", "-F", str(STATE / "ssh_config"), "-o", "ControlPath=none", "-o", "BatchMode=yes", server, "-W"]
    for target, through in (("127.0.0.1:22", True), ("10.99.0.1:3142", False)):
        done = subprocess.run([*argv, target], input="\n", capture_output=True, text=True, check=False, timeout=60)
        assert ("SSH-2.0" in done.stdout or done.returncode == 0) is through, (target, done.stderr)


def test_an_account_is_locked_after_wrong_passwords_and_its_key_still_works(host: Host) -> None:
    """Both in one: su asks for the password, as the console would."""
    with host.sudo():
        assert host.run("id uji || useradd --create-home --shell /bin/bash uji").succeeded
        made = host.run(f"echo 'uji:{PASSWORD}' | chpasswd && faillock --user uji --reset")
        assert made.succeeded, made.stderr
        key = (
            "install -d -m 0700 -o uji -g uji ~uji/.ssh && "
            "install -m 0600 -o uji -g uji ~terpusat/.ssh/authorized_keys ~uji/.ssh/authorized_keys"
        )
        assert host.run(f"bash -c '{key}'").succeeded

    def su(password: str) -> bool:
        return bool(host.run(f"echo {password} | su uji -c true").succeeded)

    assert su(PASSWORD)
    assert [su("salah") for _ in range(3)] == [False] * 3
    assert not su(PASSWORD), "locked, though the password is right"
    assert login(name_of(host), user="uji").returncode == 0
    with host.sudo():
        assert host.run("faillock --user uji --reset").succeeded
    assert su(PASSWORD)


def test_weak_passwords_are_refused(host: Host) -> None:
    with host.sudo():
        refused = host.run("printf 'pendek1\\npendek1\\n' | passwd uji")
    assert refused.failed
    assert "BAD PASSWORD" in refused.stdout + refused.stderr


def test_who_reads_what(host: Host) -> None:
    assert host.run("cat /etc/ssh/sshd_config").failed
    assert host.run("cat /etc/crontab").failed
    assert host.run("bash -lc umask").stdout.strip() == "0027"
    assert host.run("bash -lc 'sudo -n sh -c umask'").stdout.strip() == "0022", "what root makes is open to services"


def test_kernel_parameters_that_are_its_own_are_in_force(host: Host) -> None:
    asked = host.run("cat /proc/sys/net/ipv4/conf/all/accept_redirects /proc/sys/net/ipv4/conf/all/log_martians")
    assert asked.stdout.split() == ["0", "1"]


def test_daemons_of_the_kernel_do_not_fail_where_it_is_not_ours(host: Host) -> None:
    failed = host.run("systemctl --failed --plain --no-legend")
    assert [line for line in failed.stdout.splitlines() if re.search("audit|remount|apparmor|tmp.mount", line)] == []


def test_ssh_audit_finds_no_fault(host: Host) -> None:
    """Failures none; the warnings are those that the guide explains."""
    text = (STATE / "ssh_config").read_text()
    namespace = re.search(r"--net=(\S+)", text)
    address = re.search(rf"Host {name_of(host)} (\S+)", text)
    assert namespace
    assert address
    argv = ["nsenter", f"--net={namespace[1]}", sys.executable, "-m", "ssh_audit.ssh_audit", "--json", address[1]]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=120)
    report = json.loads(done.stdout)
    noted: dict[str, set[str]] = {"warn": set(), "fail": set()}
    for part in ("kex", "key", "enc", "mac"):
        for entry in report[part]:
            for severity, names in noted.items():
                names |= {entry["algorithm"]} if entry.get("notes", {}).get(severity) else set()
    assert noted["fail"] == set()
    assert noted["warn"] <= {"curve25519-sha256", "curve25519-sha256@libssh.org"}, "explained: the controller's library"


def test_nothing_would_change_and_what_is_unverified_is_told(host: Host) -> None:
    if name_of(host) != "srv1":
        pytest.skip("satu jalan untuk semua mesin")
    done = scenario_drift.play("--check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert scenario_drift.changed_tasks(done.stdout) == []
    assert done.stdout.count("tidak terverifikasi di kontainer") == 2
    assert all(rule in done.stdout for rule in OF_THE_KERNEL)
    assert "Pengecualian TP-ACC-02 sampai 2099-12-31" in done.stdout
    assert "Pengecualian TP-SSH-05" not in done.stdout


@pytest.mark.parametrize(
    ("server", "mistake"),
    [
        ("srv1", {"hardening_sshd_extra": ["AllowUsers bukan-kita"]}),
        ("srv2", {"hardening_pam_extra": {"account": ["account required pam_deny.so"]}}),
    ],
    ids=["sshd lets somebody else in only", "PAM lets nobody in"],
)
def test_a_mistake_locks_nobody_out(host: Host, server: str, mistake: dict[str, object]) -> None:
    """On purpose: no fresh login comes through, so the former files come back, and the run says so."""
    if name_of(host) != server:
        pytest.skip("satu kesalahan untuk tiap mesin")
    done = scenario_drift.play("--limit", server, "-e", json.dumps({**mistake, "hardening_guard_seconds": 20}))
    assert done.returncode != 0
    assert "rolled_back" in done.stdout, (done.stdout + done.stderr)[-3000:]
    again = login(server, command="sudo -n id -un")
    assert again.stdout.strip() == "root", again.stderr
    with host.sudo():
        assert host.run("grep -rE 'bukan-kita|account required pam_deny' /etc/ssh /etc/pam.d/common-account").failed


def test_lynis_index(host: Host) -> None:
    """Last: its package brings folders whose modes the role would then set."""
    with host.sudo():
        host.run("env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends lynis")
        host.run("lynis audit system --quick --quiet --no-colors")
        index = int(host.run("grep -oP '^hardening_index=\\K[0-9]+' /var/log/lynis-report.dat").stdout)
    print(f"{name_of(host)}: lynis {index}")
    assert index >= LYNIS_FLOOR
