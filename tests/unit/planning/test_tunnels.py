# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offices behind a tunnel: numbers, both ends, who may send what through the border, and what of it is shaped."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import pytest
from packet_walk import Packet, verdict
from regency import POOLS, port, regency, router, uplink

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import (
    Access,
    Circuit,
    DevicePort,
    Register,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.tunnel_methods import METHODS, common_method

CABLED, FIRST, SECOND = "dinkes/kantor", "disdik/kantor", "satpolpp/kantor"
WORLD = "198.51.100.10"


def behind_tunnels(
    *offices: str, platform: str = "linux", mtu: int = 1500, dhcp: bool = False, access: tuple[Access, ...] = ()
) -> Register:
    """Three offices; ``offices`` have no cable to the core switch but a line of their own with a tunnel."""
    register = regency([CABLED, FIRST, SECOND])
    names = {router(office): office for office in offices}
    lines, devices = [], []
    for number, office in enumerate(offices):
        opd, _, location = office.partition("/")
        line = {**uplink(f"net-{opd}"), "kind": "own_subscription", "opd": opd, "location": location}
        line["handoff"] = {"address": f"198.18.{number}.2/24", "gateway": f"198.18.{number}.1", "dns": ["192.0.2.1"]}
        line["capacity"] = {"domestic": "15 Mbps", "international": "15 Mbps"}
        if dhcp:
            line |= {"track": ["192.0.2.1"]}
            del line["handoff"]
        lines.append(Circuit.model_validate({**line, "vpn": {"to": "br1", "mtu": str(mtu)}}))
    for device in register.devices:
        ports = device.ports
        if device.name in names:
            opd = names[device.name].partition("/")[0]
            wan = DevicePort.model_validate(port("eth3", "uplink", circuit=f"net-{opd}"))
            ports = (*(item for item in ports if item.use != "link"), wan)
        if device.role == "core_switch":
            ports = tuple(item for item in ports if item.to is None or item.to.device not in names)
        chosen = platform if device.name in names or device.role == "border_router" else device.platform
        devices.append(device.model_copy(update={"ports": ports, "platform": chosen}))
    return register.model_copy(
        update={
            "devices": tuple(devices),
            "circuits": (*register.circuits, *lines),
            "government": register.government.model_copy(update={"access": access}),
        }
    )


def intents(register: Register) -> dict[str, dict[str, Any]]:
    found = hosts(register, plan(register, Allocations()).allocations, PurePath("/government"))
    assert not found.remarks
    return {host.name: dict(host.intent) for host in found.hosts if host.intent is not None}


def lan(intent: dict[str, Any]) -> str:
    (address,) = (item["addresses"][0] for item in intent["interfaces"] if item["use"] == "lan")
    return str(address).split("/")[0][:-1] + "77"


def test_a_tunnel_has_numbers_like_any_link_and_keeps_them() -> None:
    register = behind_tunnels(SECOND)
    first = plan(register, Allocations()).allocations
    key = f"{router(SECOND)}:vpn-net-satpolpp"
    assert key in first.links
    grown = plan(behind_tunnels(FIRST, SECOND), first).allocations
    assert grown.links[key] == first.links[key]
    assert len({link.vlan for link in grown.links.values()}) == len(grown.links)


def test_both_ends_agree() -> None:
    found = intents(behind_tunnels(SECOND))
    border, office = found["br1"], found[router(SECOND)]
    (here,), (there,) = border["tunnels"], office["tunnels"]
    assert (here["name"], here["mtu"], here["number"]) == (there["name"], there["mtu"], there["number"])
    assert here["port"] == there["peer"]["port"] == 51000 + here["number"]
    assert there["peer"]["address"] == here["local"] == "203.0.113.2"
    assert here["peer"]["address"] == there["local"] == "198.18.0.2"
    assert (here["calls"], there["calls"]) == (False, True)
    ends = [
        next(item["addresses"][0] for item in host["interfaces"] if item["name"] == here["name"])
        for host in (border, office)
    ]
    assert ends[0] != ends[1]
    assert len({end.split("/")[1] for end in ends}) == 1
    for host in (border, office):
        (spoken,) = (item for item in host["ospf"]["interfaces"] if item["name"] == here["name"])
        assert spoken == {"name": here["name"], "area": "0.0.0.0", "passive": False, "network": "point-to-point"}


def test_an_office_with_an_address_from_dhcp_is_heard_from_anywhere() -> None:
    found = intents(behind_tunnels(SECOND, dhcp=True))
    assert found["br1"]["tunnels"][0]["peer"]["address"] is None
    assert found[router(SECOND)]["tunnels"][0]["peer"]["address"] == "203.0.113.2"
    assert found[router(SECOND)]["tunnels"][0]["gateway"] is None


@pytest.mark.parametrize(("mtu", "inside"), [(1500, 1420), (1492, 1412)])
def test_what_the_tunnel_adds_is_taken_off(mtu: int, inside: int) -> None:
    found = intents(behind_tunnels(SECOND, mtu=mtu))
    for name in ("br1", router(SECOND)):
        (tunnel,) = (item for item in found[name]["interfaces"] if item.get("tunnel"))
        assert tunnel["mtu"] == inside


def test_a_pair_speaks_the_best_that_both_know() -> None:
    six, seven = ("routeros", "6.49.18"), ("routeros", "7.22.3")
    linux, ios = ("linux", None), ("ios", "15.7(3)M8")
    expected = {
        (linux, linux): "wireguard",
        (linux, seven): "wireguard",
        (seven, seven): "wireguard",
        (("routeros", None), linux): "wireguard",
        (seven, six): "gre_ipsec",
        (six, six): "gre_ipsec",
        (ios, six): "gre_ipsec",
        (ios, seven): "gre_ipsec",
        (ios, ios): "gre_ipsec",
    }
    for (one, other), name in expected.items():
        for pair in ((one, other), (other, one)):
            method = common_method(*pair, fixed=True)
            assert method is not None
            assert method.name == name
            assert (common_method(*pair, fixed=False) is None) == method.fixed
    for other in (six, ios, ("unknown", None)):
        assert common_method(linux, other, fixed=True) is None
    # IPv6 needs 1280 bytes inside, on the smallest line that the register takes.
    assert all(1380 - method.overhead >= 1280 for method in METHODS)


def test_names_are_those_of_the_platform() -> None:
    found = intents(behind_tunnels(SECOND, platform="ios"))
    (border,), (office,) = found["br1"]["tunnels"], found[router(SECOND)]["tunnels"]
    assert border["method"] == office["method"] == "gre_ipsec"
    assert (border["name"], office["name"]) == (f"Tunnel{border['number']}",) * 2


def test_the_office_reaches_what_every_office_reaches_and_nothing_more() -> None:
    found = intents(behind_tunnels(FIRST, SECOND))
    border, core = found["br1"], found["core1"]
    names = {router(office): found[router(office)]["tunnels"][0]["name"] for office in (FIRST, SECOND)}
    pc, neighbour, cabled = (lan(found[router(office)]) for office in (SECOND, FIRST, CABLED))
    here, beside = names[router(SECOND)], names[router(FIRST)]
    server = "10.10.0.11"
    assert verdict(border, Packet(pc, WORLD), here, "eth1") == "accept"
    assert verdict(border, Packet(pc, server, "tcp", 80), here, "eth2") == "accept"
    assert verdict(border, Packet(pc, neighbour, "tcp", 445), here, beside) == "drop"
    assert verdict(border, Packet(pc, neighbour, "tcp", 445), here, "eth1") == "drop"
    assert verdict(border, Packet(WORLD, pc), "eth1", here) == "drop"
    assert verdict(border, Packet("192.0.2.7", server, "tcp", 80), here, "eth2") == "drop"
    # The core switch sees them come by the border router, and judges them as it judges all offices.
    (to_border,) = (item["name"] for item in core["interfaces"] if "br1" in item["description"])
    (to_cabled,) = (item["name"] for item in core["interfaces"] if router(CABLED) in item["description"])
    assert verdict(core, Packet(pc, cabled, "tcp", 445), to_border, to_cabled) == "drop"
    assert verdict(core, Packet(cabled, pc, "tcp", 445), to_cabled, to_border) == "drop"
    assert verdict(core, Packet(pc, POOLS["management"][:-4] + "9"), to_border, "eth0") == "drop"


def test_a_permission_between_two_tunnels_holds_at_the_border() -> None:
    access = Access.model_validate(
        {"name": "arsip", "source": "satpolpp", "target": "disdik", "protocol": "tcp", "ports": ["445"], "reason": "S"}
    )
    found = intents(behind_tunnels(FIRST, SECOND, access=(access,)))
    here, there = (found[router(office)]["tunnels"][0]["name"] for office in (SECOND, FIRST))
    pc, target = lan(found[router(SECOND)]), lan(found[router(FIRST)])
    assert verdict(found["br1"], Packet(pc, target, "tcp", 445), here, there) == "accept"
    assert verdict(found["br1"], Packet(pc, target, "tcp", 22), here, there) == "drop"
    assert verdict(found["br1"], Packet(target, pc, "tcp", 445), there, here) == "drop"
    assert verdict(found[router(FIRST)], Packet(pc, target, "tcp", 445), there, "eth2") == "accept"


def test_without_a_tunnel_nothing_changes_at_the_core() -> None:
    found = intents(behind_tunnels())
    assert found["br1"]["tunnels"] == []
    inside = {name for rule in found["core1"]["firewall"]["forward"] for name in rule["in_interfaces"]}
    (to_border,) = (item["name"] for item in found["core1"]["interfaces"] if "br1" in item["description"])
    assert to_border not in inside


def test_the_office_is_shaped_in_its_tunnel_and_not_beyond_its_line() -> None:
    found = intents(behind_tunnels(SECOND))
    shaping = {item["interface"]: item for item in found["br1"]["shaping"]}
    tunnel = found["br1"]["tunnels"][0]
    inside = shaping[tunnel["name"]]
    assert inside["rate_bps"] == 15_000_000
    (entry,) = inside["classes"]
    assert (entry["id"], entry["name"], entry["ceil_bps"]) == (tunnel["number"], "satpolpp", 15_000_000)
    assert "satpolpp" not in {entry["name"] for entry in shaping["eth2"]["classes"]}
    (upload,) = found[router(SECOND)]["shaping"]
    assert upload["interface"] == tunnel["name"]


def test_a_border_that_is_not_in_service_leaves_the_tunnel_out() -> None:
    register = behind_tunnels(SECOND)
    devices = tuple(
        item.model_copy(update={"readiness": "ordered"}) if item.name == "br1" else item for item in register.devices
    )
    found = intents(register.model_copy(update={"devices": devices}))
    assert found[router(SECOND)]["tunnels"] == []
