# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be typed, and how mistakes are told."""

from collections.abc import Callable

import pytest

from .conftest import Desk


@pytest.mark.parametrize(
    "line",
    [
        "/ip/address/add address=10.0.0.1/24 interface=ether1",
        "/ip address add address=10.0.0.1/24 interface=ether1",
        "ip address add address=10.0.0.1/24 interface=ether1",
        ":ip address add address=10.0.0.1/24 interface=ether1",
        "/ip addr add addr=10.0.0.1/24 int=ether1",
        "/ip address add address=10.0.0.1/24 \\\n    interface=ether1",
        "/ip address add address=\\\n    10.0.0.1/24 interface=ether1",
        "/ip address\nadd address=10.0.0.1/24 interface=ether1",
        "# catatan\n/ip address; add address=10.0.0.1/24 interface=ether1",
        "{ /ip address add address=10.0.0.1/24 interface=ether1 }",
        '/ip address add address="10.0.0.1/24" interface="ether1"',
        ":local a 10.0.0.1/24; /ip address add address=$a interface=ether1",
        '/ip address add address=("10.0.0.1" . "/24") interface=[/interface get 0 name]',
    ],
)
def test_one_meaning_many_spellings(desk: Desk, line: str) -> None:
    assert desk.type(line) == ""
    assert desk.config() == "/ip address add address=10.0.0.1/24 interface=ether1 network=10.0.0.0\n"


def test_six_knows_blanks_only(old: Desk) -> None:
    assert old.type("/ip/address/print") == "bad command name ip/address/print (line 1 column 2)\n"
    assert old.type("/ip address add address=10.0.0.1/24 interface=ether1") == ""


def test_menus_are_entered_and_left(desk: Desk) -> None:
    desk.type("/ip address")
    assert desk.state.menu == ("ip", "address")
    desk.type("add address=10.0.0.1/24 interface=ether1")
    desk.type("..")
    assert desk.state.menu == ("ip",)
    assert desk.type("address print count-only") == "1\n"
    desk.type(".. system identity")
    assert desk.state.menu == ("system", "identity")
    desk.type("/")
    assert desk.state.menu == ()
    assert desk.type("/ip address print count-only") == "1\n"
    assert desk.state.menu == ()


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/foo", "bad command name foo (line 1 column 2)"),
        ("/ip foo print", "bad command name foo (line 1 column 5)"),
        ("/ip/address/foo", "bad command name foo (line 1 column 13)"),
        ("/ip address add foo=1", "bad parameter foo (line 1 column 17)"),
        ("/ip address add nonsense", "expected end of command (line 1 column 17)"),
        ("/ip address print where foo=1", "bad parameter foo (line 1 column 25)"),
        ("/ip address\nprint\nfoo", "bad command name foo (line 3 column 1)"),
        (':put "abc', "expected closing quote (line 1 column 6)"),
        (":put (1 +", "syntax error (line 1 column 10)"),
        ("/ip address add address=10.0.0.1/24 }", "syntax error (line 1 column 37)"),
        ("/ip/address/", "expected command name (line 1 column 13)"),
    ],
)
def test_mistakes_of_syntax(desk: Desk, line: str, answer: str) -> None:
    assert desk.type(line) == answer + "\n"


def test_a_mistake_anywhere_stops_everything(desk: Desk) -> None:
    shown = desk.type("/ip address add address=10.0.0.1/24 interface=ether1; /ip address foo")
    assert shown == "bad command name foo (line 1 column 67)\n"
    assert desk.config() == ""


def test_six_has_its_own_words_for_unknown_arguments(old: Desk) -> None:
    assert old.type("/ip address add foo=1") == "expected end of command (line 1 column 17)\n"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/ip address add address=300.0.0.1/24 interface=ether1", "invalid value for argument address"),
        ("/ip address add address=10.0.0.1/24 interface=ether9", "input does not match any value of interface"),
        (
            "/ip address add address=10.0.0.1/24 interface=ether",
            "ambiguous value of interface, more than one possible value matches input",
        ),
        ("/ip address set 7 comment=x", "no such item"),
        ("/ip address set *7 comment=x", "no such item"),
        ("/interface set ether9 comment=x", "no such item"),
        ("/ip firewall filter add chain=input action=permit", "input does not match any value of action"),
        ("/interface vlan add vlan-id=5000 interface=ether1", "value of vlan-id out of range (1..4095)"),
        ("/ip pool add ranges=tidak-ada", "value of range must have ip address before '-'"),
        ("/queue simple add target=10.0.0.1 max-limit=banyak", "invalid value for argument max-limit"),
        ("/system scheduler add name=x interval=sering", "invalid value of interval, time interval required"),
        ("/ip dns static add address=10.0.0.1", "failure: name or regexp required"),
        ("/user group add policy=read", "failure: invalid group name"),
        ("/ip address add address=10.0.0.1/33 interface=ether1", "value of netmask out of range (0..32)"),
        (
            "/ip firewall filter add chain=input dst-port=22",
            "failure: ports can be specified if proto is tcp,udp,udp-lite,dccp,sctp",
        ),
    ],
)
def test_what_a_command_refuses(make_desk: Callable[..., Desk], line: str, answer: str) -> None:
    for version in ("7.22.3", "6.49.18"):
        desk = make_desk(version)
        shown = desk.type(line)
        if version.startswith("6"):
            assert shown == answer + "\n"
        else:
            assert shown.startswith(answer + " (/")
            assert shown.endswith("; line 1)\n")
        assert desk.config() == ""


def test_left_out_arguments(desk: Desk, old: Desk) -> None:
    line = "/ip address add comment=x"
    assert (
        desk.type(line) == "Script Error: missing value(s) of argument(s) address interface (/ip/address/add; line 1)\n"
    )
    assert old.type(line) == "missing value(s) of argument(s) address interface\n"


def test_already_there(desk: Desk, old: Desk) -> None:
    for console, tail in ((desk, " (/ip/address/add; line 1)"), (old, "")):
        console.type("/ip address add address=10.0.0.1/24 interface=ether1")
        shown = console.type("/ip address add address=10.0.0.1/24 interface=ether1")
        assert shown == f"failure: already have such address{tail}\n"
    desk.type("/interface bridge add name=lan")
    assert "already have interface with name lan" in desk.type(
        "/interface vlan add name=lan vlan-id=5 interface=ether1"
    )


def test_menus_and_arguments_of_the_version(desk: Desk, old: Desk) -> None:
    assert "bad command name network" in desk.type("/routing ospf network add network=10.0.0.0/8 area=backbone")
    assert old.type("/routing ospf network add network=10.0.0.0/8 area=backbone") == ""
    assert desk.type("/interface wireguard add name=wg1") == ""
    assert "bad command name wireguard" in old.type("/interface wireguard add name=wg1")
    assert "bad parameter primary-ntp" in desk.type("/system ntp client set primary-ntp=10.0.0.1")
    assert old.type("/system ntp client set primary-ntp=10.0.0.1") == ""
