# SPDX-License-Identifier: GPL-3.0-or-later
"""Ownership, spellings that mean the same, and the order of what is sent."""

from __future__ import annotations

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError, SessionLostError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios import cli, reading, timers
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.state import Change
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

TARGET = Target("sw1", None, "admin", "10.0.0.2", ("10.99.0.0/24",))
HIDE = Fingerprints(b"kunci")


def judge(running: str, intended: str) -> tuple[list[Change], list[str], tuple[str, ...], list[str]]:
    """Changes, patch lines, unmanaged names, what of it carries the session."""
    platform = platforms.load("ios")
    wanted = platform.parse(intended, TARGET)
    read = reading.whole(f"Building configuration...\n{running}end\n", "sw1")
    comparison = platform.normalise(wanted, read)
    changes = platform.diff(comparison, HIDE)
    patch = platform.render_patch(wanted, read, changes)
    return changes, patch.lines(), comparison.unmanaged, platform.management_changes(wanted, read, changes)


@pytest.mark.parametrize(
    ("running", "intended"),
    [
        (
            "interface Port-channel1\n switchport trunk allowed vlan 10-12\n switchport trunk allowed vlan add 20\n",
            "interface Port-channel1\n switchport trunk allowed vlan 10,11,12,20\n",
        ),
        ("vlan 10,20-21\n", "vlan 10\nvlan 20\nvlan 21\n"),
        ("access-list 10 permit 10.1.1.1\n", "ip access-list standard 10\n permit host 10.1.1.1\n"),
        (
            "ip access-list extended A\n 10 permit tcp any any eq www\n 20 deny   ip any any\n",
            "ip access-list extended A\n permit tcp any any eq 80\n deny ip any any\n",
        ),
        (
            "ip access-list standard A\n permit 10.1.1.2\n permit 10.1.1.1\n deny any\n",
            "ip access-list standard A\n permit 10.1.1.1\n permit 10.1.1.2\n deny any\n",
        ),
        ("interface Vlan9\n no ip address\n mtu 1500\n", "interface Vlan9\n no shutdown\n"),
        ("interface GigabitEthernet0/1\n duplex auto\n speed auto\n", "interface GigabitEthernet0/1\n"),
        ("banner motd ^CHalo^C\n", "banner motd #\nHalo\n#\n"),
        (
            "crypto pki certificate chain A\n certificate ca 01\n  30820229 30820192 A003\n  \tquit\n",
            "crypto pki certificate chain A\n certificate ca 01\n  3082022930820192\n  a003\n  quit\n",
        ),
        ("router ospf 1\n log-adjacency-changes\n router-id 10.0.0.1\n", "router ospf 1\n router-id 10.0.0.1\n"),
    ],
)
def test_two_spellings_are_no_change(running: str, intended: str) -> None:
    changes, patch, _, _ = judge(running, intended)
    assert changes == []
    assert patch == []


def test_only_what_is_named_or_claimed_is_ours() -> None:
    running = (
        "hostname sw1\nntp server 10.0.0.9\nip route 10.5.0.0 255.255.0.0 10.0.0.9\n"
        "snmp-server community rahasiaku RO\n"
        "interface Vlan30\n description asing\ninterface GigabitEthernet0/2\n description asing\n"
    )
    _, patch, unmanaged, _ = judge(running, "! own: ip route\nhostname sw1\n")
    assert patch == ["no ip route 10.5.0.0 255.255.0.0 10.0.0.9"]
    assert "interface Vlan30" in unmanaged
    assert "ntp server 10.0.0.9" in unmanaged
    assert "rahasiaku" not in "".join(unmanaged)


def test_a_claimed_port_is_emptied_and_a_claimed_vlan_interface_removed() -> None:
    running = "interface GigabitEthernet0/1\n description lama\n shutdown\ninterface Vlan30\n description lama\n"
    _, patch, _, _ = judge(running, "! own: interface\nhostname sw1\n")
    assert patch[:1] == ["hostname sw1"]
    assert "no interface Vlan30" in patch
    assert "no interface GigabitEthernet0/1" not in patch
    assert patch[patch.index("interface GigabitEthernet0/1") + 1] == "no description"
    assert "no shutdown" not in patch


def test_definitions_come_before_their_users_and_go_after_them() -> None:
    running = (
        "ip access-list extended LAMA\n permit ip any any\ninterface GigabitEthernet0/1\n ip access-group LAMA in\n"
        "interface Vlan10\n ip address 10.0.0.2 255.255.255.0\nline vty 0 4\n transport input ssh\n"
    )
    intended = (
        "! own: ip access-list\ninterface GigabitEthernet0/1\n ip access-group BARU in\nip access-list extended BARU\n"
        " permit ip any any\nline vty 0 4\n access-class MGMT in\n transport input ssh\nip access-list standard MGMT\n"
        " permit 10.99.0.0 0.0.0.255\nsnmp-server location ruang server\nip default-gateway 10.0.0.1\n"
    )
    _, patch, _, touched = judge(running, intended)
    order = [
        patch.index(line)
        for line in (
            "ip access-list extended BARU",
            "ip access-group BARU in",
            "no ip access-list extended LAMA",
            "ip access-list standard MGMT",
            "ip default-gateway 10.0.0.1",
            "access-class MGMT in",
        )
    ]
    assert order == sorted(order)
    assert patch.index("snmp-server location ruang server") < patch.index("ip access-list standard MGMT")
    assert [name.split(",")[0] for name in touched] == [
        "ip access-list standard MGMT",
        "rute bawaan",
        "terminal vty (line vty 0 4)",
    ]


def test_a_vrf_takes_the_address_away_so_it_is_entered_again() -> None:
    running = "interface GigabitEthernet0/1\n ip address 10.7.0.1 255.255.255.0\n"
    _, patch, _, _ = judge(
        running, "interface GigabitEthernet0/1\n vrf forwarding A\n ip address 10.7.0.1 255.255.255.0\n"
    )
    assert patch[1:3] == ["vrf forwarding A", "ip address 10.7.0.1 255.255.255.0"]


def test_a_neighbour_is_taken_back_once() -> None:
    neighbour = " neighbor 10.0.0.1 remote-as 65002\n neighbor 10.0.0.1 description lama\n"
    running = f"router bgp 65001\n{neighbour} bgp router-id 1.1.1.1\n"
    _, patch, _, _ = judge(running, "router bgp 65001\n bgp router-id 1.1.1.1\n")
    assert patch == ["router bgp 65001", "no neighbor 10.0.0.1", "exit"]


def test_the_order_of_classes_is_meaning() -> None:
    running = "policy-map P\n class A\n  bandwidth 100\n class B\n  bandwidth 200\n"
    _, patch, _, _ = judge(running, "policy-map P\n class B\n  bandwidth 200\n class A\n  bandwidth 100\n")
    assert patch.index("no class A") < patch.index("class B") < patch.index("class A")


def test_a_list_that_moves_is_edited_behind_a_stand_in() -> None:
    running = (
        "ip access-list extended A\n permit tcp any any eq 22\n deny tcp any any\n permit ip any any\n"
        "interface GigabitEthernet0/1\n ip access-group A in\n"
    )
    wanted = "ip access-list extended A\n deny tcp any any\n permit tcp any any eq 22\n permit ip any any\n"
    _, patch, _, _ = judge(running, wanted)
    there = patch.index("ip access-group TERPUSAT-SEMENTARA in")
    back = patch.index("ip access-group A in")
    edited = patch.index("ip access-list extended A")
    assert there < edited < back
    assert patch[-1] == "no ip access-list extended TERPUSAT-SEMENTARA"


def test_an_interface_that_the_device_lacks_is_refused() -> None:
    with pytest.raises(RefusedError, match=r"baris 1: interface GigabitEthernet0/9 tidak ada"):
        judge("hostname sw1\n", "interface GigabitEthernet0/9\n description x\n")


def test_vlans_that_vtp_hides_are_refused() -> None:
    with pytest.raises(RefusedError, match=r"baris 1: .*vtp mode transparent"):
        judge("spanning-tree extend system-id\n", "vlan 10\n name kantor\n")
    judge("spanning-tree extend system-id\n", "vtp mode transparent\nvlan 10\n name kantor\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hostname sw1\nend\n",
        "Building configuration...\nhostname sw1\n",
        "Building configuration...\nbanner motd ^C\nend\n",
        "Building configuration...\nhostname sw1\nend\nsw1(boot)",
    ],
)
def test_half_a_configuration_is_none(text: str) -> None:
    with pytest.raises(SessionLostError):
        reading.whole(text, "sw1").tree  # noqa: B018


@pytest.mark.parametrize(
    ("output", "found"),
    [
        ("% Invalid input detected at '^' marker.", 1),
        ("%Error opening flash:x (No such file)", 1),
        ("Command rejected: not a switching port.", 1),
        ("%Warning: portfast should only be enabled on ports", 0),
        ("% Interface Vlan10 IPv4 disabled and address(es) removed due to enabling VRF A", 0),
        ("%LINK-3-UPDOWN: Interface GigabitEthernet0/1, changed state to up", 0),
        ("*Mar  1 00:00:01.000: %SYS-5-CONFIG_I: Configured from console", 0),
        ("Load for five secs: 4%/0%", 0),
    ],
)
def test_what_counts_as_an_error(output: str, found: int) -> None:
    assert len(cli.errors(output)) == found


def test_a_pending_timer_is_read_as_documented() -> None:
    shown = (
        "Time configured(or reconfigured): 22:50:48 UTC Sat Feb 21 2009\n"
        "Timer type: absolute timer\nTimer value: 2 min\nUser: budi\n"
    )
    pending = timers.pending(shown)
    assert pending is not None
    assert (pending.user, pending.minutes, pending.since) == ("budi", "2", "22:50:48 UTC Sat Feb 21 2009")
    assert timers.pending("%No Rollback Confirmed Change pending\n") is None


def test_whole_minutes() -> None:
    platform = platforms.load("ios")
    assert [platform.guard_seconds(wanted) for wanted in (15, 60, 61, 7200, 9000)] == [60, 60, 120, 7200, 7200]
