# SPDX-License-Identifier: GPL-3.0-or-later
"""The world outside: addresses, routes, and that it knows no private address."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from labkit import provider_bgp, world
from labkit.model import Node

LINES = [
    world.Uplink("isp-a", IPv4Interface("203.0.113.2/30"), IPv4Address("203.0.113.1"), 200_000_000),
    world.Uplink("telko", IPv4Interface("203.0.113.6/30"), IPv4Address("203.0.113.5"), 50_000_000),
]


def content(node: Node, ending: str) -> str:
    (found,) = [file.content for file in node.files if file.path.endswith(ending)]
    return found


def test_provider_has_the_handoffs_gateway_and_keeps_to_the_capacity() -> None:
    network = content(world.provider(LINES[1], 1), "10-eth0.network")
    assert "Address=203.0.113.5/30" in network
    assert "Rate=50000K" in network


def test_providers_are_named_after_their_circuit() -> None:
    assert [line.node for line in LINES] == ["isp-a", "isp-telko"]


def test_internet_reaches_each_customer_only_through_its_provider() -> None:
    node = world.internet(LINES, [IPv4Address("198.51.100.53")], IPv4Address("198.51.100.123"))
    for number, line in enumerate(LINES):
        network = content(node, f"10-eth{number}.network")
        assert f"Destination={line.customer.network}" in network
        (gateway,) = [
            row
            for row in content(world.provider(line, number), "10-eth1.network").splitlines()
            if row.startswith("Address=")
        ]
        assert f"Gateway={IPv4Interface(gateway.removeprefix('Address=')).ip}" in network


def test_internet_knows_no_private_network() -> None:
    node = world.internet(LINES, [IPv4Address("198.51.100.53")], IPv4Address("198.51.100.123"))
    routes = [
        IPv4Network(row.removeprefix("Destination="))
        for file in node.files
        for row in file.content.splitlines()
        if row.startswith("Destination=")
    ]
    private = [IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]
    assert routes
    assert not any(route.overlaps(network) for route in routes for network in private)
    assert not any(
        row.startswith("Gateway=") for file in node.files for row in file.content.split("[Route]")[0].splitlines()
    )


def test_provider_does_not_translate_addresses() -> None:
    node = world.provider(LINES[0], 0)
    assert not any("masquerade" in file.content.lower() for file in node.files)


SESSION = provider_bgp.Session(
    "isp-a",
    4200000001,
    LINES[0].gateway,
    LINES[0].customer.ip,
    64600,
    (IPv4Network("203.0.113.128/25"),),
    IPv4Network("10.20.0.0/16"),
    "bgp-isp-a",
)


def test_a_provider_that_speaks_bgp_runs_it_and_others_do_not() -> None:
    speaking = world.provider(replace(LINES[0], session=SESSION), 0)
    configuration = content(speaking, "frr.conf")
    assert " neighbor 203.0.113.2 remote-as 64600\n" in configuration
    assert " neighbor 203.0.113.2 password {secret}\n" in configuration, "the key comes in when the node is made"
    assert "  network 203.0.113.128/26\n" in configuration, "it says that half of ours is its own"
    idle = {file.path for file in world.provider(LINES[0], 0).files if file.link == "/dev/null"}
    assert idle - {file.path for file in speaking.files} == {"/etc/systemd/system/frr.service"}


def test_the_internet_reaches_announced_prefixes_by_who_hears_them() -> None:
    lines = [replace(LINES[0], session=SESSION), LINES[1]]
    node = world.internet(lines, [IPv4Address("198.51.100.53")], IPv4Address("198.51.100.123"))
    assert "Destination=203.0.113.128/25" in content(node, "10-eth0.network")
    assert "Destination=203.0.113.128/25" not in content(node, "10-eth1.network")
