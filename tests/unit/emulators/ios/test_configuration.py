# SPDX-License-Identifier: GPL-3.0-or-later
"""How lines change a configuration and how it is printed."""

import pytest

CERTIFICATE = """crypto pki certificate chain TP
 certificate self-signed 01
  30820330 30820218 A0030201 02020101 300D0609 2A864886 F70D0101 05050030
  31312F30 2D06
  \tquit"""


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        # abbreviations and canonical spelling
        ("int gi1/0/1\n desc Ruang 1", ["interface GigabitEthernet1/0/1", " description Ruang 1"]),
        ("Interface GIGABITETHERNET 1/0/2\n SHUT", ["interface GigabitEthernet1/0/2", " shutdown"]),
        ("ip host a 10.0.0.1", ["ip host a 10.0.0.1"]),
        ("snmp-server community x", ["snmp-server community x RO"]),
        ("snmp-server community x rw 10", ["snmp-server community x RW 10"]),
        ("clock timezone WIB 7", ["clock timezone WIB 7 0"]),
        ("ntp server 10.0.0.1 prefer", ["ntp server 10.0.0.1 prefer"]),
        ("alias exec s show ip int brief", ["alias exec s show ip int brief"]),
        ("ip domain name a.id", ["ip domain-name a.id"]),
    ],
)
def test_canonical_form(access, typed, printed):
    assert access.type(typed) == ""
    assert access.shown(printed[0]) == printed


@pytest.mark.parametrize(
    "line",
    [
        "ip ssh time-out 120",
        "logging trap informational",
        "cdp run",
        "ip domain-lookup",
        "interface gi1/0/1\nswitchport access vlan 1",
        "interface gi1/0/1\nswitchport mode dynamic auto",
        "interface gi1/0/1\nno shutdown",
        "interface gi1/0/1\nspeed auto\nduplex auto",
        "line con 0\nexec-timeout 10 0",
        "errdisable recovery interval 300",
    ],
)
def test_defaults_are_not_shown(access, line):
    before = access.shown()
    assert access.type(line) == ""
    assert access.shown() == before


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (["no ip http server"], "no ip http server"),
        (["no cdp run"], "no cdp run"),
        (["no service pad"], "no service pad"),
        (["no logging console"], "no logging console"),
        (["no ip domain-lookup"], "no ip domain-lookup"),
        (["interface gi1/0/1", "no lldp transmit"], " no lldp transmit"),
    ],
)
def test_switched_off_is_shown_and_switching_on_takes_it_away(access, lines, shown):
    before = access.shown()
    access.type(*lines)
    assert shown in access.shown()
    access.type(*lines[:-1], lines[-1].replace("no ", "", 1))
    if shown == "no logging console":
        # Not a switch: the positive form has a level.
        return
    assert access.shown() == before


def test_single_valued_lines_replace(access):
    access.type("hostname a", "hostname b", "ip domain-name x.id", "ip domain-name y.id", "logging facility local1")
    access.type("logging facility local2", "banner motd #satu#", "banner motd #dua#")
    lines = access.shown()
    assert [line for line in lines if line.startswith(("hostname", "ip domain-name", "logging fac", "banner"))] == [
        "hostname b",
        "ip domain-name y.id",
        "logging facility local2",
        "banner motd \x03dua\x03",
    ]


def test_lists_add_up(access):
    access.type("ip name-server 10.0.0.1 10.0.0.2", "ip name-server 10.0.0.3", "no ip name-server 10.0.0.2")
    assert access.shown("ip name-server") == ["ip name-server 10.0.0.1", "ip name-server 10.0.0.3"]


def test_name_servers_stand_in_one_line_on_xe(core):
    core.type("ip name-server 10.0.0.1", "ip name-server 10.0.0.2")
    assert core.shown("ip name-server") == ["ip name-server 10.0.0.1 10.0.0.2"]


def test_vlans(access):
    access.type("vtp mode transparent", "vlan 10,20-22", "vlan 30", "name server")
    assert access.shown("vlan 1") == ["vlan 10,20,21,22"]
    assert access.shown("vlan 30") == ["vlan 30", " name server"]
    access.type("no vlan 20-21")
    assert access.shown("vlan 1") == ["vlan 10,22"]


def test_vlans_that_vtp_owns_are_not_shown(access):
    access.type("vlan 10", "name x")
    assert not [line for line in access.shown() if line.startswith("vlan 10")]


def test_allowed_vlans(access):
    access.type("interface gi1/0/1", "switchport trunk allowed vlan 10,20,21,22")
    line = " switchport trunk allowed vlan "
    assert line + "10,20-22" in access.shown()
    access.type("switchport trunk allowed vlan add 23,40", "switchport trunk allowed vlan remove 21")
    assert line + "10,20,22,23,40" in access.shown()
    access.type("switchport trunk allowed vlan none")
    assert line + "none" in access.shown()
    access.type("switchport trunk allowed vlan all")
    assert not any(text.startswith(line) for text in access.shown())


def test_interface_range(access):
    access.type("interface range gi1/0/1-2 , gi1/0/4", "description sama", "shutdown")
    for port in (1, 2, 4):
        section = access.shown(f"interface GigabitEthernet1/0/{port}")
        assert section[1:] == [" description sama", " shutdown"]
    assert access.shown("interface GigabitEthernet1/0/3") == ["interface GigabitEthernet1/0/3"]


def test_router_ports_come_shut_down(router):
    assert router.shown("interface GigabitEthernet0/0")[1:] == [
        " no ip address",
        " shutdown",
        " duplex auto",
        " speed auto",
    ]
    router.type(
        "interface gi0/0", "ip address 10.0.0.1 255.255.255.0", "no shutdown", "exit", "default interface gi0/0"
    )
    assert " shutdown" in router.shown("interface GigabitEthernet0/0")
    router.type("interface gi0/0.10", "encapsulation dot1q 10", "ip address 10.0.10.1 255.255.255.0")
    assert router.shown("interface GigabitEthernet0/0.10")[1:] == [
        " encapsulation dot1Q 10",
        " ip address 10.0.10.1 255.255.255.0",
    ]


def test_banner_over_several_lines(access):
    assert access.type("banner login #", "Baris satu", "hostname bukan perintah", "#", "hostname perintah") == ""
    lines = access.shown()
    assert lines.index("hostname perintah") < lines.index("control-plane")
    start = lines.index("banner login \x03")
    assert lines[start : start + 4] == ["banner login \x03", "Baris satu", "hostname bukan perintah", "\x03"]


def test_the_two_characters_of_a_shown_banner_are_not_its_delimiter(access):
    """`^C` typed as two characters: the caret delimits and the C becomes text, the trap of pasting a shown banner."""
    access.type("banner motd ^C", "Halo", "^C")
    assert "C" in "\n".join(access.shown("banner motd"))
    lines = access.shown()
    assert lines[lines.index("banner motd \x03C") + 1] == "Halo"


def test_certificates(access):
    assert access.type(*CERTIFICATE.splitlines()) == ""
    assert access.shown("crypto pki certificate") == [
        "crypto pki certificate chain TP",
        " certificate self-signed 01",
        "  30820330 30820218 A0030201 02020101 300D0609 2A864886 F70D0101 05050030 ",
        "  31312F30 2D06",
        "  \tquit",
    ]
    assert "FAIL" in access.type("crypto pki certificate chain X", "certificate 02", "zzzz", "quit")


def test_lines_of_vty_split_and_join(access):
    access.type("line vty 0 4", "transport input ssh", "line vty 0 15", "exec-timeout 5", "line vty 3", "login local")
    shown = access.shown("line vty")
    assert shown == [
        *["line vty 0 2", " exec-timeout 5 0", " transport input ssh"],
        *["line vty 3", " exec-timeout 5 0", " login local", " transport input ssh"],
        *["line vty 4", " exec-timeout 5 0", " transport input ssh"],
        *["line vty 5 15", " exec-timeout 5 0"],
    ]


def test_bgp_prints_neighbour_by_neighbour(router):
    router.type("router bgp 65001", "neighbor 10.0.0.1 remote-as 1", "neighbor 10.0.0.2 remote-as 2")
    router.type("neighbor 10.0.0.1 description satu", "neighbor 10.0.0.2 description dua")
    assert [line.strip() for line in router.shown("router bgp")[2:]] == [
        "neighbor 10.0.0.1 remote-as 1",
        "neighbor 10.0.0.1 description satu",
        "neighbor 10.0.0.2 remote-as 2",
        "neighbor 10.0.0.2 description dua",
    ]
    router.type("no neighbor 10.0.0.1")
    assert not any("10.0.0.1" in line for line in router.shown("router bgp"))


def test_passive_interfaces(router):
    router.type("router ospf 1", "passive-interface default", "no passive-interface gi0/1")
    assert router.shown("router ospf")[1:] == [" passive-interface default", " no passive-interface GigabitEthernet0/1"]
    router.type("passive-interface gi0/1", "no passive-interface default", "passive-interface gi0/2")
    assert router.shown("router ospf")[1:] == [" passive-interface GigabitEthernet0/2"]


def test_routes_are_sorted_and_the_same_way_is_replaced(router):
    router.type("ip route 10.2.0.0 255.255.0.0 10.9.9.9", "ip route 0.0.0.0 0.0.0.0 10.9.9.1")
    router.type("ip route 10.2.0.0 255.255.0.0 10.9.9.9 200", "ip route 10.1.0.0 255.255.0.0 10.9.9.9 name x")
    assert router.shown("ip route") == [
        "ip route 0.0.0.0 0.0.0.0 10.9.9.1",
        "ip route 10.1.0.0 255.255.0.0 10.9.9.9 name x",
        "ip route 10.2.0.0 255.255.0.0 10.9.9.9 200",
    ]
    router.type("no ip route 10.1.0.0 255.255.0.0")
    assert len(router.shown("ip route")) == 2


def test_prefix_lists_number_themselves(router):
    router.type("ip prefix-list A permit 10.0.0.0/8 le 24", "ip prefix-list A seq 3 deny 10.1.0.0/16")
    router.type("ip prefix-list A permit 10.2.0.0/16")
    assert router.shown("ip prefix-list") == [
        "ip prefix-list A seq 3 deny 10.1.0.0/16",
        "ip prefix-list A seq 5 permit 10.0.0.0/8 le 24",
        "ip prefix-list A seq 10 permit 10.2.0.0/16",
    ]
    router.type("no ip prefix-list A seq 3", "no ip prefix-list A permit 10.2.0.0/16")
    assert router.shown("ip prefix-list") == ["ip prefix-list A seq 5 permit 10.0.0.0/8 le 24"]


def test_aaa_opens_and_closes_its_commands(access):
    assert "no aaa new-model" in access.shown()
    assert "Invalid" in access.type("aaa authentication login default local")
    access.type("line vty 0 4", "login local", "exit", "aaa new-model", "aaa authentication login default local")
    assert "aaa session-id common" in access.shown()
    # `login` is no command under AAA and not shown either.
    assert access.shown("line vty") == ["line vty 0 4"]


def test_removing_an_account_asks_first(access):
    access.type("username budi privilege 15 secret x")
    reply = access.work.feed("no username budi")
    assert reply.confirm is not None
    assert reply.confirm.question.endswith("Do you want to continue? [confirm]")
    assert access.shown("username budi")
    reply.confirm.then()
    assert not access.shown("username budi")


def test_sub_sub_modes(router):
    router.type(
        "policy-map Q", "class A", "bandwidth 100", "class B", "fair-queue", "class-map match-any A", "match any"
    )
    assert router.shown("policy-map Q") == ["policy-map Q", " class A", "  bandwidth 100", " class B", "  fair-queue"]
    assert router.shown("class-map") == ["class-map match-any A", " match any"]
    router.type("class-map B")
    assert "class-map match-all B" in router.shown()


def test_a_line_holds_one_access_class_in_each_direction(access):
    assert access.type("line vty 0 4", "access-class SATU in", "access-class TIGA out", "access-class DUA in") == ""
    lines = {line for line in access.shown("line vty 0 4") if "access-class" in line}
    assert lines == {" access-class DUA in", " access-class TIGA out"}
    access.type("access-class DUA in vrf-also")
    assert [line for line in access.shown("line vty 0 4") if " in" in line] == [" access-class DUA in vrf-also"]
