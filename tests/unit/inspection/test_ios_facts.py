# SPDX-License-Identifier: GPL-3.0-or-later
"""What IOS prints, as its command references show it."""

from __future__ import annotations

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import inspection
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.inspection import Neighbour, spoken_seconds
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.inspection import (
    cdp,
    lldp,
    version,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints

CATALYST = """\
Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E4, RELEASE SOFTWARE (fc2)
Technical Support: http://www.cisco.com/techsupport
Copyright (c) 1986-2021 by Cisco Systems, Inc.

ROM: Bootstrap program is C2960X boot loader
BOOTLDR: C2960X Boot Loader (C2960X-HBOOT-M) Version 15.2(7r)E, RELEASE SOFTWARE (fc1)

sw-dinkes uptime is 1 year, 3 weeks, 2 days, 4 hours, 5 minutes
System returned to ROM by power-on
System image file is "flash:c2960x-universalk9-mz.152-7.E4.bin"

cisco WS-C2960X-24TS-L (APM86XXX) processor (revision B0) with 524288K bytes of memory.
Processor board ID FOC1932X0K1
Last reset from power-on
24 Gigabit Ethernet interfaces

Base ethernet MAC Address       : 00:11:22:33:44:55
Model revision number           : B0
Model number                    : WS-C2960X-24TS-L
System serial number            : FOC1932X0K1

Switch Ports Model                     SW Version            SW Image
------ ----- -----                     ----------            ----------
*    1 28    WS-C2960X-24TS-L          15.2(7)E4             C2960X-UNIVERSALK9-M

Configuration register is 0xF
"""
ISR = """\
Cisco IOS XE Software, Version 16.09.04
Cisco IOS Software [Fuji], ISR Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 16.9.4, RELEASE SOFTWARE (fc2)

ROM: IOS-XE ROMMON

rt-batas uptime is 12 minutes
Uptime for this control processor is 13 minutes

cisco ISR4321/K9 (1RU) processor with 1647778K/6147K bytes of memory.
Processor board ID FLM2041W2HD
"""
LLDP = """\
------------------------------------------------
Local Intf: Gi1/0/24
Chassis id: 0011.2233.4455
Port id: Gi0/1
Port Description: ke inti
System Name: core1.lab.go.id

System Description:
Cisco IOS Software, C3750E Software (C3750E-UNIVERSALK9-M), Version 15.2(4)E7

Time remaining: 96 seconds
System Capabilities: B,R
Enabled Capabilities: R
Management Addresses:
    IP: 10.99.0.12
Auto Negotiation - supported, enabled

------------------------------------------------
Local Intf: Gi1/0/3
Chassis id: 48a9.8a11.2233
Port id: ether1
Port Description - not advertised
System Name - not advertised
System Description - not advertised

Time remaining: 101 seconds
Management Addresses - not advertised

Total entries displayed: 2
"""
CDP = """\
-------------------------
Device ID: core1.lab.go.id
Entry address(es):
  IP address: 10.99.0.12
Platform: cisco WS-C3750X-24,  Capabilities: Router Switch IGMP
Interface: GigabitEthernet1/0/24,  Port ID (outgoing port): GigabitEthernet0/1
Holdtime : 141 sec

Version :
Cisco IOS Software, C3750E Software (C3750E-UNIVERSALK9-M), Version 15.2(4)E7

advertisement version: 2
Management address(es):
  IP address: 10.99.0.12

-------------------------
Device ID: MikroTik
Platform: MikroTik,  Capabilities: Router
Interface: GigabitEthernet1/0/3,  Port ID (outgoing port): ether1

Total cdp entries displayed : 2
"""


def test_a_switch() -> None:
    facts = version(CATALYST, [])
    assert (facts.hostname, facts.model, facts.version) == ("sw-dinkes", "WS-C2960X-24TS-L", "15.2(7)E4")
    assert facts.serial == "FOC1932X0K1"
    assert facts.uptime == ((365 + 3 * 7 + 2) * 24 + 4) * 3600 + 5 * 60


def test_a_router_of_ios_xe() -> None:
    facts = version(ISR, [])
    assert (facts.hostname, facts.model, facts.serial) == ("rt-batas", "ISR4321/K9", "FLM2041W2HD")
    assert facts.version == "16.09.04"
    assert facts.uptime == 720


def test_an_older_router() -> None:
    text = "Cisco 2911 (revision 1.0) with 483328K/40960K bytes of memory.\nProcessor board ID FCZ1647C0DK\n"
    assert (version(text, []).model, version(text, []).serial) == ("2911", "FCZ1647C0DK")


def test_nothing_known_stays_empty() -> None:
    facts = version("% Invalid input detected at '^' marker.\n", [])
    assert facts.as_result("ios") == {
        "platform": "ios", "hostname": "", "model": "", "version": "", "serial": "", "uptime_seconds": None,
        "neighbours": [],
    }  # fmt: skip


def test_lldp_neighbours() -> None:
    description = "Cisco IOS Software, C3750E Software (C3750E-UNIVERSALK9-M), Version 15.2(4)E7"
    assert list(lldp(LLDP)) == [
        Neighbour("lldp", "Gi1/0/24", "core1.lab.go.id", "Gi0/1", "10.99.0.12", description),
        Neighbour("lldp", "Gi1/0/3", "48a9.8a11.2233", "ether1"),
    ]
    assert list(lldp("% LLDP is not enabled\n")) == []


def test_cdp_neighbours() -> None:
    assert list(cdp(CDP)) == [
        Neighbour(
            "cdp", "GigabitEthernet1/0/24", "core1.lab.go.id", "GigabitEthernet0/1", "10.99.0.12", "cisco WS-C3750X-24"
        ),
        Neighbour("cdp", "GigabitEthernet1/0/3", "MikroTik", "ether1", "", "MikroTik"),
    ]


@pytest.mark.parametrize(
    ("text", "seconds"), [("2 weeks, 1 day", 15 * 86400), ("1 hour, 1 minute", 3660), ("5 seconds", 5), ("lama", None)]
)
def test_spoken_time(text: str, seconds: int | None) -> None:
    assert spoken_seconds(text) == seconds


@pytest.mark.parametrize(
    "line",
    [
        "enable secret 9 $9$RAHASIA1", "username budi privilege 15 secret 5 $1$RAHASIA1", " password 7 RAHASIA1",
        "snmp-server community RAHASIA1 RO 10", "snmp-server host 10.0.0.1 version 2c RAHASIA1", " key 7 RAHASIA1",
        " neighbor 10.0.0.1 password 7 RAHASIA1", "crypto isakmp key RAHASIA1 address 0.0.0.0", "  key-string RAHASIA1",
        " ip ospf message-digest-key 1 md5 7 RAHASIA1", "ntp authentication-key 1 md5 RAHASIA1 7",
        " ppp chap password 0 RAHASIA1", "Community name: RAHASIA1",
        " standby 1 authentication md5 key-string RAHASIA1",
        "radius-server host 10.0.0.1 key RAHASIA1", "snmp-server user u g v3 auth sha RAHASIA1 priv aes 128 LAIN",
    ],
)  # fmt: skip
def test_outputs_are_masked(line: str) -> None:
    masked = inspection.load("ios").mask(f"a\n{line}\nb\n", Fingerprints(b"k"))
    assert "RAHASIA1" not in masked
    assert masked.startswith("a\n")
    assert masked.endswith("\nb\n")
