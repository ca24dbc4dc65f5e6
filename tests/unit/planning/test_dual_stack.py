# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""IPv6 beside IPv4: it permits nothing that IPv4 forbids, and lives only where it is filtered."""

from __future__ import annotations

from ipaddress import ip_interface, ip_network
from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packet_walk import Packet, verdict
from regency import POOLS, port, regency, router, uplink

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import Hosts, hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import (
    Access,
    Circuit,
    DevicePort,
    Register,
)

PREFIX = "2001:db8:61::/48"
OFFICES = ["dinkes/kantor", "disdik/kantor", "bapenda/kantor"]
HANDOFF6 = {"address": "2001:db8:ffff:1::2/64", "gateway": "2001:db8:ffff:1::1"}
WORLD6 = "2001:db8:feed::10"
GRANT = Access.model_validate(
    {"name": "antrean", "source": "dinkes", "target": "disdik", "protocol": "tcp", "ports": ["8443"], "reason": "surat"}
)


def dual(
    register: Register, *, handoff6: bool = True, segments: tuple[str, ...] = (), **government: object
) -> Register:
    """``register`` with IPv6 on, and ``segments`` at disdik."""
    opds = tuple(
        opd.model_copy(
            update={"locations": tuple(place.model_copy(update={"segments": segments}) for place in opd.locations)}
        )
        if opd.code == "disdik"
        else opd
        for opd in register.opds
    )
    line = uplink("isp-a") | ({"handoff6": HANDOFF6} if handoff6 else {})
    others = tuple(circuit for circuit in register.circuits if circuit.id != "isp-a")
    return register.model_copy(
        update={
            "government": register.government.model_copy(update={"dual_stack": True, **government}),
            "circuits": (Circuit.model_validate(line), *others),
            "opds": opds,
        }
    )


def base(offices: list[str] = OFFICES) -> Register:
    return regency(offices, pools={**POOLS, "ipv6": PREFIX})


def found_hosts(register: Register, allocations: Allocations | None = None) -> Hosts:
    numbers = plan(register, Allocations()).allocations if allocations is None else allocations
    return hosts(register, numbers, PurePath("/government"))


def intents(register: Register) -> dict[str, dict[str, Any]]:
    return {host.name: dict(host.intent) for host in found_hosts(register).hosts if host.intent is not None}


def devices(register: Register) -> dict[str, dict[str, Any]]:
    return {name: intent for name, intent in intents(register).items() if name != "srv1"}


def siblings(register: Register) -> dict[str, str]:
    """IPv6 network -> the IPv4 network that is the same place."""
    numbers = plan(register, Allocations()).allocations
    pools = register.government.address_pools
    centre = numbers.data_centre
    assert centre is not None
    found = {str(centre.subnet6): str(centre.subnet)}
    for place in numbers.locations.values():
        found[str(place.lan6)] = str(place.lan)
        found |= {str(place.segments6[use]): str(subnet) for use, subnet in place.segments.items()}
    found |= {f"{numbers.loopbacks6[name]}/128": f"{address}/32" for name, address in numbers.loopbacks.items()}
    half = list(ip_network(PREFIX).subnets())[1]
    found |= {str(half): str(pools.office_lan), "2001:db8:61:2::/64": str(pools.management)}
    return found | {"2001:db8:61:1::/64": str(pools.transit), "2001:db8:61::/64": str(pools.loopback)}


def translated(rule: dict[str, Any], four: dict[str, str], everything: list[str]) -> dict[str, Any]:
    def networks(found: list[str]) -> list[str]:
        return everything if found == [PREFIX] else [four[network] for network in found]

    return {**rule, "sources": networks(rule["sources"]), "destinations": networks(rule["destinations"])}


CHOICES = st.tuples(
    st.sampled_from([(), ("cctv",), ("public_wifi",), ("cctv", "public_wifi")]), st.booleans(), st.booleans()
)


@given(CHOICES)
def test_every_ipv6_rule_is_an_ipv4_rule_in_other_numbers(choice: tuple[tuple[str, ...], bool, bool]) -> None:
    segments, granted, handoff6 = choice
    register = dual(base(), handoff6=handoff6, segments=segments, access=(GRANT,) if granted else ())
    four = siblings(register)
    pools = register.government.address_pools
    everything = [str(getattr(pools, name)) for name in POOLS]
    for name, intent in devices(register).items():
        rules4 = intent["firewall"]["forward"]
        for rule in intent["ipv6"]["firewall"]["forward"]:
            same = translated(rule, four, everything)
            assert same in rules4, f"{name}: {rule}"
        order = [rule["name"] for rule in intent["ipv6"]["firewall"]["forward"]]
        assert order == [rule["name"] for rule in rules4 if rule["name"] in order], name


def test_nothing_is_accepted_without_addresses_or_from_an_uplink() -> None:
    for name, intent in devices(dual(base(), segments=("cctv", "public_wifi"), access=(GRANT,))).items():
        for part in (intent, intent["ipv6"]):
            for rule in part["firewall"]["forward"]:
                if rule["action"] == "accept":
                    assert rule["sources"], f"{name}: {rule}"
                    assert not {"eth0", "eth1"} & set(rule["in_interfaces"]) or name != "br1", rule


def test_an_office_reaches_the_world_and_no_other_office() -> None:
    found = devices(dual(base(), segments=("cctv", "public_wifi"), access=(GRANT,)))
    dinkes, core, border = found["rt-dinkes-kantor"]["ipv6"], found["core1"]["ipv6"], found["br1"]["ipv6"]
    pc, other, third = "2001:db8:61:8000::5", "2001:db8:61:8010::5", "2001:db8:61:8020::5"
    links = {item["name"] for item in core["interfaces"]}
    towards = next(link for link in links if link != "vlan100")
    assert verdict(dinkes, Packet(pc, WORLD6), "eth2", "eth1") == "accept"
    assert verdict(core, Packet(pc, WORLD6), towards, "vlan100") == "accept"
    assert verdict(border, Packet(pc, WORLD6), "eth2", "eth1") == "accept"
    assert verdict(border, Packet(WORLD6, pc), "eth1", "eth2") == "drop"
    for judge, entered, leaves in ((dinkes, "eth2", "eth1"), (core, towards, towards)):
        assert verdict(judge, Packet(pc, third, port=443), entered, leaves) == "drop"
        assert verdict(judge, Packet(pc, other, port=443), entered, leaves) == "drop"
        assert verdict(judge, Packet(pc, other, port=8443), entered, leaves) == "accept"
    disdik = found["rt-disdik-kantor"]["ipv6"]
    assert verdict(disdik, Packet(pc, other, port=8443), "eth1", "eth2") == "accept"
    assert verdict(disdik, Packet(third, other, port=8443), "eth1", "eth2") == "drop"
    visitor = "2001:db8:61:8012::5"
    assert verdict(disdik, Packet(visitor, WORLD6), "eth2.40", "eth1") == "accept"
    for inside in (pc, other, "2001:db8:61:10::11", "2001:db8:61::1"):
        assert verdict(disdik, Packet(visitor, inside), "eth2.40", "eth1") == "drop"


def test_cameras_and_servers_have_no_ipv6() -> None:
    found = devices(dual(base(), segments=("cctv", "public_wifi")))
    assert [item["use"] for item in found["rt-disdik-kantor"]["ipv6"]["interfaces"]] == ["link", "lan", "public_wifi"]
    assert {item["use"] for item in found["core1"]["ipv6"]["interfaces"]} == {"link"}
    server = intents(dual(base()))["srv1"]
    assert all(":" not in address for item in server["interfaces"] for address in item["addresses"])


def test_both_ends_of_a_link_are_in_one_network_and_each_lan_advertises_its_own() -> None:
    found = devices(dual(base()))
    links: dict[str, int] = {}
    for intent in found.values():
        for item in intent["ipv6"]["interfaces"]:
            network = str(ip_interface(item["addresses"][0]).network)
            if item["use"] == "link":
                assert network.endswith("/127")
                links[network] = links.get(network, 0) + 1
            elif item["use"] == "lan":
                assert item["advertise"] == {
                    "prefix": network,
                    "dns": [item["addresses"][0].partition("/")[0]],
                    "default": True,
                }
    assert set(links.values()) == {2}
    assert len(links) == len(OFFICES) + 1


def test_areas_costs_and_passive_interfaces_are_those_of_ospf_version_2() -> None:
    for name, intent in devices(dual(base())).items():
        having = {item["name"] for item in intent["ipv6"]["interfaces"]} | {"lo"}
        expected = [item for item in intent["ospf"]["interfaces"] if item["name"] in having]
        assert intent["ipv6"]["ospf"] == {**intent["ospf"], "interfaces": expected}, name


def test_the_same_classes_with_the_same_rates() -> None:
    for name, intent in devices(dual(base(), segments=("public_wifi",))).items():
        four, six = intent.get("shaping", []), intent["ipv6"]["shaping"]

        def bare(shapers: list[dict[str, Any]]) -> list[Any]:
            keys = ("id", "name", "rate_bps", "ceil_bps", "priority")
            return [(s["interface"], s["rate_bps"], [[c[key] for key in keys] for c in s["classes"]]) for s in shapers]

        assert bare(six) == bare(four), name
        for one, other in zip(four, six, strict=True):
            for mine, theirs in zip(one["classes"], other["classes"], strict=True):
                assert len(mine["prefixes"]) == len(theirs["prefixes"])


def test_the_default_route_goes_by_the_line_that_has_ipv6_and_is_judged_as_ipv4() -> None:
    border = devices(dual(base()))["br1"]
    (four,), (six,) = border["routes"], border["ipv6"]["routes"]
    assert six == {**four, "to": "::/0", "via": HANDOFF6["gateway"]}
    without = devices(dual(base(), handoff6=False))["br1"]["ipv6"]
    assert without["routes"] == []
    assert all(item["use"] != "uplink" for item in without["interfaces"])
    assert not [rule for rule in without["firewall"]["forward"] if rule["to_zone"] == "internet"]


@pytest.mark.parametrize(("stage", "default"), [("parallel", False), ("accepted", False), ("cutover", True)])
def test_an_office_on_its_own_line_is_not_led_to_ours_by_ipv6(stage: str, default: bool) -> None:
    register = dual(base())
    own = {**uplink("lama"), "kind": "own_subscription", "opd": "dinkes", "location": "kantor"}
    own["handoff"] = {"address": "192.0.2.2/24", "gateway": "192.0.2.1", "dns": ["192.0.2.1"]}
    extra = DevicePort.model_validate(port("eth3", "uplink", circuit="lama"))
    register = register.model_copy(
        update={
            "circuits": (*register.circuits, Circuit.model_validate(own)),
            "devices": tuple(
                item.model_copy(update={"ports": (*item.ports, extra)}) if item.name == router(OFFICES[0]) else item
                for item in register.devices
            ),
            "opds": tuple(
                opd.model_copy(update={"stage": stage}) if opd.code == "dinkes" else opd for opd in register.opds
            ),
        }
    )
    six = devices(register)[router(OFFICES[0])]["ipv6"]
    (lan,) = [item for item in six["interfaces"] if item["use"] == "lan"]
    assert lan["advertise"]["default"] is default
    assert "eth3" not in {item["name"] for item in six["interfaces"]}, "their provider does not route our prefix"


def test_nothing_changes_until_somebody_says_so() -> None:
    on = dual(base())
    off = on.model_copy(update={"government": on.government.model_copy(update={"dual_stack": False})})
    with_ipv6, without = intents(on), intents(off)
    assert not any("ipv6" in intent for intent in without.values())
    for name, intent in with_ipv6.items():
        intent.pop("ipv6", None)
        assert intent == without[name]


def test_who_lacks_a_number_waits_and_is_named() -> None:
    register = dual(base(), segments=("public_wifi",))
    numbers = plan(register, Allocations()).allocations
    place = numbers.locations["disdik/kantor"].model_copy(update={"lan6": None, "segments6": {}})
    key = f"{router(OFFICES[0])}:eth1"
    broken = numbers.model_copy(
        update={
            "locations": {**numbers.locations, "disdik/kantor": place},
            "loopbacks6": {name: item for name, item in numbers.loopbacks6.items() if name != "br1"},
            "links": {**numbers.links, key: numbers.links[key].model_copy(update={"subnet6": None})},
        }
    )
    missing = {host.name: host.obstacles.missing for host in found_hosts(register, broken).hosts if host.obstacles}
    assert missing == {
        "br1": ("loopbacks6.br1",),
        router("disdik/kantor"): ("locations.disdik/kantor.lan6", "locations.disdik/kantor.segments6.public_wifi"),
        router("dinkes/kantor"): (f"links.{key}.subnet6",),
    }
