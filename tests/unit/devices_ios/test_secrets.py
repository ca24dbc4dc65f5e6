# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of secret is found, masked, and compared with the form that the device gives back."""

from __future__ import annotations

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios import secrets
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.reading import whole
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from emulators.ios.hashes import encrypt7

HIDE = Fingerprints(b"kunci")
#: both of "hashcat" (example hashes of that program)
TYPE_5 = "$1$28772684$iEwNOgGugqO9.bIz5sk8k/"
TYPE_9 = "$9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6"
LINES = [
    "enable secret {}",
    "enable secret 5 {}",
    "enable password level 7 {}",
    "username a privilege 15 secret 9 {}",
    "username a password 7 {}",
    "username a privilege 15 secret {}",
    "snmp-server community {} RO 10",
    "snmp-server community {}",
    "snmp-server host 10.0.0.1 version 2c {}",
    "snmp-server host 10.0.0.1 {}",
    "snmp-server user u g v3 auth sha {} priv aes 128 {}",
    "tacacs-server key 7 {}",
    "tacacs-server host 10.0.0.1 key {}",
    "radius-server key {}",
    " key 7 {}",
    " key {}",
    " key-string 7 {}",
    " key-string {}",
    " server-key 7 {}",
    " client 10.0.0.1 server-key {}",
    " neighbor 10.0.0.1 password 7 {}",
    " ip ospf authentication-key 7 {}",
    " ip ospf message-digest-key 1 md5 {}",
    " area 1 virtual-link 10.0.0.1 message-digest-key 1 md5 7 {}",
    " standby 1 authentication md5 key-string {}",
    " standby 1 authentication {}",
    " vrrp 1 authentication text {}",
    "ntp authentication-key 1 md5 {} 7",
    "crypto isakmp key {} address 10.0.0.1",
    "crypto isakmp key 6 {} address 10.0.0.1",
    " pre-shared-key address 10.0.0.1 key {}",
    " pre-shared-key local {}",
    " pre-shared-key {}",
    " ppp chap password 0 {}",
    " ppp pap sent-username opd password 7 {}",
    " security wpa psk set-key ascii 0 {}",
    " wpa-psk ascii 7 {}",
    " password 7 {}",
    " password {}",
    "ip ftp password {}",
    "vtp password {}",
    " path ftp://opd:{}@10.0.0.1/arsip",
    " something new password 7 {}",
]


@pytest.mark.parametrize("line", LINES)
def test_no_secret_is_shown(line: str) -> None:
    one, other = (secrets.mask_text(line.replace("{}", word), HIDE) for word in ("r4has1a-lama", "r4has1a-baru"))
    assert "r4has1a" not in one
    assert "<rahasia " in one
    assert one != other


@pytest.mark.parametrize("line", LINES)
def test_snapshot_and_diff_carry_none(line: str) -> None:
    platform = platforms.load("ios")
    header = "router bgp 1\n" if line.startswith(" ") else ""
    text = (
        f"Building configuration...\n\nCurrent configuration : 1 bytes\n{header}{line.replace('{}', 'r4has1a')}\nend\n"
    )
    reading = whole(text, "sw1")
    assert "r4has1a" not in platform.snapshot(reading, HIDE)["running-config"]


@pytest.mark.parametrize(
    ("intended", "running", "equal"),
    [
        ("enable secret hashcat", f"enable secret 9 {TYPE_9}", True),
        ("enable secret hashcap", f"enable secret 9 {TYPE_9}", False),
        ("enable secret hashcat", "enable secret 5 $1$28772684$iEwNOgGugqO9.bIz5sk8k/", True),
        (
            "username a privilege 15 algorithm-type scrypt secret hashcat",
            f"username a privilege 15 secret 5 {TYPE_5}",
            False,
        ),
        ("username a privilege 15 secret hashcat", f"username a privilege 1 secret 5 {TYPE_5}", False),
        ("key cisco", "key 7 0822455D0A16", True),
        ("key 7 05080F1C2243", "key 7 0822455D0A16", True),
        ("key cisca", "key 7 0822455D0A16", False),
        ("neighbor 10.0.0.1 password cisco", "neighbor 10.0.0.2 password 7 0822455D0A16", False),
        ("ntp authentication-key 1 md5 cisco", "ntp authentication-key 1 md5 0822455D0A16 7", True),
        ("snmp-server community publik RO", "snmp-server community publik RW", False),
    ],
)
def test_a_secret_is_what_it_says_in_whatever_form(intended: str, running: str, equal: bool) -> None:
    assert secrets.same(intended, running) is equal


def test_type_6_cannot_be_compared_and_says_so() -> None:
    platform = platforms.load("ios")
    intended = platform.parse("crypto isakmp key rahasia address 10.0.0.1\n", Target("sw1"))
    text = "Building configuration...\ncrypto isakmp key 6 ABCDEF address 10.0.0.1\nend\n"
    with pytest.raises(RefusedError, match="tipe 6") as refused:
        platform.normalise(intended, whole(text, "sw1"))
    assert "ABCDEF" not in str(refused.value)


def test_a_changed_secret_shows_as_two_fingerprints() -> None:
    platform = platforms.load("ios")
    wanted = "interface Tunnel1\n ip ospf authentication-key baru\n"
    running = f"Building configuration...\ninterface Tunnel1\n ip ospf authentication-key 7 {encrypt7('lama')}\nend\n"
    intended = platform.parse(wanted, Target("sw1"))
    (change,) = platform.diff(platform.normalise(intended, whole(running, "sw1")), HIDE)
    assert HIDE.of("lama") in change.before
    assert HIDE.of("baru") in change.after


def test_only_the_string_of_a_numbered_key_is_secret() -> None:
    chain = "key chain OSPF\n key 1\n  key-string 7 0822455D0A16\n key 2\nradius server PUSAT\n key 1234\n"
    shown = secrets.mask_text(chain, HIDE).splitlines()
    assert [shown[1], shown[3]] == [" key 1", " key 2"]
    assert shown[2] == f"  key-string 7 {HIDE.of('cisco')}"
    # The same word elsewhere is a shared secret, however short.
    assert shown[5] == f" key {HIDE.of('1234')}"
    platform = platforms.load("ios")
    intended = platform.parse("key chain OSPF\n key 2\n  key-string rahasia\n", Target("sw1"))
    running = whole("Building configuration...\nhostname sw1\nend\n", "sw1")
    patch = platform.render_patch(intended, running, [])
    assert " key 2\n" in platform.describe(patch, HIDE)
    assert "rahasia" not in platform.describe(patch, HIDE).replace("<rahasia", "")


@pytest.mark.parametrize("line", LINES)
def test_no_line_is_passed_over_for_lack_of_a_hint(line: str) -> None:
    text = line.strip().replace("{}", "r4has1a")
    assert any(pattern.match(text) for pattern in secrets._COMPILED) == (secrets.find(text) is not None)
