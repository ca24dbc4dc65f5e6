# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role time makes of a server's clock."""

from __future__ import annotations

import time

import scenario_drift
from testinfra.host import Host

testinfra_hosts = ["ansible://srv1"]
CLOCK = "10.99.0.12"


def test_it_follows_the_time_server_of_the_register(host: Host) -> None:
    deadline = time.monotonic() + 240
    with host.sudo():
        while f"^* {CLOCK}" not in (sources := host.run("chronyc -n sources").stdout) and time.monotonic() < deadline:
            time.sleep(2)
        assert f"^* {CLOCK}" in sources
        assert sources.count("^") == 1, "no other source than those of the register"


def test_it_serves_nobody(host: Host) -> None:
    with host.sudo():
        assert "chronyd" not in host.run("ss --no-header --listening --udp --tcp --processes").stdout


def test_it_runs_and_comes_back_after_a_restart(host: Host) -> None:
    service = host.service("chrony")
    assert service.is_running
    assert service.is_enabled


def test_a_clock_that_is_not_ours_is_never_called_fine() -> None:
    """These machines are containers: their clock is the kernel's of the machine below."""
    done = scenario_drift.play("--check", "--limit", "srv1")
    assert "srv1: waktu tidak terverifikasi di kontainer" in " ".join(done.stdout.split())


def test_nothing_would_change() -> None:
    assert scenario_drift.would_change() == []


def test_a_stopped_service_is_named_and_mended(host: Host) -> None:
    with host.sudo():
        assert host.run("systemctl stop chrony").succeeded
    assert scenario_drift.would_change("--limit", "srv1") == ["Run chrony now and at every start"]
    assert scenario_drift.play("--limit", "srv1").returncode == 0
    assert host.service("chrony").is_running


def test_a_run_killed_before_the_restart_is_completed_by_the_next(host: Host) -> None:
    """The file stands as it should, but chrony still runs with what was there before."""
    with host.sudo():
        started = host.run("systemctl show chrony --property=MainPID").stdout
        time.sleep(2)
        assert host.run("touch /etc/chrony/chrony.conf").succeeded
    named = ["Configure chrony", "Restart chrony"]
    assert scenario_drift.would_change("--limit", "srv1") == named
    assert scenario_drift.changed_tasks(scenario_drift.play("--limit", "srv1").stdout) == named
    assert host.run("systemctl show chrony --property=MainPID").stdout != started
    assert scenario_drift.would_change("--limit", "srv1") == []
