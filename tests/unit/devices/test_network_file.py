# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses and routes: .network files against what ip shows."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.network_file import (  # noqa: E501
    NetworkFile,
    parse_file,
    parse_ip,
)

FILE = """[Match]
Name=eth3

[Link]
MTUBytes=1400

[Network]
Address=10.50.0.1/24
Address=2001:DB8:0::1/64
Gateway=10.50.0.2
LinkLocalAddressing=no

[Address]
Address=10.51.0.1/24
# Address=10.99.0.1/24

[Route]
Destination=10.0.0.0/8
Gateway=10.50.0.3
Metric=50
"""
LINES = """up
mtu 1400
address 10.50.0.1/24
address 10.51.0.1/24
address 2001:db8::1/64
route 0.0.0.0/0 via 10.50.0.2
route 10.0.0.0/8 via 10.50.0.3 metric 50
"""
ADDRESS = [
    {
        "ifname": "eth3",
        "flags": ["BROADCAST", "UP", "LOWER_UP"],
        "mtu": 1400,
        "addr_info": [
            {"family": "inet", "local": "10.51.0.1", "prefixlen": 24, "scope": "global"},
            {"family": "inet", "local": "10.50.0.1", "prefixlen": 24, "scope": "global"},
            {"family": "inet6", "local": "2001:db8::1", "prefixlen": 64, "scope": "global"},
            {"family": "inet6", "local": "fe80::1", "prefixlen": 64, "scope": "link"},
        ],
    },
    {},
]
# As "ip -N -j route" prints: protocols as numbers, none at all for a route made by hand.
ROUTES = [
    {"dst": "default", "gateway": "10.50.0.2", "dev": "eth3", "protocol": "4", "flags": []},
    {"dst": "10.0.0.0/8", "gateway": "10.50.0.3", "dev": "eth3", "protocol": "4", "metric": 50, "flags": []},
    {"dst": "10.50.0.0/24", "dev": "eth3", "protocol": "2", "scope": "253", "flags": []},
    {"dst": "10.88.0.0/16", "gateway": "10.50.0.2", "dev": "eth3", "protocol": "196", "metric": 20, "flags": []},
    {"dst": "10.89.0.0/16", "gateway": "10.50.0.2", "dev": "eth3", "protocol": "188", "metric": 20, "flags": []},
]


def shown(address: object = ADDRESS, routes: object = ROUTES) -> str:
    return parse_ip(json.dumps(address), [json.dumps(routes)])["eth3"].lines(parse_file("f", FILE))


def test_file_and_kernel_come_to_the_same_lines() -> None:
    assert parse_file("f", FILE).lines() == LINES
    assert shown() == LINES


def test_a_route_made_by_hand_shows_and_those_of_frr_do_not() -> None:
    by_hand = [*ROUTES, {"dst": "10.77.0.0/16", "gateway": "10.50.0.9", "dev": "eth3", "flags": []}]
    assert shown(routes=by_hand) == LINES + "route 10.77.0.0/16 via 10.50.0.9\n"


def test_an_interface_that_is_down_shows() -> None:
    down = [{**ADDRESS[0], "flags": ["BROADCAST"]}]
    assert shown(address=down).startswith("down\n")


def test_leased_addresses_count_only_where_none_are_expected() -> None:
    lease = {"local": "192.0.2.9", "prefixlen": 24, "scope": "global", "dynamic": True}
    interfaces = parse_ip(json.dumps([{"ifname": "eth0", "flags": ["UP"], "mtu": 1500, "addr_info": [lease]}]), [])
    dhcp = parse_file("f", "[Match]\nName=eth0\n[Network]\nDHCP=yes\n")
    static = parse_file("f", "[Match]\nName=eth0\n[Network]\nDHCP=no\n")
    assert interfaces["eth0"].lines(dhcp) == dhcp.lines()
    assert interfaces["eth0"].lines(static) == "up\naddress 192.0.2.9/24\n"


@pytest.mark.parametrize(
    "text",
    [
        "[Network]\nAddress=10.0.0.1/24\n",
        "[Match]\nName=eth*\n",
        "[Match]\nName=eth1 eth2\n",
        "[Match]\nName=eth1\n[Network]\nAddress=10.0.0.300/24\n",
        "[Match]\nName=eth1\n[Route]\nDestination=10.0.0.1/8\nGateway=10.1.1.1\n",
        "[Match]\nName=eth1\n[Link]\nMTUBytes=besar\n",
    ],
)
def test_what_cannot_be_compared_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="f: bagian"):
        parse_file("f", text)


@given(st.sets(st.tuples(st.ip_addresses(v=4), st.integers(1, 32)), max_size=6))
def test_any_set_of_addresses(pairs: set[tuple[object, int]]) -> None:
    text = "[Match]\nName=x\n[Network]\n" + "".join(f"Address={address}/{length}\n" for address, length in pairs)
    info = [{"local": str(address), "prefixlen": length, "scope": "global"} for address, length in pairs]
    interface = parse_ip(json.dumps([{"ifname": "x", "flags": ["UP"], "mtu": 1500, "addr_info": info}]), ["[]"])["x"]
    wanted: NetworkFile = parse_file("f", text)
    assert interface.lines(wanted) == wanted.lines()


def test_link_local_addresses_of_ipv6_are_nobodys_business_and_others_are() -> None:
    text = "[Match]\nName=vpn1\n[Network]\nAddress=fe80::5:1/64\nAddress=2001:db8::5:1/127\nAddress=169.254.1.1/16\n"
    assert parse_file("f", text).addresses == {"2001:db8::5:1/127", "169.254.1.1/16"}
