# SPDX-License-Identifier: GPL-3.0-or-later
"""`slots` says of top-level lines what hier_config says under the same rules."""

from __future__ import annotations

from itertools import product

from configurations import configuration
from hypothesis import given, settings

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.rules import slots
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.text import scan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.tree import empty

LINES = tuple(
    """
hostname sw1
hostname sw2
ip domain-name a.go.id
ip domain name b.go.id
enable secret 5 $1$abcd$xyz
enable secret level 5 rahasia
enable password lama
username admin privilege 15 secret rahasia
username admin privilege 1
username tamu password lain
no ip http server
ip http server
ip http secure-server
clock timezone WIB 7 0
clock timezone WITA 8 0
logging buffered 4096
logging buffered 8192 warnings
logging host 10.0.0.1
ntp server 10.0.0.1 prefer
ntp server 10.0.0.1
ntp server vrf mgmt 10.0.0.1
snmp-server community publik RO
snmp-server community publik RW
snmp-server host 10.0.0.9 version 2c publik
snmp-server host 10.0.0.9 informs version 2c publik
aaa authentication login default local
aaa authentication login default group tacacs+ local
aaa authorization commands 15 default local
banner motd x
banner login x
spanning-tree mode rapid-pvst
spanning-tree vlan 10 priority 4096
spanning-tree vlan 20 priority 4096
vtp mode transparent
vtp domain x
""".strip().splitlines()
)


def test_the_same_as_hier_config() -> None:
    for one, other in product(LINES, LINES):
        _agree(one, [other])


@given(running=configuration(), intended=configuration())
@settings(max_examples=40)
def test_the_same_for_whole_configurations(running: str, intended: str) -> None:
    wanted = [line.text for line in scan(intended) if not line.indent]
    for line in scan(running):
        if not line.indent:
            _agree(line.text, wanted)


def _agree(line: str, others: list[str]) -> None:
    running, intended = empty(), empty()
    for other in others:
        intended.add_child(other, return_if_present=True)
    child = running.add_child(line)
    expected = child.is_idempotent_command(intended.children)
    assert any(slots(line) & slots(other) for other in others) is expected
