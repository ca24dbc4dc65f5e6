# SPDX-License-Identifier: GPL-3.0-or-later
"""The device comes back by itself: controller killed, management cut, reboot in mid-change, a probe that fails."""

from __future__ import annotations

import os
import pathlib
import signal

import pytest
from router import GUARD_SECONDS, NEVER, Router

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe

ARMED = "test -L /var/lib/terpusat/guard/armed"
APPLIED = "test -e /var/lib/terpusat/guard/armed/apply.status"
# Run-time state that stands in no file; a restore of files alone would lose it.
BY_HAND = (
    "ip address add 10.66.0.1/24 dev eth3; ip route add 10.77.0.0/16 via 10.50.0.9; "
    "tc class change dev eth2 parent 1: classid 1:101 htb rate 7mbit ceil 7mbit; "
    "nft add rule inet filter input tcp dport 8080 counter accept; "
    "vtysh -c 'conf t' -c 'interface vlan101' -c 'ip ospf cost 99'; "
    "ovs-vsctl set port vlan10 tag=20; sysctl -q -w net.ipv4.conf.all.rp_filter=0; systemctl stop dnsmasq"
)


def every_component_changed(base: str) -> str:
    """The base bundle with something else in every component."""
    changes = {
        "net.ipv4.conf.all.rp_filter = 2": "net.ipv4.conf.all.rp_filter = 1",
        "internal vlan10 tag=10": "internal vlan11 tag=11",
        "Address=10.50.0.1/24": "Address=10.51.0.1/24",
        "Gateway=10.50.0.2": "Gateway=10.51.0.2",
        " ospf router-id 10.255.0.9": " ospf router-id 10.255.0.10",
        "dhcp-range=10.50.0.100,10.50.0.200,1h": "dhcp-range=10.51.0.100,10.51.0.200,1h",
        "rate 20mbit ceil 20mbit": "rate 30mbit ceil 30mbit",
        'iifname "lo" accept': 'iifname "lo" accept\n    tcp dport 443 accept',
    }
    for old, new in changes.items():
        assert old in base
        base = base.replace(old, new)
    return base


def kill_controller(
    router: Router, folder: pathlib.Path, at: str, bundle: str, guard_seconds: int = GUARD_SECONDS
) -> None:
    """Start a real play and kill it with all it started, with no chance to say goodbye, when ``at`` is true."""
    play = router.start_play(folder, bundle, "sleep 250", guard_seconds)
    try:
        router.wait(at, 120)
    finally:
        # Ansible's workers are sessions of their own: a group's signal would not reach them.
        family = [play.pid, *descendants(play.pid)]
        for pid in family:
            os.kill(pid, signal.SIGKILL)
        output, _ = play.communicate()
    assert play.returncode == -signal.SIGKILL, output
    assert len(family) > 1, "no worker was at work"


def undone_by(router: Router) -> str:
    """What the device itself says of its last restore: ``timer``, ``boot``, or ``probe`` when a run asked for it."""
    said = router.console("journalctl -t terpusat --output=cat | grep '^undoing'").splitlines()
    return said[-1].rpartition("(")[2].rstrip(")")


def descendants(pid: int) -> list[int]:
    """Processes that a process started, and theirs."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [found for child in map(int, children) for found in (child, *descendants(child))]


@pytest.mark.parametrize(
    ("at", "by_hand"),
    [(ARMED, True), (APPLIED, False)],
    ids=["in mid-change, with run-time state", "before the confirm, in sync"],
)
def test_controller_killed(configured: Router, tmp_path: pathlib.Path, at: str, by_hand: bool) -> None:
    if by_hand:
        configured.console(BY_HAND)
    before = configured.state()
    kill_controller(configured, tmp_path, at, every_component_changed(configured.base))
    configured.wait(APPLIED, GUARD_SECONDS)
    assert configured.state() != before
    configured.wait(f"! {ARMED}", GUARD_SECONDS + 60)
    assert configured.state() == before

    left = "changed" if by_hand else "in_sync"
    notices = configured.expect(left, configured.base, check_mode=True).notices
    assert len(notices) == 1
    assert "dikembalikan otomatis" in notices[0]
    assert "batas waktu" in notices[0]
    assert len(configured.expect(left, configured.base).notices) == 1
    assert configured.expect("in_sync", configured.base).notices == [], "reported once, then forgotten"


def test_second_run_is_refused_while_a_guard_is_armed(configured: Router, tmp_path: pathlib.Path) -> None:
    kill_controller(configured, tmp_path, APPLIED, every_component_changed(configured.base))
    report = configured.transact(configured.base)
    assert report.outcome == "busy"
    assert "belum dikonfirmasi" in report.message
    assert "detik" in report.message
    configured.wait(f"! {ARMED}", GUARD_SECONDS + 60)
    configured.expect("in_sync", configured.base)


def test_change_that_cuts_management(configured: Router) -> None:
    before = configured.state()
    cut = configured.base.replace("ct state established,related accept", "").replace(
        'iifname "eth0" tcp dport 22 accept', 'iifname "eth1" tcp dport 22 accept'
    )
    report = configured.transact(cut, guard_seconds=GUARD_SECONDS)
    assert report.outcome == "rolled_back", report.message
    assert "login baru" in report.message
    assert [(probe.name, probe.ok) for probe in report.probes] == [("login", False)]
    assert undone_by(configured) == "timer"
    assert configured.state() == before
    configured.expect("in_sync", configured.base, check_mode=True)


def test_change_that_cuts_new_logins_only_is_undone_through_the_old_session(configured: Router) -> None:
    before = configured.state()
    cut = configured.base.replace('iifname "eth0" tcp dport 22 accept', 'iifname "eth1" tcp dport 22 accept')
    # Half of its time belongs to new logins; the test waits for that.
    report = configured.transact(cut, guard_seconds=60)
    assert report.outcome == "rolled_back", report.message
    assert undone_by(configured) == "probe", "it waited for the timer although a session was left"
    assert configured.state() == before


def test_probe_that_fails(configured: Router) -> None:
    before = configured.state()
    report = configured.transact(
        every_component_changed(configured.base),
        probes=[Probe("gerbang", "ping -c 1 -W 1 10.50.0.2")],
        guard_seconds=NEVER,
    )
    assert report.outcome == "rolled_back", report.message
    assert "'gerbang'" in report.message
    assert undone_by(configured) == "probe", "it waited for the timer"
    assert configured.state() == before
    assert configured.transact(configured.base, check_mode=True).notices == []


def test_probe_that_failed_before_the_change_does_not_bind(configured: Router) -> None:
    bundle = every_component_changed(configured.base)
    probe = Probe("tetangga", "ping -c 1 -W 1 10.50.0.2", only_if_passed_before=True)
    report = configured.transact(bundle, probes=[probe])
    assert report.outcome == "changed", report.message
    assert [(p.name, p.ok, p.binding) for p in report.probes] == [("tetangga", False, False), ("login", True, True)]


def test_component_that_cannot_be_applied(configured: Router) -> None:
    """An address on an interface that does not exist passes every check and fails on the way."""
    before = configured.state()
    missing = (
        "==> /etc/systemd/network/60-terpusat-eth9.network <==\n[Match]\nName=eth9\n[Network]\nAddress=10.9.0.1/24\n"
    )
    report = configured.transact(every_component_changed(configured.base) + "\n" + missing)
    assert report.outcome == "rolled_back", report.message
    assert "komponen networkd gagal" in report.message
    assert configured.state() == before


def test_device_that_does_not_become_what_was_intended(configured: Router) -> None:
    """FRR takes a default and does not show it: never in sync, so it must not stay half believed."""
    before = configured.state()
    odd = configured.base.replace(" description core1:eth1", " description core1:eth1\n ip ospf hello-interval 10")
    report = configured.transact(odd)
    assert report.outcome == "rolled_back", report.message
    assert "masih berbeda" in report.message
    assert configured.state() == before


def test_guard_that_fires_during_a_long_probe(configured: Router) -> None:
    before = configured.state()
    report = configured.transact(
        every_component_changed(configured.base), probes=[Probe("lama", "sleep 300", timeout=300)], guard_seconds=15
    )
    assert report.outcome == "rolled_back", report.message
    assert configured.state() == before


@pytest.mark.parametrize("cut", ["reboot", "power"])
def test_restart_in_mid_change(configured: Router, tmp_path: pathlib.Path, cut: str) -> None:
    before = configured.state()
    kill_controller(configured, tmp_path, APPLIED, every_component_changed(configured.base), NEVER)
    if cut == "reboot":
        configured.lab.reboot(configured.name)
    else:
        configured.lab.kill(configured.name)
        configured.lab.start(configured.name)
    configured.wait(f"! {ARMED}", 120)
    report = configured.transact(configured.base, check_mode=True)
    assert report.outcome == "in_sync", report.message
    assert "menyala ulang" in report.notices[0]
    assert files(configured.state()) == files(before)


def test_confirmed_change_survives_a_reboot(configured: Router) -> None:
    bundle = every_component_changed(configured.base)
    configured.expect("changed", bundle)
    configured.lab.reboot(configured.name)
    report = configured.transact(bundle, check_mode=True)
    assert report.outcome == "in_sync", report.message


def files(state: str) -> list[str]:
    """The part of `Router.state` about files."""
    return [line for line in state.splitlines() if line.startswith("/etc/") or line.endswith("  -")]
