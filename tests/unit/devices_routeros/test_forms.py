# SPDX-License-Identifier: GPL-3.0-or-later
"""A value whose form no RouterOS takes is refused with its line before any login; every other one is left alone."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.forms import malformed
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.menus import TABLE
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

TARGET = Target("r1", "7.16.2", "otomasi", "10.99.0.21", ("10.99.0.0/24",), 22)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/ip/address\nadd address=10.20.0.300/24 interface=ether2", ["baris 2", "10.20.0.300/24"]),
        ("/ip/address\nadd address=10.20.0.1/33 interface=ether2", ["baris 2", "10.20.0.1/33"]),
        ("/ip/address\nadd address=10.20.0.0.1/24 interface=ether2", ["baris 2", "10.20.0.0.1/24"]),
        ("/ip/firewall/address-list\nadd list=a address=10.0.0.1-10.0.0.256", ["baris 2", "10.0.0.256"]),
        ("/ip/route\nadd dst-address=0.0.0.0/0\nadd dst-address=10.300.0.0/16", ["baris 3", "10.300.0.0/16"]),
        ("/queue/simple\nadd name=a target=10.20.0.0/24,10.20.1.0/240", ["baris 2", "10.20.1.0/240"]),
        ("/queue/simple\nadd name=a target=10.20.0.0/24 max-limit=20MB/5M", ["baris 2", "20MB"]),
        (
            "/ip/dhcp-server/lease\nadd address=10.20.0.9 mac-address=02:00:00:00:0G:01",
            ["baris 2", "0G:01"],
        ),
        ("/ipv6/address\nadd address=2001:db8:::1/64 interface=ether2", ["baris 2", "2001:db8:::1/64"]),
    ],
)
def test_a_slip_is_told_with_its_line(text: str, words: list[str]) -> None:
    with pytest.raises(RefusedError) as caught:
        load("routeros").parse(text, TARGET)
    assert all(word in str(caught.value) for word in words), caught.value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("prefix", "portal.ujikab.go.id"),
        ("prefix", "10.1"),
        ("prefix", "fe80::1%ether1"),
        ("prefix", "!10.0.0.0/8"),
        ("prefix", "10.0.0.1-10.0.0.9"),
        ("prefix", "10.0.0.0/255.255.255.0"),
        ("prefix", "::/0"),
        ("prefix", ""),
        ("prefix-set", "bridge-lan,10.20.0.0/24"),
        ("rate", "unlimited/unlimited"),
        ("rate", "1500k/2M"),
        ("mac", ""),
        ("mac", "02:00:00:AA:BB:CC/FF:FF:FF:FF:FF:FF"),
        ("word", "10.20.0.300"),
    ],
)
def test_what_a_device_may_take_is_left_to_it(kind: str, value: str) -> None:
    assert malformed(kind, value) == ""


@given(st.ip_addresses(), st.integers(0, 32))
def test_every_address_is_one(address: ipaddress.IPv4Address | ipaddress.IPv6Address, length: int) -> None:
    assert malformed("prefix", str(address)) == ""
    assert malformed("prefix", f"!{address}/{length}") == ""


def test_every_default_has_a_form_that_is_taken() -> None:
    for path, menu in TABLE.items():
        for prop in menu.all_properties:
            assert malformed(prop.kind, prop.default or "") == "", f"{path} {prop.name}"
