# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role base makes of a fresh server."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import scenario_drift
from testinfra.host import Host

testinfra_hosts = ["ansible://srv1"]
STATE = Path(os.environ["MOLECULE_PROJECT_DIRECTORY"]) / ".lab" / "scenarios" / os.environ["MOLECULE_SCENARIO_NAME"]


def login(user: str, command: str) -> subprocess.CompletedProcess[str]:
    """Log in as a person would, with the scenario's key or joko's own, and run one command."""
    own = [word for path in STATE.rglob("*-joko") if user == "joko" for word in ("-i", str(path))]
    argv = ["ssh", "-F", str(STATE / "ssh_config"), *own, "-o", "BatchMode=yes", "-o", "LogLevel=INFO", "-l", user]
    # Input of its own: ssh makes the one it is given non-blocking, which Ansible then refuses.
    argv += ["srv1", command]
    return subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)


def test_it_has_its_name(host: Host) -> None:
    assert host.run("hostname --fqdn").stdout.strip() == "srv1.lab.go.id"
    assert host.run("uname -n").stdout.strip() == "srv1"


def test_time_and_language_are_those_of_the_government(host: Host) -> None:
    assert host.run("date +%Z").stdout.strip() == "WIB"
    assert host.run("env -i LANG=id_ID.UTF-8 LC_ALL=id_ID.UTF-8 date -d 2026-08-17 +%A").stdout.strip() == "Senin"
    assert "LANG=id_ID.UTF-8" in login("sari", "locale").stdout


def test_default_route_goes_by_the_data_centre(host: Host) -> None:
    assert host.interface("eth1").addresses == ["10.10.0.11"]
    assert "via 10.10.0.1 dev eth1" in host.run("ip route show default").stdout
    with host.sudo():
        assert host.run("ping -c 1 -W 2 10.10.0.1").succeeded


def test_names_are_asked_of_the_border_router(host: Host) -> None:
    assert host.file("/etc/resolv.conf").is_file
    assert not host.file("/etc/resolv.conf").is_symlink
    assert host.run("grep ^nameserver /etc/resolv.conf").stdout.split() == ["nameserver", "10.255.0.1"]


def test_administrator_logs_in_by_key_and_every_command_is_logged(host: Host) -> None:
    greeted = login("sari", "sudo -n id -un")
    assert greeted.stdout.strip() == "root"
    assert "Server milik Kabupaten Lab." in greeted.stderr, "the banner"
    with host.sudo():
        assert "sari" in host.run("grep 'COMMAND=/usr/bin/id -un' /var/log/sudo.log -B 2").stdout


def test_keys_of_administrators_are_not_theirs_to_change() -> None:
    assert login("sari", "echo x >> /etc/ssh/authorized_keys.d/sari").returncode != 0


def test_who_left_is_out(host: Host) -> None:
    assert login("joko", "true").returncode != 0
    assert not host.user("joko").exists


def test_journal_outlives_a_restart(host: Host) -> None:
    with host.sudo():
        assert host.run("journalctl --header").stdout.count("File path: /var/log/journal/") >= 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("APT::Periodic::Unattended-Upgrade", "1"),
        ("Unattended-Upgrade::Automatic-Reboot", "true"),
        ("Acquire::http::Proxy", "http://10.99.0.1:3142"),
    ],
)
def test_apt_is_configured(host: Host, key: str, value: str) -> None:
    assert host.run(f"apt-config dump {key}").stdout.strip() == f'{key} "{value}";'


def test_only_security_upgrades_come_by_themselves(host: Host) -> None:
    with host.sudo():
        done = host.run("unattended-upgrades --dry-run --debug 2>&1")
    assert done.succeeded, done.stdout
    allowed = next(line for line in done.stdout.splitlines() if "Allowed origins are" in line)
    assert allowed.count("origin=") == allowed.count("label=Debian-Security") > 0
    timer = host.run("systemctl show apt-daily-upgrade.timer --property=TimersCalendar,ActiveState").stdout
    assert "23:30:00" in timer
    assert "06:00" not in timer
    assert "ActiveState=active" in timer


def test_who_leaves_loses_everything_and_changes_by_hand_are_named_and_mended(host: Host) -> None:
    """Both in one, since each run costs its time; that nothing changes otherwise is Molecule's step idempotence."""
    os.environ["JOKO"] = "present"
    try:
        assert scenario_drift.play("--limit", "srv1").returncode == 0
        assert login("joko", "sudo -n true").returncode == 0
    finally:
        del os.environ["JOKO"]
    tampers = [
        "echo 'joko ALL=(ALL:ALL) NOPASSWD: ALL' >> /etc/sudoers.d/60-terpusat",
        "hostname lain",
        "systemctl stop apt-daily-upgrade.timer",
        "ip address add 10.10.0.99/24 dev eth1",
    ]
    with host.sudo():
        for tamper in tampers:
            assert host.run(tamper).succeeded, tamper
    named = [
        "Write the system configuration",
        "Set the host name",
        "Keep the administrators' accounts",
        "Keep the upgrade timers",
        "Address the data centre interface",
    ]
    assert scenario_drift.would_change("--limit", "srv1") == named
    mended = scenario_drift.play("--limit", "srv1")
    assert mended.returncode == 0, mended.stdout + mended.stderr
    assert scenario_drift.changed_tasks(mended.stdout) == named
    assert login("joko", "true").returncode != 0
    assert not host.user("joko").exists
    with host.sudo():
        assert host.run("grep -r joko /etc/sudoers.d /etc/ssh/authorized_keys.d").stdout == ""
    assert "10.10.0.99" not in host.interface("eth1").addresses
    assert host.run("uname -n").stdout.strip() == "srv1"
