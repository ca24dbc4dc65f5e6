# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports: their form, what they hide, and that importing one on a blank device gives the same export again."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from emulators.core.personality import PERSONALITIES, Personality

from .conftest import Desk

SECRETS = {
    "/ppp secret add name=a password=kunci-ppp": "kunci-ppp",
    "/radius add address=10.0.0.9 secret=kunci-radius": "kunci-radius",
    "/snmp community add name=kunci-snmp": "kunci-snmp",
    "/ip ipsec peer add name=p address=192.0.2.1; /ip ipsec identity add peer=p secret=kunci-ipsec": "kunci-ipsec",
}


def fill(desk: Desk) -> None:
    for line in SECRETS:
        assert desk.type(line) == ""


def test_the_header(desk: Desk, old: Desk) -> None:
    form = (
        r"# \d{4}-\d\d-\d\d \d\d:\d\d:\d\d by RouterOS 7\.22\.3\n# software id = \w{4}-\w{4}\n#\n# model = RB750Gr3\n"
    )
    assert re.match(form, desk.type("/export"))
    assert "# serial number = HG209XKE3C7\n" in desk.type("/export")
    assert re.match(r"# [a-z]{3}/\d\d/\d{4} \d\d:\d\d:\d\d by RouterOS 6\.49\.18\n", old.type("/export"))


def test_sections_or_whole_lines(desk: Desk) -> None:
    desk.type("/ip address add address=10.0.0.1/24 interface=ether1")
    assert desk.type("/export").endswith("/ip address\nadd address=10.0.0.1/24 interface=ether1 network=10.0.0.0\n")
    assert desk.type("/export terse").endswith(
        "\n/ip address add address=10.0.0.1/24 interface=ether1 network=10.0.0.0\n"
    )
    assert "/ip address" not in desk.type("/system export")
    assert "/ip address\nadd" in desk.type("/ip address export")


def test_items_that_nobody_added(desk: Desk) -> None:
    desk.type("/interface ethernet set ether1 name=wan; /snmp community set [find default=yes] addresses=10.0.0.0/8")
    desk.type("/ip service set telnet disabled=yes; /ppp profile set default-encryption dns-server=10.0.0.1")
    desk.type("/system logging set 0 topics=info,!dhcp")
    lines = desk.config().splitlines()
    assert "/interface ethernet set [ find default-name=ether1 ] name=wan" in lines
    assert "/snmp community set [ find default=yes ] addresses=10.0.0.0/8" in lines
    assert "/ip service set telnet disabled=yes" in lines
    assert "/ppp profile set *FFFFFFFE dns-server=10.0.0.1" in lines
    assert "/system logging set 0 topics=info,!dhcp" in lines


def test_defaults_are_left_out_unless_asked_for(desk: Desk) -> None:
    desk.type("/interface bridge add name=lan protocol-mode=rstp")
    assert desk.config() == "/interface bridge add name=lan\n"
    shown = desk.type("/interface bridge export verbose terse")
    assert "protocol-mode=rstp" in shown
    assert "vlan-filtering=no" in shown


def test_explicit_menus_show_what_was_said(desk: Desk) -> None:
    desk.type("/routing ospf instance add name=a disabled=no; /routing ospf instance add name=b")
    assert desk.config() == "/routing ospf instance add disabled=no name=a\n/routing ospf instance add name=b\n"


def test_secrets_by_version(desk: Desk, old: Desk) -> None:
    fill(desk)
    fill(old)
    for secret in SECRETS.values():
        assert secret not in desk.type("/export")
        assert secret in desk.type("/export show-sensitive")
        assert secret in old.type("/export")
        assert secret not in old.type("/export hide-sensitive")


def test_users_are_never_exported(desk: Desk) -> None:
    desk.type("/user add name=budi group=read password=rahasia-budi")
    assert "budi" not in desk.type("/export show-sensitive")


def test_quoting(desk: Desk) -> None:
    desk.type('/system identity set name="a \\"b\\" \\$c \\\\ d?"')
    assert desk.config() == '/system identity set name="a \\"b\\" \\$c \\\\ d\\?"\n'
    desk.type('/system note set note="satu\\r\\ndua" show-at-login=yes')
    assert 'note="satu\\r\\ndua"' in desk.config()


def test_long_lines_are_broken(desk: Desk) -> None:
    desk.type(f'/ip firewall filter add chain=input comment="{"kata " * 60}" protocol=tcp dst-port=22,80,443')
    wrapped = desk.type("/ip firewall filter export").split("/ip firewall filter\n")[1]
    assert all(len(line) <= 79 for line in wrapped.splitlines())
    assert wrapped.count("\\\n    ") >= 4
    before = desk.config()
    desk.upload("lagi.rsc", "/ip firewall filter\nremove [find]\n" + wrapped)
    desk.type("/import lagi.rsc")
    assert desk.config() == before


def test_to_a_file(desk: Desk) -> None:
    desk.type("/ip address add address=10.0.0.1/24 interface=ether1; /export file=cadangan terse")
    assert b"/ip address add address=10.0.0.1/24" in desk.device.files["cadangan.rsc"]


def test_volatile_remarks(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(flags={"remarks": {"/ip/dhcp-server": "DHCP server can not run on slave interface!"}})
    desk.type("/ip dhcp-server add interface=ether2 name=d")
    assert "/ip dhcp-server\n# DHCP server can not run on slave interface!\nadd interface=ether2 name=d\n" in desk.type(
        "/export"
    )


def test_remarks_follow_the_configuration(desk: Desk) -> None:
    desk.type("/ip firewall filter add chain=input in-interface=ether2; /interface bridge add name=lan")
    assert "# in/out" not in desk.type("/export")
    desk.type("/interface bridge port add bridge=lan interface=ether2")
    expected = "# in/out-interface matcher not possible when interface (ether2) is slave - use master instead (lan)\n"
    assert expected in desk.type("/export")
    assert expected in desk.type("/export terse")
    desk.type("/interface bridge port remove [find]")
    assert "# in/out" not in desk.type("/export")


def test_verbose_exports_never_look_the_same_twice(desk: Desk) -> None:
    desk.type("/interface bridge add name=lan")
    first, second = (desk.type("/interface bridge export verbose terse") for _ in range(2))
    assert re.search(r" admin-mac=02(:[0-9A-F]{2}){5} ", first)
    assert re.findall("admin-mac=[^ ]+", first) != re.findall("admin-mac=[^ ]+", second)


def test_dotted_names_are_shortened_and_read(desk: Desk) -> None:
    desk.type("/routing bgp instance add name=i as=64512")
    desk.type("/routing bgp connection add name=p instance=i local.role=ebgp remote.address=192.0.2.1 .as=64500")
    assert desk.config().endswith(
        "/routing bgp connection add instance=i local.role=ebgp name=p remote.address=192.0.2.1/32 .as=64500\n"
    )


@pytest.mark.parametrize("name", sorted(path.stem for path in Path(PERSONALITIES).glob("routeros-*.yml")))
def test_a_personality_exports_what_its_seed_says(make_desk: Callable[..., Desk], name: str) -> None:
    known = Personality.load(name)
    desk = make_desk(known.version, model=known.model, serial=known.serial, seed=known.seed)
    blank = make_desk(known.version, model=known.model, serial=known.serial)
    text = desk.type("/export" if known.version.startswith("6") else "/export show-sensitive")
    blank.upload("seed.rsc", text)
    assert "executed successfully" in blank.type("/import seed.rsc")
    assert blank.config() == desk.config()
    body = text.split("\n/", 1)[1]
    seeded = known.seed.rstrip("\n").replace("\\\n    ", "")
    assert set(seeded.splitlines()) <= set(f"/{body}".replace("\\\n    ", "").splitlines())
