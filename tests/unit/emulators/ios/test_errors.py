# SPDX-License-Identifier: GPL-3.0-or-later
"""What IOS says to lines it does not take, to the character."""

import pytest

INVALID = "% Invalid input detected at '^' marker.\n\n"


def caret(column: int) -> str:
    return " " * column + "^\n" + INVALID


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        # The marker stands behind what still agreed with some keyword.
        ("bogus", caret(2)),
        ("hostname a b", caret(11)),
        ("vlan 5000", caret(5)),
        ("interface GigabitEthernet9/9", caret(10)),
        ("no ip nonsense", caret(7)),
        ("hostname", "% Incomplete command.\n\n"),
        ("ip domain-name", "% Incomplete command.\n\n"),
        ("no hostname x y", caret(14)),
        ("ip", "% Incomplete command.\n\n"),
        ("ip d", '% Ambiguous command:  "ip d"\n'),
        ("s", '% Ambiguous command:  "s"\n'),
    ],
)
def test_syntax(access, line, answer):
    before = access.shown()
    assert access.type(line) == answer
    assert access.shown() == before


def test_the_marker_counts_the_prompt(access):
    reply = access.work.feed("hostname a b", indent=15)
    assert reply.text.startswith(" " * 26 + "^\n")


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        ("no interface GigabitEthernet0/1", "% Removal of physical interfaces is not permitted\n"),
        ("no ip route 10.0.0.0 255.0.0.0 10.1.1.1", "%No matching route to delete\n"),
        ("ip route 10.0.0.1 255.0.0.0 10.1.1.1", "%Inconsistent address and mask\n"),
        ("interface Gi0/1\nip address 10.0.0.0 255.255.255.0", "Bad mask /24 for address 10.0.0.0\n"),
        ("interface Gi0/1\nip address 10.0.0.255 255.255.255.0", "Bad mask /24 for address 10.0.0.255\n"),
        ("router bgp 65001\nexit\nrouter bgp 65002", "BGP is already running; AS is 65001\n"),
        (
            "router bgp 65001\nneighbor 10.0.0.1 description x",
            "% Specify remote-as or peer-group commands first\n",
        ),
        ("crypto key generate rsa modulus 2048", "% Please define a domain-name first.\n"),
        ("interface Gi0/0\nip vrf forwarding LAIN", "% VRF LAIN not configured.\n"),
    ],
)
def test_refusals(router, lines, answer):
    assert router.type(lines) == answer


def test_overlapping_addresses(core):
    core.type("interface Vlan10", "ip address 10.0.0.1 255.255.255.0", "interface Vlan11")
    assert core.type("ip address 10.0.0.130 255.255.255.128") == "% 10.0.0.128 overlaps with Vlan10\n"
    assert core.type("ip address 10.0.0.2 255.255.255.0") == "% 10.0.0.0 overlaps with Vlan10\n"
    assert core.shown("interface Vlan11") == ["interface Vlan11", " no ip address"]


def test_an_own_address_is_no_next_hop(router):
    router.type("interface Gi0/0", "ip address 10.0.0.1 255.255.255.0", "exit")
    text = router.type("ip route 10.9.0.0 255.255.0.0 10.0.0.1")
    assert text == "%Invalid next hop address (it's this router)\n"


def test_primary_address_goes_last(router):
    router.type("interface Gi0/0", "ip address 10.0.0.1 255.255.255.0", "ip address 10.0.1.1 255.255.255.0 secondary")
    text = router.type("no ip address 10.0.0.1 255.255.255.0")
    assert text == "Must delete secondary before deleting primary\n"
    assert router.type("no ip address 10.0.1.1 255.255.255.0 secondary", "no ip address 10.0.0.1 255.255.255.0") == ""


def test_vlan_that_is_missing_is_made(access):
    access.type("vtp mode transparent", "interface Gi1/0/1")
    text = access.type("switchport access vlan 30")
    assert text == "% Access VLAN does not exist. Creating vlan 30\n"
    assert access.shown("vlan 30") == ["vlan 30"]


def test_default_vlans_stay(access):
    assert access.type("no vlan 1") == "%Default VLAN 1 may not be deleted.\n"
    assert access.type("no vlan 1002") == "%Default VLAN 1002 may not be deleted.\n"


def test_commands_exist_only_where_they_belong(access, core, router):
    line = "ip address 10.0.0.1 255.255.255.0"
    access.type("interface Gi1/0/1")
    assert access.type(line) == caret(4)
    core.type("interface Gi1/0/1")
    assert core.type(line) == caret(4)
    assert core.type("no switchport", line) == ""
    assert router.type("vlan 10") == caret(1)
    assert access.type("router ospf 1") == caret(5)
    assert router.type("interface Gi0/0", "switchport mode access") == caret(1)


def test_a_port_of_the_other_kind_forgets(core):
    core.type("vtp mode transparent", "interface Gi1/0/1", "switchport mode trunk", "no switchport")
    core.type("ip address 10.0.0.1 255.255.255.0")
    assert core.shown("interface GigabitEthernet1/0/1")[1:] == [
        " no switchport",
        " ip address 10.0.0.1 255.255.255.0",
    ]
    core.type("switchport")
    assert core.shown("interface GigabitEthernet1/0/1") == ["interface GigabitEthernet1/0/1"]


def test_removing_a_logical_interface_warns_but_does_it(router):
    router.type("interface Loopback0", "exit")
    text = router.type("no interface Loopback0")
    assert text.startswith("% Not all config may be removed and may reappear")
    assert not router.shown("interface Loopback0")


def test_vrf_takes_the_address_away(core):
    core.type("vrf definition A", "interface Vlan10", "ip address 10.0.0.1 255.255.255.0")
    text = core.type("vrf forwarding A")
    assert text == "% Interface Vlan10 IPv4 disabled and address(es) removed due to enabling VRF A\n"
    assert core.shown("interface Vlan10") == ["interface Vlan10", " vrf forwarding A", " no ip address"]


def test_global_commands_work_in_a_sub_mode_and_leave_it(access):
    access.type("interface Gi1/0/1", "hostname lain", "description x")
    assert access.shown("hostname") == ["hostname lain"]
    # The sub-mode was left: `description` is no global command.
    assert not access.shown(" description")
