# SPDX-License-Identifier: GPL-3.0-or-later
"""Only what reads gets through, whatever the platform; anything else is refused before any login."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import inspection
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError, UnsupportedError

READS = {
    "ios": [
        "show version", "show ip route 10.0.0.0", "show running-config", "show interfaces GigabitEthernet1/0/1 status",
        "ping 10.0.0.1", "ping vrf mgmt 10.0.0.1 repeat 3", "dir flash:", "show logging", "show vlan brief",
    ],
    "routeros": [
        "/ip address print", "/ip/address/print", "ip address print detail", "/interface print stats without-paging",
        "/log print where topics~\"system\"", "/export", "/export terse hide-sensitive", "/ip firewall filter export",
        "/ping 10.0.0.1 count=3", "/ping address=10.0.0.1 count=3 interval=1s",
        "/interface/ethernet/monitor ether1 once",
        "/ip route print where dst-address=0.0.0.0/0", "/interface monitor-traffic ether1 once",
        "/system resource print",
        "/ip firewall filter print where disabled", "/ip firewall filter print count-only",
    ],
    "linux": [
        "ip -4 route show", "ip -j addr", "vtysh -c 'show ip ospf neighbor'", "nft list ruleset", "ss -tlnp",
        "systemctl status frr", "journalctl -u frr -n 50 --no-pager", "ping -c 3 -W 2 10.0.0.1", "df -h",
        "dig +short @10.0.0.1 example.test A", "cat /etc/os-release", "tc -s class show dev eth1", "lldpctl",
    ],
}  # fmt: skip
CHANGES = {
    "ios": [
        "configure terminal", "conf t", "reload", "reload in 5", "write memory", "copy running-config startup-config",
        "show running-config | redirect flash:x", "show version | include uptime", "show run", "sh version",
        "clear counters", "debug ip packet", "no ip routing", "delete flash:x", "show version\nreload",
        "do show version", "enable", "", "show", "show version ; reload", "show tech-support", "show crypto isakmp key",
        "terminal length 0", "monitor capture x", "ping", "tclsh", "more system:running-config", "erase startup-config",
    ],
    "routeros": [
        "/ip address add address=10.0.0.1/24 interface=ether1", "/system reboot", "/ip address print file=x",
        "/ip address print append", "/export file=x", "/ip address print; /system reboot", "/import x.rsc",
        "/ip address print [/system reboot]", "/ip address print where comment=$x", "/ip address remove 0",
        "/interface monitor-traffic ether1", "/ping 10.0.0.1", "/ip address print interval=1s", "/log print follow",
        "/ip address print follow-only", "/file remove x", "/system script run x", "/tool fetch url=http://x",
        "/ip address print where ([/system reboot])", "/ip address set [find] disabled=yes", ":put 1", "/quit", "/",
        "/user set admin password=x", "/ip address print where interface=\"a\\\"; /system reboot\"", "print", "",
        "/ip address print\n/system reboot", "/system backup save", "/ip address print as-value on-event=\"x\"",
        "/ip address print where interface={/system reboot}", "/export show-sensitive",
        "/ip address print where file=x", "/undo",
    ],
    "linux": [
        "ip route add default via 10.0.0.1", "rm -rf /", "ip route show; reboot", "cat /etc/shadow", "ss -tlnp | sh",
        "vtysh -c 'configure terminal'", "vtysh -c 'show run' -c 'conf t'", "nft flush ruleset", "systemctl stop frr",
        "journalctl --vacuum-size=1M", "ping 10.0.0.1", "ip route show > /etc/x", "echo $(reboot)",
        "dig -f /etc/shadow x",
        "systemctl restart frr", "ip -batch /tmp/x", "cat /etc/os-release /etc/shadow", "journalctl -f", "",
        "tc qdisc del dev eth1 root", "hostname baru", "dpkg -i x.deb", "ip link set eth0 down", "nft -f /tmp/x",
        "vtysh -c 'show ip route' extra", "ip netns exec x reboot", "vtysh -c 'show ip route\nconf t'", "'", "ls ~",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("platform", "command"), [(name, command) for name in READS for command in READS[name]])
def test_what_reads_is_allowed(platform: str, command: str) -> None:
    assert inspection.load(platform).check(command)


@pytest.mark.parametrize(("platform", "command"), [(name, command) for name in CHANGES for command in CHANGES[name]])
def test_everything_else_is_refused(platform: str, command: str) -> None:
    with pytest.raises(RefusedError):
        inspection.load(platform).check(command)


@given(
    platform=st.sampled_from(sorted(READS)),
    data=st.data(),
    tail=st.sampled_from(
        ["|", ";", "&", ">", "<", "`", "$(x)", "\n", "\r", "{", "[", "?", "!", "\\", "#", "\x03", "\x18"]
    ),
    rest=st.text(max_size=12),
)
def test_nothing_can_be_hung_on_to_a_command_that_reads(
    platform: str, data: st.DataObject, tail: str, rest: str
) -> None:
    command = data.draw(st.sampled_from(READS[platform]))
    for glue in ("", " "):
        with pytest.raises(RefusedError):
            inspection.load(platform).check(f"{command}{glue}{tail}x{rest}")


def test_both_spellings_of_a_menu_are_one() -> None:
    routeros = inspection.load("routeros")
    assert routeros.check("/ip/address/print detail") == routeros.check("ip address   print detail")
    assert routeros.check("/ip route print where dst-address=10.0.0.0/8") == (
        "/ip route print where dst-address=10.0.0.0/8"
    )


def test_a_linux_command_reaches_the_device_word_for_word() -> None:
    assert inspection.load("linux").check("vtysh -c 'show ip ospf neighbor'") == "vtysh -c 'show ip ospf neighbor'"


def test_an_unknown_platform_is_told() -> None:
    with pytest.raises(UnsupportedError, match="ios, linux, routeros"):
        inspection.load("junos")
