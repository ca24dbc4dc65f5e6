# SPDX-License-Identifier: GPL-3.0-or-later
"""An office's access switch: a VLAN comes, ports move, the list that guards the console grows, a time server goes."""

from __future__ import annotations

import re

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from emulators.core.personality import Personality
from faults.case import Case

INTENDED = """\
! own: ntp server
vlan 101
 name dinkes
!
vlan 160
 name wifi-publik
!
interface GigabitEthernet1/0/19
 description Wifi lobi
 switchport access vlan 160
 switchport mode access
 spanning-tree portfast
 spanning-tree bpduguard enable
!
interface GigabitEthernet1/0/23
 description Ruang 123
 switchport access vlan 101
 switchport mode access
 spanning-tree portfast
 spanning-tree bpduguard enable
!
interface GigabitEthernet1/0/25
 description sw-inti Gi1/0/7
 switchport trunk allowed vlan 99,101,150,160
 switchport mode trunk
 ip dhcp snooping trust
!
interface Vlan99
 description pengelolaan
 ip address 10.99.0.31 255.255.255.0
 no ip redirects
!
access-list 10 remark stasiun manajemen
access-list 10 permit 10.99.0.0 0.0.0.255
access-list 10 permit 10.98.0.0 0.0.0.255
access-list 10 deny   any log
!
ntp server 10.99.0.1 prefer
"""

#: changes by itself: the size, dates, and what the clock has learnt
_VOLATILE = re.compile(r"(?m)^(?:Building|Current configuration|! |ntp clock-period ).*\n")


def essence(config: str) -> str:
    """The running configuration without what changes by itself."""
    return _VOLATILE.sub("", config)


def case() -> Case:
    """Guarded by the switch's own revert timer."""
    personality = Personality.load("ios-access", name="sw", reboot_seconds=2.0)
    probe = Probe("vlan", "show running-config | include wifi-publik", expect="wifi-publik")
    return Case("ios", personality, INTENDED, essence, 180, "10.99.0.31", (probe,))
