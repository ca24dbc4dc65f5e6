# SPDX-License-Identifier: GPL-3.0-or-later
"""What is refused before any login, each with its line; what is accepted as it stands."""

from __future__ import annotations

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError, UnsupportedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.parse import parse
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

TARGET = Target("sw1", "15.2(7)E4", "terpusat", "10.0.0.2", ("10.99.0.0/24",))
VTY = "line vty 0 4\n access-class M in\n transport input ssh\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("hostname a\nint gi0/1\n", 2, "tulis lengkap"),
        ("interface Gi0/1\n", 1, "interface GigabitEthernet0/1"),
        ("interface gigabitethernet0/1\n", 1, "GigabitEthernet"),
        ("interface range GigabitEthernet0/1 - 4\n", 1, "interface range"),
        ("interface Vlan10\n   ip address 10.0.0.9 255.0.0.0\n", 2, "menjorok 3 spasi"),
        (" hostname a\n", 1, "tanpa bagian"),
        ("hostname a\nsnmp-server location x\nhostname b\n", 3, "bertentangan dengan baris 1"),
        ("hostname a\nsnmp-server location \x03\n", 2, "karakter kendali"),
        ("\ufeffhostname a\n", 1, "karakter kendali"),
        ("hostname a\n ip address dhcp\n", 2, "bukan bagian"),
        ("interface Vlan10\n\tip address dhcp\n", 2, "tab"),
        ("banner motd ^C\nHalo\n", 1, "tidak pernah ditutup"),
        ("crypto pki certificate chain A\n certificate ca 01\n  30820229 30820192\nhostname x\n", 2, "sertifikat"),
        ("vlan 10\nvlan 10\n", 2, "baris 1"),
        ("interface Vlan10\n description a\ninterface Vlan10\n description b\n", 3, "baris 1"),
        ("no router ospf 1\n", 1, "tidak bermakna"),
        ("interface Vlan10\n no description\n", 2, "tidak bermakna"),
        ("interface Vlan10\n ip address 10.0.0.9/24\n", 2, "mask"),
        ("interface Vlan10\n ip addr 10.0.0.9 255.255.255.0\n", 2, "'address'"),
        ("interface Vlan10\n desc kantor\n", 2, "'description'"),
        ("ip route 10.0.0.0/8 10.0.0.1\n", 1, "mask"),
        ("ip prefix-list A permit 10.0.0.0/8\n", 1, "seq"),
        ("snmp-server user u g v3 auth sha abc\n", 1, "v3 auth sha SANDI"),
        ("! own:\nhostname a\n", 1, "awalan"),
        ("no ip ssh version 2\n", 1, "SSH"),
        ("line vty 0 4\n transport input none\n", 2, "SSH"),
        ("line vty 0 4\n transport input telnet\nline vty 5 15\n transport input none\n", 2, "SSH"),
        (f"ip access-list standard M\n permit 10.98.0.0 0.0.0.255\n{VTY}", 4, "akhir daftar"),
        (f"ip access-list standard M\n deny 10.99.0.128 0.0.0.127\n permit any\n{VTY}", 2, "menolak login"),
        (f"access-list 7 deny any\n{VTY.replace('M', '7')}", 1, "menolak login"),
        (
            "ip access-list extended M\n deny tcp any any eq 22\n permit ip any any\ninterface Vlan10\n"
            " ip address 10.0.0.2 255.255.255.0\n ip access-group M in\n",
            2,
            "menolak login",
        ),
        ("interface Vlan10\n ip address 10.0.0.2 255.255.255.0\n shutdown\n", 3, "mematikan antarmuka manajemen"),
        ("hostname a\n! own: username terpusat\n", 2, "menghapus pengguna login kami"),
        ("username terpusat privilege 15\n", 1, "tidak punya sandi"),
    ],
)
def test_refused_with_the_line(text: str, line: int, says: str) -> None:
    with pytest.raises(RefusedError, match=f"baris {line}: .*{says}"):
        parse(text, TARGET)


def test_all_problems_come_at_once() -> None:
    with pytest.raises(RefusedError) as refused:
        parse("int Vlan10\nhostname a\n foo\nip route 10.0.0.0/8 10.0.0.1\n", TARGET)
    assert all(f"baris {number}:" in str(refused.value) for number in (1, 3, 4))


def test_a_secret_never_stands_in_a_refusal() -> None:
    for text in ("no username a secret r4has1a\n", "user a secret r4has1a\n", "hostname a\n key r4has1a\n"):
        with pytest.raises(RefusedError) as refused:
            parse(text, TARGET)
        assert "r4has1a" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        f"ip access-list standard M\n permit 10.99.0.0 0.0.0.255\n deny any\n{VTY}",
        f"ip access-list standard M\n permit 10.99.0.0 0.0.0.127\n permit 10.99.0.128 0.0.0.127\n{VTY}",
        f"ip access-list extended M\n deny udp any any\n permit tcp 10.99.0.0 0.0.0.255 any eq 22\n{VTY}",
        # What cannot be read ends the judgement: the fresh login proves it.
        f"ip access-list extended M\n permit tcp object-group ADMIN any eq 22\n{VTY}",
        "line vty 0 4\n transport input ssh\nline vty 5 15\n transport input none\n",
        "interface GigabitEthernet1/0/1\n no switchport\n ip address 10.1.0.1 255.255.255.0\n no shutdown\n",
        "no ip http server\nno ip domain lookup\nno aaa new-model\n",
        "router bgp 65001\n address-family ipv4\n  neighbor 10.0.0.1 activate\n exit-address-family\n",
        "crypto pki certificate chain A\n certificate ca 01\n  30820229 30820192\n  \tquit\n",
        "banner login #Halo#\nbanner motd ^C\nint gi0/1 di dalam spanduk\n^C\n",
        "interface GigabitEthernet1/0/1\n switchport trunk allowed vlan 10\n switchport trunk allowed vlan add 20\n",
    ],
)
def test_accepted(text: str) -> None:
    parse(text, TARGET)


def test_features_by_version() -> None:
    text = "hostname a\ndevice-tracking policy A\n"
    with pytest.raises(UnsupportedError, match=r"baris 2: .*15\.2"):
        parse(text, TARGET)
    parse(text, Target("sw1", "17.03.04"))
    parse(text, Target("sw1"))
