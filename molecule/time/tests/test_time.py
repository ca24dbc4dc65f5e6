# SPDX-License-Identifier: GPL-3.0-or-later
"""Clocks: ours follow the outside, everybody follows ours, also while the outside is away."""

from __future__ import annotations

import time

import pytest
import scenario_drift
import testinfra
from patience import eventually, root
from testinfra.host import Host

testinfra_hosts = ["ansible://srv1"]
CLOCK, SRV1, AWAY = "10.99.0.12", "10.99.0.11", "10.10.0.12"
ONE_SERVER = ("--limit", "srv1")


def other(name: str, host: Host) -> Host:
    return testinfra.get_host(f"ansible://{name}", ansible_inventory=host.backend.ansible_runner.inventory_file)


@pytest.fixture
def client(host: Host) -> Host:
    return other("client", host)


def sources(host: Host) -> str:
    return root(host, "chronyc -n sources")


def served(host: Host) -> dict[str, str]:
    """What the client heard last of our time server."""
    lines = (line.split(":", 1) for line in root(host, f"chronyc -n ntpdata {SRV1}").splitlines() if ":" in line)
    return {key.strip(): value.strip() for key, value in lines}


def test_ours_follows_the_outside_and_its_fellow(host: Host) -> None:
    assert eventually(lambda: f"^* {CLOCK}" in sources(host), 60)
    found = sources(host)
    assert found.count("^") == 1, "no other server than that of the register"
    assert f"=? {AWAY}" in found


def test_a_server_follows_ours_and_not_the_outside(client: Host) -> None:
    assert eventually(lambda: f"^* {SRV1}" in sources(client), 60)
    assert CLOCK not in sources(client)
    assert eventually(lambda: served(client)["Stratum"] == "9", 60), "one more than the outside's 8"


def test_only_ours_serves(host: Host, client: Host) -> None:
    sockets = "ss --no-header --listening --udp --numeric sport = :123 or sport = :323"
    assert ":123 " in (found := root(host, sockets))
    assert ":323 " not in found, "no remote control"
    assert root(client, sockets) == ""


def test_it_serves_the_networks_of_the_register_and_nobody_else(host: Host) -> None:
    for address, answer in (("10.20.1.9", "allowed"), ("10.254.0.6", "allowed"), ("198.51.100.7", "denied")):
        assert answer in root(host, f"chronyc accheck {address}"), address


def test_it_runs_and_comes_back_after_a_restart(host: Host) -> None:
    service = host.service("chrony")
    assert service.is_running
    assert service.is_enabled


def test_a_clock_that_is_not_ours_is_never_called_fine() -> None:
    """These machines are containers: their clock is the kernel's of the machine below."""
    done = scenario_drift.play("--check", *ONE_SERVER)
    assert "srv1: waktu tidak terverifikasi di kontainer" in " ".join(done.stdout.split())


def test_nothing_would_change() -> None:
    assert scenario_drift.would_change() == []


def test_a_stopped_service_is_named_and_mended(host: Host) -> None:
    with host.sudo():
        assert host.run("systemctl stop chrony").succeeded
    assert scenario_drift.would_change(*ONE_SERVER) == ["Run chrony now and at every start"]
    assert scenario_drift.play(*ONE_SERVER).returncode == 0
    assert host.service("chrony").is_running


def test_a_run_killed_before_the_restart_is_completed_by_the_next(host: Host) -> None:
    """The file stands as it should, but chrony still runs with what was there before."""
    with host.sudo():
        started = host.run("systemctl show chrony --property=MainPID").stdout
        time.sleep(2)
        assert host.run("touch /etc/chrony/chrony.conf").succeeded
    named = ["Configure chrony", "Restart chrony"]
    assert scenario_drift.would_change(*ONE_SERVER) == named
    assert scenario_drift.changed_tasks(scenario_drift.play(*ONE_SERVER).stdout) == named
    assert host.run("systemctl show chrony --property=MainPID").stdout != started
    assert scenario_drift.would_change(*ONE_SERVER) == []


def test_the_network_keeps_its_time_while_the_outside_is_away(host: Host, client: Host) -> None:
    """The hardest case: our time server itself starts anew while nobody outside answers."""
    clock = other("clock", host)
    root(clock, "systemctl stop chrony")
    try:
        root(host, "systemctl restart chrony")

        def follows() -> bool:
            root(client, "chronyc burst 4/4")
            found = served(client)
            return found["Stratum"] == "10" and found["Leap status"] == "Normal" and f"^* {SRV1}" in sources(client)

        assert eventually(follows, 90), served(client)
        assert "Leap status     : Normal" in root(client, "chronyc tracking")
    finally:
        root(clock, "systemctl start chrony")
    assert eventually(lambda: f"^* {CLOCK}" in sources(host), 90), "and goes back to the outside when that is there"
