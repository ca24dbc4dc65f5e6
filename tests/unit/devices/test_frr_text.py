# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR's configuration as sections and lines: order and decoration do not count, everything else does."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.frr_text import (
    canonical,
    parse,
)

# As FRR 10.3 prints it.
RUNNING = """Building configuration...

Current configuration:
!
frr version 10.3
frr defaults traditional
hostname br1
log syslog informational
no ipv6 forwarding
service integrated-vtysh-config
!
ip prefix-list X seq 5 permit 10.0.0.0/8
!
ip route 0.0.0.0/0 203.0.113.1 eth1
!
interface eth2
 description core1:eth1
 ip ospf area 0.0.0.0
 ip ospf network point-to-point
exit
!
router bgp 65001
 neighbor 10.0.0.1 remote-as 65002
 !
 address-family ipv4 unicast
  neighbor 10.0.0.1 activate
 exit-address-family
exit
!
router ospf
 ospf router-id 10.255.0.1
exit
!
end
"""
WANTED = """! Dikelola Terpusat
hostname br1
router ospf
 ospf router-id 10.255.0.1
interface eth2
 ip ospf network   point-to-point
 ip ospf area 0.0.0.0
 description core1:eth1
interface eth7
exit
ip route 0.0.0.0/0 203.0.113.1 eth1
ip prefix-list X seq 5 permit 10.0.0.0/8
router bgp 65001
 neighbor 10.0.0.1 remote-as 65002
 address-family ipv4 unicast
  neighbor 10.0.0.1 activate
 exit-address-family
"""


def test_order_comments_and_defaults_do_not_count() -> None:
    assert canonical(RUNNING, WANTED) == canonical(WANTED, WANTED)


def test_nesting_survives() -> None:
    sections = parse(RUNNING)
    assert sections[("router bgp 65001", "address-family ipv4 unicast")] == {"neighbor 10.0.0.1 activate"}
    assert sections[("router bgp 65001",)] == {"neighbor 10.0.0.1 remote-as 65002", "address-family ipv4 unicast"}


@pytest.mark.parametrize(
    "by_hand",
    [
        (" ip ospf area 0.0.0.0\n", " ip ospf area 0.0.0.0\n ip ospf cost 99\n"),
        ("router ospf\n ospf router-id 10.255.0.1\nexit\n", ""),
        ("hostname br1", "hostname br2"),
        ("ip route 0.0.0.0/0 203.0.113.1 eth1", "ip route 0.0.0.0/0 203.0.113.9 eth1"),
        ("  neighbor 10.0.0.1 activate\n", ""),
        ("!\nend", "router ospf vrf X\nexit\nend"),
    ],
)
def test_every_change_by_hand_shows(by_hand: tuple[str, str]) -> None:
    assert by_hand[0] in RUNNING
    assert canonical(RUNNING.replace(*by_hand), WANTED) != canonical(WANTED, WANTED)


def test_what_frr_says_of_itself_counts_only_when_the_intended_text_speaks_of_it() -> None:
    assert canonical("hostname a\nlog syslog informational\n", "") == ""
    assert canonical("hostname a\n", "hostname b\n") == "hostname a\n"
    assert canonical("no ipv6 forwarding\n", "ipv6 forwarding\n") == "no ipv6 forwarding\n"


_LINE = st.text("abc 0123", min_size=1, max_size=12).map(lambda text: "x" + " ".join(text.split()))
_SECTIONS = st.dictionaries(_LINE.map(lambda line: "router " + line), st.sets(_LINE, min_size=1), max_size=5)


@given(_SECTIONS, st.randoms(use_true_random=False))
def test_any_order_is_the_same_configuration(sections: dict[str, set[str]], chance: random.Random) -> None:
    def text() -> str:
        blocks = []
        for header in chance.sample(sorted(sections), len(sections)):
            lines = chance.sample(sorted(sections[header]), len(sections[header]))
            blocks.append("\n".join([header, *(f" {line}" for line in lines), "exit"]))
        return "\n!\n".join(blocks) + "\n"

    first = text()
    assert canonical(first, first) == canonical(text(), first)
    assert canonical(canonical(first, first), first) == canonical(first, first)
