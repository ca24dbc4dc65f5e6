# SPDX-License-Identifier: GPL-3.0-or-later
"""Access lists: sequence numbers, canonical addresses, the two ways of printing."""


def test_entries_number_themselves_in_tens_and_new_ones_fit_between(core):
    core.type("ip access-list extended A", "permit tcp any any eq 80", "deny ip any any", "15 permit udp any any eq 53")
    assert core.shown("ip access-list") == [
        "ip access-list extended A",
        " 10 permit tcp any any eq www",
        " 15 permit udp any any eq domain",
        " 20 deny   ip any any",
    ]
    core.type("no 15", "no deny ip any any", "permit icmp any any echo")
    assert core.shown("ip access-list")[1:] == [" 10 permit tcp any any eq www", " 20 permit icmp any any echo"]


def test_ios_15_hides_the_numbers(router):
    router.type("ip access-list extended A", "permit ip any any", "5 deny tcp any any eq 23")
    assert router.shown("ip access-list") == [
        "ip access-list extended A",
        " deny   tcp any any eq telnet",
        " permit ip any any",
    ]


def test_addresses_are_tidied(core):
    core.type(
        "ip access-list extended A",
        "permit ip 10.0.0.5 0.0.0.255 10.1.1.1 0.0.0.0",
        "permit ip 1.2.3.4 255.255.255.255 any",
    )
    assert core.shown("ip access-list")[1:] == [
        " 10 permit ip 10.0.0.0 0.0.0.255 host 10.1.1.1",
        " 20 permit ip any any",
    ]
    core.type("ip access-list standard B", "permit host 10.0.0.1", "permit 10.0.0.2 0.0.0.0", "deny any")
    assert core.shown("ip access-list standard")[1:] == [" 10 permit 10.0.0.1", " 20 permit 10.0.0.2", " 30 deny   any"]


def test_the_same_again_is_nothing(core):
    core.type("ip access-list extended A", "permit ip any any", "permit ip any any")
    assert len(core.shown("ip access-list")) == 2
    assert core.type("10 deny ip any any") == "% Duplicate sequence number\n"
    assert core.type("30 permit ip any any").startswith("% Access rule can't be configured at higher sequence num")


def test_resequence(core):
    core.type("ip access-list extended A", "permit tcp any any", "permit udp any any", "exit")
    core.type("ip access-list resequence A 100 5")
    assert core.shown("ip access-list")[1:] == [" 100 permit tcp any any", " 105 permit udp any any"]


def test_numbered_lists_are_flat_lines_on_ios_15(router):
    router.type("access-list 10 remark stasiun", "access-list 10 permit 10.0.0.0 0.0.0.255")
    router.type("access-list 110 permit tcp any any eq 22")
    assert router.shown("access-list") == [
        "access-list 10 remark stasiun",
        "access-list 10 permit 10.0.0.0 0.0.0.255",
        "access-list 110 permit tcp any any eq 22",
    ]
    assert not router.shown("ip access-list")


def test_and_sections_on_xe(core):
    core.type("access-list 10 permit 10.0.0.0 0.0.0.255")
    assert core.shown("ip access-list") == ["ip access-list standard 10", " 10 permit 10.0.0.0 0.0.0.255"]
    assert not core.shown("access-list")


def test_no_of_one_numbered_line_takes_away_the_list(router):
    router.type("access-list 10 permit 10.0.0.1", "access-list 10 permit 10.0.0.2", "no access-list 10 permit 10.0.0.1")
    assert not router.shown("access-list")


def test_a_name_is_of_one_kind(core):
    core.type("ip access-list standard A", "permit any", "exit")
    assert "already exists" in core.type("ip access-list extended A")


def test_one_list_in_each_direction(core):
    core.type("interface Vlan10", "ip access-group A in", "ip access-group B out", "ip access-group C in")
    assert core.shown("interface Vlan10")[2:] == [" ip access-group B out", " ip access-group C in"]
