# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The intents of governments other than the lab: several locations, missing parts, things not in service."""

from __future__ import annotations

from ipaddress import ip_address, ip_interface
from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regency import application, regency, router

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models.services import Snmp

READINESS = ["planned", "ordered", "arrived", "racked", "in_service"]
OFFICES = ["dinkes/kantor", "dinkes/cabang", "disdik/kantor"]
NODES = ["br1", "core1", "srv1", "srv2", *(router(office) for office in OFFICES)]


def intents(register: Register) -> dict[str, dict[str, Any]]:
    found = hosts(register, plan(register, Allocations()).allocations, PurePath("/government"))
    return {host.name: dict(host.intent) for host in found.hosts if host.intent is not None}


def lan(found: dict[str, dict[str, Any]], office: str) -> str:
    (leases,) = found[router(office)]["dhcp"]
    return str(leases["subnet"])


@given(readiness=st.fixed_dictionaries({name: st.sampled_from(READINESS) for name in NODES}))
def test_any_mix_of_readiness_gives_sound_intents(readiness: dict[str, str]) -> None:
    applications = [application("simpus", "srv1"), application("portal", "srv2")]
    found = intents(regency(OFFICES, ["srv1", "srv2"], readiness=readiness, applications=applications))
    assert set(found) == {name for name in NODES if readiness[name] == "in_service"}
    for intent in found.values():
        for rule in intent["firewall"]["forward"]:
            # An empty list means "everything": a rule that accepts must always say from whom and which way.
            assert rule["action"] == "drop" or rule["sources"]
            assert rule["action"] == "drop" or rule["in_interfaces"] or rule["protocol"] == "icmp"
        named = {interface["name"] for interface in intent["interfaces"]} | {"lo"}
        assert {item["name"] for item in intent.get("ospf", {}).get("interfaces", [])} <= named
        assert {item["interface"] for item in intent.get("shaping", [])} <= named
    addresses = [
        ip_interface(address)
        for intent in found.values()
        for item in intent["interfaces"]
        for address in item["addresses"]
    ]
    assert len({item.ip for item in addresses}) == len(addresses)


@given(readiness=st.fixed_dictionaries({name: st.sampled_from(READINESS) for name in NODES}))
def test_both_ends_of_a_link_agree(readiness: dict[str, str]) -> None:
    found = intents(regency(OFFICES, ["srv1", "srv2"], readiness=readiness))
    if "core1" not in found:
        assert all(item["use"] != "link" for intent in found.values() for item in intent["interfaces"])
        return
    core = found["core1"]
    ends = {item["description"]: item for item in core["interfaces"] if item["use"] == "link"}
    far = {
        f"{name}:{item['name']}": item
        for name, intent in found.items()
        if name != "core1"
        for item in intent["interfaces"]
        if item["use"] == "link"
    }
    assert set(ends) == set(far)
    for key, end in ends.items():
        one, other = ip_interface(end["addresses"][0]), ip_interface(far[key]["addresses"][0])
        assert one.network == other.network
        assert one.ip == one.network.network_address + 1
        assert other.ip == one.network.network_address + 2
        port = next(port for port in core["switch"]["ports"] if port["description"] == key)
        assert f"vlan{port['vlan']}" == end["name"]


def test_a_port_to_something_not_in_service_is_left_out_and_its_vlan_kept() -> None:
    register = regency(OFFICES, ["srv1"], readiness={router("dinkes/cabang"): "ordered", "srv1": "racked"})
    core = intents(register)["core1"]
    assert [port["name"] for port in core["switch"]["ports"]] == ["uplink", "o0", "o2"]
    assert [vlan["id"] for vlan in core["vlans"]] == [10, 100, 101, 103]
    assert "dinkes-cabang" not in [vlan["name"] for vlan in core["vlans"]]


def test_locations_of_one_opd_share_one_download_class() -> None:
    found = intents(regency(OFFICES, allocated={"dinkes": "30 Mbps", "disdik": "10 Mbps"}))
    (shaping,) = found["br1"]["shaping"]
    assert shaping["classes"] == [
        {
            "id": 101,
            "name": "dinkes",
            "rate_bps": 30_000_000,
            "ceil_bps": 30_000_000,
            "priority": 5,
            "prefixes": [lan(found, "dinkes/kantor"), lan(found, "dinkes/cabang")],
        },
        {
            "id": 103,
            "name": "disdik",
            "rate_bps": 10_000_000,
            "ceil_bps": 10_000_000,
            "priority": 5,
            "prefixes": [lan(found, "disdik/kantor")],
        },
    ]
    assert shaping["rate_bps"] == 200_000_000
    (upload,) = found[router("dinkes/cabang")]["shaping"]
    assert [item["prefixes"] for item in upload["classes"]] == [[lan(found, "dinkes/cabang")]]
    assert upload["match"] == "source"
    assert "10.10.0.0/24" in upload["internal"]


@pytest.mark.parametrize("allocated", [{}, {"dinkes": None}], ids=["no record", "not decided"])
def test_an_opd_without_allocation_is_not_shaped_and_told(allocated: dict[str, str | None]) -> None:
    register = regency(["dinkes/kantor"], allocated=allocated)
    found = intents(register)
    assert found[router("dinkes/kantor")]["shaping"] == []
    assert found["br1"]["shaping"][0]["classes"] == []
    told = hosts(register, plan(register, Allocations()).allocations, PurePath("/g")).remarks
    assert any("dinkes" in remark and "bandwidth.yml" in remark for remark in told)


def test_an_application_outside_gets_neither_record_nor_service() -> None:
    register = regency(applications=[application("simpus", "srv1"), application("absensi", None)])
    found = intents(register)
    assert found["br1"]["dns"]["records"] == [{"name": "simpus.contoh.go.id", "address": "10.10.0.11"}]
    assert [item["code"] for item in found["srv1"]["applications"]] == ["simpus"]
    assert found["srv1"]["applications"][0]["source"] == "/government/files/simpus"
    assert [service["name"] for service in found["srv1"]["firewall"]["services"]] == ["ssh", "simpus"]


def test_servers_and_offices_ask_the_border_for_names() -> None:
    found = intents(regency())
    assert found["srv1"]["interfaces"][0]["dns"] == ["10.255.0.1"]
    assert found[router("dinkes/kantor")]["dns"]["forwarders"] == ["10.255.0.1"]
    assert found["br1"]["dns"]["listen"] == ["10.255.0.1"]
    assert found["br1"]["dns"]["forwarders"] == ["198.51.100.53"]


def test_only_the_border_originates_the_default_route() -> None:
    found = intents(regency())
    assert {name for name, intent in found.items() if intent.get("ospf", {}).get("default_originate")} == {"br1"}
    (route,) = found["br1"]["routes"]
    assert (route["to"], route["via"], route["interface"]) == ("0.0.0.0/0", "203.0.113.1", "eth1")
    assert route["track"] == [], "there is no other line: knowing that this one is dead would help nobody"


def test_only_who_may_ask_and_who_may_tell_is_let_in() -> None:
    """SNMP: the addresses of the register in the zones that hold any; messages: devices, at a log server of ours."""
    register = regency(OFFICES, ["srv1", "srv2"])
    found = intents(register)
    srv2 = found["srv2"]["interfaces"][0]["addresses"][0].split("/")[0]
    management = str(register.government.management_sources[0])
    changed = register.government.model_copy(
        update={
            "log_servers": (ip_address(srv2), ip_address("198.51.100.7")),
            "snmp": Snmp(user="pantau", sources=(f"{srv2}/32", management, "198.51.100.0/24")),  # type: ignore[arg-type]
        }
    )
    found = intents(register.model_copy(update={"government": changed}))
    opened = {
        (name, service["name"]): (service["from"], service.get("sources"))
        for name, intent in found.items()
        for service in intent["firewall"]["services"]
        if service["name"] in ("snmp", "syslog")
    }
    watching = (["management", "data_centre"], sorted([f"{srv2}/32", management]))
    expected = {(name, "snmp"): watching for name in ("br1", "core1", *map(router, OFFICES))}
    assert opened == expected | {("srv2", "syslog"): (["loopback"], None)}
    assert all("sources" not in s for s in found["srv2"]["firewall"]["services"] if s["name"] != "snmp")
