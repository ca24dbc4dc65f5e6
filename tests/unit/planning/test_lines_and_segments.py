# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several lines at the border, an office's own line, VLANs in the office, and what offices may ask of each other."""

from __future__ import annotations

from ipaddress import IPv4Address
from pathlib import PurePath
from typing import Any

import pytest
from packet_walk import Packet, verdict
from regency import application, port, regency, router, uplink

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import (
    STAGES,
    Access,
    Circuit,
    DevicePort,
    Register,
)

OFFICES = ["dinkes/kantor", "disdik/kantor"]
DINKES, DISDIK = map(router, OFFICES)
WORLD = "198.51.100.10"


def intents(register: Register) -> dict[str, dict[str, Any]]:
    found = hosts(register, plan(register, Allocations()).allocations, PurePath("/government"))
    return {host.name: dict(host.intent) for host in found.hosts if host.intent is not None}


def with_ports(register: Register, name: str, *more: dict[str, str]) -> Register:
    devices = tuple(
        device.model_copy(update={"ports": (*device.ports, *(DevicePort.model_validate(item) for item in more))})
        if device.name == name
        else device
        for device in register.devices
    )
    return register.model_copy(update={"devices": devices})


def with_circuits(register: Register, *more: dict[str, Any]) -> Register:
    made = tuple(Circuit.model_validate(item) for item in more)
    return register.model_copy(update={"circuits": (*register.circuits, *made)})


def with_government(register: Register, **fields: object) -> Register:
    return register.model_copy(update={"government": register.government.model_copy(update=fields)})


def two_lines() -> Register:
    register = with_ports(regency(OFFICES), "br1", port("eth0b", "uplink", circuit="isp-b"))
    backup = uplink("isp-b", role="backup")
    backup["handoff"] = {"address": "203.0.113.6/30", "gateway": "203.0.113.5", "dns": ["198.51.100.54"]}
    backup["capacity"] = {"domestic": "30 Mbps", "international": "10 Mbps"}
    return with_circuits(register, backup)


def own_line(stage: str = "parallel", **more: object) -> Register:
    register = with_ports(regency(OFFICES), DINKES, port("eth3", "uplink", circuit="lama"))
    register = with_circuits(
        register,
        {
            **uplink("lama"),
            "kind": "own_subscription",
            "opd": "dinkes",
            "location": "kantor",
            "handoff": {"address": "192.0.2.2/24", "gateway": "192.0.2.1", "dns": ["192.0.2.1"]},
            **more,
        },
    )
    opds = tuple(opd.model_copy(update={"stage": stage}) if opd.code == "dinkes" else opd for opd in register.opds)
    return register.model_copy(update={"opds": opds})


def with_segments(register: Register, *segments: str) -> Register:
    opds = tuple(
        opd.model_copy(
            update={
                "locations": tuple(place.model_copy(update={"segments": segments}) for place in opd.locations)
                if opd.code == "dinkes"
                else opd.locations
            }
        )
        for opd in register.opds
    )
    return register.model_copy(update={"opds": opds})


def test_main_line_before_backup_and_each_is_judged() -> None:
    border = intents(two_lines())["br1"]
    first, second = border["routes"]
    assert (first["circuit"], first["via"], first["track"]) == ("isp-a", "203.0.113.1", ["203.0.113.1"])
    assert (second["circuit"], second["interface"], second["track"]) == ("isp-b", "eth0b", ["203.0.113.5"])
    assert first["distance"] < second["distance"] < 110
    assert [(item["interface"], item["address"]) for item in border["nat"]] == [
        ("eth1", "203.0.113.2"),
        ("eth0b", "203.0.113.6"),
    ]
    assert border["dns"]["forwarders"] == ["198.51.100.53", "198.51.100.54"]
    assert border["dns"]["via"] == {"198.51.100.53": "eth1", "198.51.100.54": "eth0b"}


def test_a_smaller_line_gives_everybody_the_same_part_of_theirs() -> None:
    border = intents(two_lines())["br1"]
    (backup,) = border["backup_shaping"]
    (shaper,) = backup["shaping"]
    assert (backup["circuit"], shaper["rate_bps"]) == ("isp-b", 30_000_000)
    assert [(entry["rate_bps"], entry["ceil_bps"]) for entry in shaper["classes"]] == [(15_000_000, 20_000_000)] * 2
    (full,) = border["shaping"]
    assert [entry["rate_bps"] for entry in full["classes"]] == [20_000_000] * 2


def test_nothing_of_ours_leaves_by_any_line() -> None:
    border = intents(two_lines())["br1"]
    lan = border["zones"]["offices"][0].split("/")[0][:-1] + "9"
    for line in ("eth1", "eth0b"):
        assert verdict(border, Packet(lan, WORLD), "eth2", line) == "accept"
        assert verdict(border, Packet(lan, "10.20.200.1"), "eth2", line) == "drop"
        assert verdict(border, Packet(WORLD, lan), line, "eth2") == "drop"
    assert verdict(border, Packet(WORLD, WORLD), "eth1", "eth0b") == "drop"


@pytest.mark.parametrize("stage", STAGES)
def test_the_stage_decides_which_line_an_office_uses(stage: str) -> None:
    office = intents(own_line(stage))[DINKES]
    (route,) = office["routes"]
    assert (route["distance"] < 110) == (stage not in ("cutover", "terminated"))
    assert route["track"] == ["192.0.2.1"]


@pytest.mark.parametrize(("preferred", "first"), [("true", True), ("false", False)])
def test_a_person_may_choose_the_line(preferred: str, first: bool) -> None:
    for stage in ("parallel", "cutover"):
        (route,) = intents(own_line(stage, preferred=preferred))[DINKES]["routes"]
        assert (route["distance"] < 110) == first


def test_an_office_with_a_line_of_its_own_stays_isolated() -> None:
    office = intents(own_line())[DINKES]
    (nat,) = office["nat"]
    assert (nat["interface"], nat["address"]) == ("eth3", "192.0.2.2")
    lan = office["interfaces"][-1]["addresses"][0].split("/")[0]
    assert verdict(office, Packet(lan, WORLD), "eth2", "eth3") == "accept"
    assert verdict(office, Packet(lan, "10.10.0.11", port=80), "eth2", "eth3") == "drop", "never by the provider"
    assert verdict(office, Packet(WORLD, lan), "eth3", "eth2") == "drop"
    assert verdict(office, Packet(WORLD, "10.10.0.11"), "eth3", "eth1") == "drop"
    assert office["dns"]["via"] == {"192.0.2.1": "eth3"}
    assert office["dns"]["forwarders"][0] == "10.255.0.1", "our own resolver is the first to be asked"


def test_a_line_without_handoff_takes_what_dhcp_gives() -> None:
    office = intents(own_line(handoff=None))[DINKES]
    (line,) = [item for item in office["interfaces"] if item["use"] == "uplink"]
    assert (line["addresses"], line["dhcp"]) == ([], True)
    assert office["routes"][0]["via"] is None
    assert office["nat"][0]["address"] is None


def test_segments_are_apart() -> None:
    register = with_segments(regency(OFFICES), "cctv", "public_wifi")
    register = with_government(register, cctv_recorders=(IPv4Address("10.10.0.50"),))
    found = intents(register)
    office, core, border = found[DINKES], found["core1"], found["br1"]
    named = {item["use"]: item for item in office["interfaces"]}
    assert (named["cctv"]["name"], named["cctv"]["parent"], named["cctv"]["vlan"]) == ("eth2.30", "eth2", 30)
    camera = named["cctv"]["addresses"][0].split("/")[0]
    visitor = named["public_wifi"]["addresses"][0].split("/")[0]
    pc = named["lan"]["addresses"][0].split("/")[0]
    link = next(item["interface"] for item in core["vlans"] if item["name"] == "dinkes-kantor")
    to_border = next(item["interface"] for item in core["vlans"] if item["name"] == "br1")

    assert verdict(office, Packet(camera, "10.10.0.50", port=554), "eth2.30", "eth1") == "accept"
    assert verdict(office, Packet("10.10.0.50", camera, port=554), "eth1", "eth2.30") == "accept"
    assert verdict(core, Packet(camera, "10.10.0.50", port=554), link, "vlan10") == "accept"
    assert verdict(core, Packet("10.10.0.50", camera, port=554), "vlan10", link) == "accept"
    for target, leaves in ((WORLD, "eth1"), ("10.10.0.11", "eth1"), (pc, "eth2"), (visitor, "eth2.40")):
        assert verdict(office, Packet(camera, target, port=80), "eth2.30", leaves) == "drop"
    assert verdict(core, Packet(camera, WORLD), link, to_border) == "drop"

    assert verdict(office, Packet(visitor, WORLD), "eth2.40", "eth1") == "accept"
    assert verdict(core, Packet(visitor, WORLD), link, to_border) == "accept"
    assert verdict(border, Packet(visitor, WORLD), "eth2", "eth1") == "accept"
    for target, leaves in (("10.10.0.11", "eth1"), (pc, "eth2"), (camera, "eth2.30"), ("10.99.0.11", "eth1")):
        assert verdict(office, Packet(visitor, target, port=80), "eth2.40", leaves) == "drop"
    assert verdict(office, Packet(pc, camera), "eth2", "eth2.30") == "drop"
    assert any(visitor.rsplit(".", 1)[0] in source for item in border["nat"] for source in item["sources"])
    assert {item["interface"]: bool(item["dns"]) for item in office["dhcp"]} == {
        "eth2": True,
        "eth2.30": False,
        "eth2.40": True,
    }


def test_cameras_reach_a_recorder_that_stands_in_another_office() -> None:
    register = with_segments(regency(OFFICES), "cctv")
    lan = next(item for item in intents(register)[DISDIK]["interfaces"] if item["use"] == "lan")["addresses"][0]
    recorder = lan.split("/")[0][:-1] + "9"
    found = intents(with_government(register, cctv_recorders=(IPv4Address(recorder),)))
    camera = next(item for item in found[DINKES]["interfaces"] if item["use"] == "cctv")["addresses"][0].split("/")[0]
    core = {item["name"]: item["interface"] for item in found["core1"]["vlans"]}
    for one, other, here, there in ((camera, recorder, "dinkes", "disdik"), (recorder, camera, "disdik", "dinkes")):
        packet = Packet(one, other, port=554)
        assert verdict(found["core1"], packet, core[f"{here}-kantor"], core[f"{there}-kantor"]) == "accept"
    assert verdict(found[DISDIK], Packet(camera, recorder, port=554), "eth1", "eth2") == "accept"
    assert verdict(found[DISDIK], Packet(recorder, camera, port=554), "eth2", "eth1") == "accept"
    assert verdict(found[DISDIK], Packet(camera, lan.split("/")[0][:-1] + "8"), "eth1", "eth2") == "drop"


def test_offices_reach_each_other_only_as_permitted() -> None:
    permitted = Access.model_validate(
        {
            "name": "arsip",
            "source": "dinkes",
            "target": "disdik/kantor",
            "protocol": "tcp",
            "ports": ["445"],
            "reason": "Surat 1",
        }
    )
    found = intents(with_government(regency(OFFICES, applications=[application("a", "srv1")]), access=(permitted,)))
    lans = {
        name: next(item for item in found[name]["interfaces"] if item["use"] == "lan")["addresses"][0].split("/")[0]
        for name in (DINKES, DISDIK)
    }
    core = {item["name"]: item["interface"] for item in found["core1"]["vlans"]}
    there, back = (lans[DINKES], lans[DISDIK]), (lans[DISDIK], lans[DINKES])
    for (source, target), number, expected in ((there, 445, "accept"), (there, 80, "drop"), (back, 445, "drop")):
        packet = Packet(source, target, port=number)
        ways = ("dinkes-kantor", "disdik-kantor") if source == lans[DINKES] else ("disdik-kantor", "dinkes-kantor")
        origin, goal = (DINKES, DISDIK) if source == lans[DINKES] else (DISDIK, DINKES)
        assert verdict(found[origin], packet, "eth2", "eth1") == expected
        assert verdict(found["core1"], packet, core[ways[0]], core[ways[1]]) == expected
        assert verdict(found[goal], packet, "eth1", "eth2") == expected


def test_public_service_comes_first() -> None:
    register = regency(OFFICES)
    opds = tuple(opd.model_copy(update={"public_service": opd.code == "disdik"}) for opd in register.opds)
    (shaper,) = intents(register.model_copy(update={"opds": opds}))["br1"]["shaping"]
    priorities = {entry["name"]: entry["priority"] for entry in shaper["classes"]}
    assert priorities["disdik"] < 3 <= priorities["dinkes"]


def test_a_segment_without_numbers_is_told_before_anything_is_touched() -> None:
    before = plan(regency(OFFICES), Allocations()).allocations
    found = hosts(with_segments(regency(OFFICES), "cctv"), before, PurePath("/government"))
    office = next(host for host in found.hosts if host.name == DINKES)
    assert office.intent is None
    assert office.obstacles.missing == ("locations.dinkes/kantor.segments.cctv",)


def test_an_interface_name_that_linux_would_not_take_is_told() -> None:
    register = with_segments(regency(OFFICES), "cctv")
    devices = tuple(
        device.model_copy(
            update={
                "ports": tuple(
                    item.model_copy(update={"name": "enp0s31f6u1u2"}) if item.use == "lan" else item
                    for item in device.ports
                )
            }
        )
        if device.name == DINKES
        else device
        for device in register.devices
    )
    register = register.model_copy(update={"devices": devices})
    found = hosts(register, plan(register, Allocations()).allocations, PurePath("/government"))
    assert any("enp0s31f6u1u2.30 16 huruf" in remark for remark in found.remarks)
