# SPDX-License-Identifier: GPL-3.0-or-later
"""What is refused before any login, with its line, and what is refused after reading, with nothing touched."""

from __future__ import annotations

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError, UnsupportedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros import reading
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

TARGET = Target("r1", "7.16.2", "otomasi", "10.99.0.21", ("10.99.0.0/24",), 22)
SIX = Target("r1", "6.49.10", "otomasi", "10.99.0.21", ("10.99.0.0/24",), 22)
HEAD = "# 2026-11-22 03:00:00 by RouterOS 7.16.2\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/ip/service\nset ssh disabled=yes", ["baris 2", "ssh"]),
        ("/ip/service\nset telnet disabled=yes\nset ssh port=2200", ["baris 3", "2200"]),
        ("/ip/service/set ssh address=192.0.2.0/24", ["baris 1", "10.99.0.0/24"]),
        ("/ip/service/set [find name=ssh] address=10.99.0.0/25", ["baris 1", "10.99.0.0/24"]),
        ("/user\nset otomasi disabled=yes", ["baris 2", "otomasi"]),
        ("/user\nset [find name=otomasi] group=read", ["baris 2", "hak"]),
        ("/user\nset otomasi address=192.0.2.1", ["baris 2", "10.99.0.0/24"]),
        ('/ip/address\nadd address=10.99.0.21/24 interface=ether5 disabled=yes comment="terpusat:k"', ["baris 2"]),
        (
            "/interface/ethernet\nset [find default-name=ether5] disabled=yes\n/ip/address\nadd address=10.99.0.21/24 "
            'interface=ether5 comment="terpusat:k"',
            ["baris 2", "ether5"],
        ),
        (
            '/ip/firewall/filter\nadd chain=input action=drop protocol=tcp dst-port=22 comment="terpusat:a"\n'
            'add chain=input action=accept src-address=10.99.0.0/24 comment="terpusat:b"',
            ["baris 2", "10.99.0.0/24"],
        ),
        (
            "/ip/firewall/filter\nadd chain=input action=accept connection-state=established,related "
            'comment="terpusat:a"\nadd chain=input action=accept src-address=192.0.2.0/24 comment="terpusat:b"\n'
            'add chain=input action=drop comment="terpusat:c"',
            ["baris 4"],
        ),
        ('/ip/firewall/raw\nadd chain=prerouting action=drop comment="terpusat:a"', ["baris 2", "prerouting"]),
    ],
)
def test_a_text_that_locks_us_out_is_refused_with_its_line(text: str, words: list[str]) -> None:
    with pytest.raises(RefusedError) as caught:
        load("routeros").parse(text, TARGET)
    assert all(word in str(caught.value) for word in words), caught.value


@pytest.mark.parametrize(
    "text",
    [
        "/ip/service\nset ssh port=22 address=10.99.0.0/16",
        "/ip/firewall/filter\nadd chain=input action=accept protocol=tcp dst-port=22 src-address=10.99.0.0/24 "
        'comment="terpusat:a"\nadd chain=input action=drop comment="terpusat:z"',
        "/ip/firewall/address-list\nadd list=kelola address=10.99.0.0/24\n/ip/firewall/filter\nadd chain=input "
        'action=drop src-address-list=!kelola comment="terpusat:a"',
        '/ip/firewall/filter\nadd chain=input action=drop in-interface-list=WAN comment="terpusat:a"',
        '/ip/firewall/filter\nadd chain=input action=drop disabled=yes comment="terpusat:a"',
        '/ip/firewall/filter\nadd chain=forward action=drop comment="terpusat:a"',
        "/ip/service\nset www disabled=yes",
    ],
)
def test_a_text_that_leaves_the_way_in_open_is_taken(text: str) -> None:
    load("routeros").parse(text, TARGET)


@pytest.mark.parametrize(
    ("target", "text", "kind", "words"),
    [
        (TARGET, "/ip/firewall/filtr\nadd chain=input", RefusedError, ["baris 1", "/ip/firewall/filtr"]),
        (TARGET, "/ip/dns\n\nset servrs=1.1.1.1", RefusedError, ["baris 3", "servrs"]),
        (TARGET, '/ip/firewall/nat\nadd chain=srcnat action=masquerad comment="terpusat:n"', RefusedError, ["baris 2"]),
        (TARGET, "/ip/dns\nset allow-remote-requests=maybe", RefusedError, ["baris 2", "yes atau no"]),
        (TARGET, "/routing/ospf/network\nadd network=10.0.0.0/8", UnsupportedError, ["baris 1", "7.16.2"]),
        (SIX, "/interface/wireguard\nadd name=wg0", UnsupportedError, ["baris 1", "6.49.10"]),
        (SIX, "/system/ntp/client\nset servers=10.0.0.1", UnsupportedError, ["baris 2", "servers"]),
        (TARGET, "/system/ntp/client\nset primary-ntp=10.0.0.1", UnsupportedError, ["baris 2", "primary-ntp"]),
        (TARGET, "/ip/firewall/filter\nadd chain=forward action=drop", RefusedError, ["baris 2", "terpusat:"]),
        (TARGET, "/ip/route\nadd dst-address=10.0.0.0/8 gateway=10.1.1.1", RefusedError, ["baris 2", "terpusat:"]),
        (TARGET, "/ip/pool\nadd name=a ranges=10.0.0.1\nadd name=a ranges=10.0.0.2", RefusedError, ["baris 3"]),
        (TARGET, "/ip/pool\nremove [find name=a]", RefusedError, ["baris 2", "remove"]),
        (TARGET, "/ip/dns\nadd servers=10.0.0.1", RefusedError, ["baris 2", "set"]),
        (TARGET, '/ip/pool\nadd name="a', RefusedError, ["baris 2", "kutip"]),
        (TARGET, "\n# kosong\n", RefusedError, ["kosong"]),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(
    target: Target, text: str, kind: type[Exception], words: list[str]
) -> None:
    with pytest.raises(kind) as caught:
        load("routeros").parse(text, target)
    assert type(caught.value) is kind
    assert all(word in str(caught.value) for word in words), caught.value


@pytest.mark.parametrize(
    ("text", "running", "words"),
    [
        (
            "/ip/address\n",
            '/ip address add address=10.99.0.21/24 interface=ether5 comment="terpusat:k"',
            ["10.99.0.21"],
        ),
        (
            '/ip/address\nadd address=10.99.0.22/24 interface=ether5 comment="terpusat:k"',
            '/ip address add address=10.99.0.21/24 interface=ether5 comment="terpusat:k"',
            ["baris 2", "10.99.0.21"],
        ),
        ("/user\n", '/user add name=otomasi group=full comment="terpusat:otomasi"', ["otomasi"]),
        (
            "/interface/vlan\n",
            '/interface vlan add name=tamu vlan-id=5 interface=ether2 comment="terpusat:tamu"\n'
            "/ip dhcp-server add name=x interface=tamu",
            ["tamu", "/ip/dhcp-server"],
        ),
        (
            "/ip/firewall/filter\n",
            '/ip firewall filter add chain=forward comment="terpusat:a"\n'
            '/ip firewall filter add chain=input comment="terpusat:a dua"',
            ["terpusat:a", "lebih dari satu"],
        ),
    ],
)
def test_what_a_difference_must_not_lead_to_is_refused_after_reading(text: str, running: str, words: list[str]) -> None:
    platform = load("routeros")
    intended = platform.parse(text, TARGET)
    with pytest.raises(RefusedError) as caught:
        platform.normalise(intended, reading.parse(HEAD + running + "\n", None))
    assert all(word in str(caught.value) for word in words), caught.value


def test_an_unfinished_or_broken_export_is_not_compared() -> None:
    for text in (
        "",
        "/ip dns set servers=1.1.1.1\n",
        HEAD + "#error exporting /ip/firewall/filter\n",
        HEAD + '/ip pool add name="x\n',
    ):
        with pytest.raises(RefusedError):
            reading.parse(text, None)
