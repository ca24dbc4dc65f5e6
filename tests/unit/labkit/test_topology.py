# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab follows the register: its own, and registers that a person changed."""

from ipaddress import IPv4Interface
from pathlib import Path

import pytest
from labkit import topology, wires
from labkit.errors import LabError
from labkit.identity import Identity
from labkit.model import End, Topology, Wire
from labkit.register_source import read

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Device, Register

FOLDER = Path(__file__).resolve().parents[3] / "inventories" / "lab" / "register"


@pytest.fixture(scope="module")
def register() -> Register:
    return read(FOLDER)


@pytest.fixture(scope="module")
def lab(register: Register) -> Topology:
    return topology.build(register)


def with_device(register: Register, name: str, **changes: object) -> Register:
    devices = tuple(d.model_copy(update=changes) if d.name == name else d for d in register.devices)
    return register.model_copy(update={"devices": devices})


def joined(lab: Topology) -> set[frozenset[str]]:
    return {frozenset((str(wire.a), str(wire.b))) for wire in lab.wires}


def test_what_is_in_service_becomes_a_node(lab: Topology) -> None:
    assert {node.name: node.role for node in lab.managed} == {
        "br1": "border_router",
        "core1": "core_switch",
        "rt-dinkes": "opd_router",
        "rt-disdik": "opd_router",
        "rt-bapenda": "opd_router",
        "rt-kec-hilir": "opd_router",
        "rt-pkm-hulu": "opd_router",
        "srv1": "server",
        "srv2": "server",
    }


def test_the_world_around(lab: Topology) -> None:
    outside = {node.name: node.role for node in lab.nodes if node.management is None}
    assert outside == {
        "isp-a": "isp",
        "isp-b": "isp",
        "isp-dinkes-lama": "isp",
        "isp-bapenda-lama": "isp",
        "isp-pkm-hulu-internet": "isp",
        "radio-kec-hilir": "radio",
        "internet": "internet",
        "pc-dinkes-kantor": "client",
        "pc-disdik-kantor": "client",
        "sw-disdik-kantor": "access_switch",
        "camera-disdik-kantor": "camera",
        "tamu-disdik-kantor": "visitor",
        "pc-bapenda-kantor": "client",
        "pc-kec-hilir-kantor": "client",
        "pc-pkm-hulu-gedung": "client",
    }


def test_cables_are_the_ports_of_the_register(lab: Topology) -> None:
    assert joined(lab) == {
        frozenset(pair)
        for pair in (
            ("br1:eth1", "isp-a:eth0"),
            ("isp-a:eth1", "internet:eth0"),
            ("br1:eth3", "isp-b:eth0"),
            ("isp-b:eth1", "internet:eth1"),
            ("rt-dinkes:eth3", "isp-dinkes-lama:eth0"),
            ("isp-dinkes-lama:eth1", "internet:eth2"),
            ("br1:eth2", "core1:eth1"),
            ("br1:eth4", "core1:eth9"),
            ("core1:eth2", "rt-dinkes:eth1"),
            ("core1:eth3", "rt-disdik:eth1"),
            ("core1:eth4", "srv1:eth1"),
            ("core1:eth5", "srv2:eth1"),
            ("rt-dinkes:eth2", "pc-dinkes-kantor:eth0"),
            # an office with segments has a switch: cameras and visitors are behind the same port as the PC
            ("rt-disdik:eth2", "sw-disdik-kantor:eth0"),
            ("sw-disdik-kantor:eth1", "pc-disdik-kantor:eth0"),
            ("sw-disdik-kantor:eth2", "camera-disdik-kantor:eth0"),
            ("sw-disdik-kantor:eth3", "tamu-disdik-kantor:eth0"),
            ("core1:eth6", "rt-bapenda:eth1"),
            ("rt-bapenda:eth2", "pc-bapenda-kantor:eth0"),
            ("rt-bapenda:eth3", "isp-bapenda-lama:eth0"),
            ("isp-bapenda-lama:eth1", "internet:eth3"),
            # a leased line through the air has a node of its own in the middle
            ("core1:eth7", "radio-kec-hilir:eth0"),
            ("radio-kec-hilir:eth1", "rt-kec-hilir:eth1"),
            ("rt-kec-hilir:eth2", "pc-kec-hilir-kantor:eth0"),
            # an office behind a tunnel has no cable to us, only a provider's
            ("rt-pkm-hulu:eth1", "isp-pkm-hulu-internet:eth0"),
            ("isp-pkm-hulu-internet:eth1", "internet:eth4"),
            ("rt-pkm-hulu:eth2", "pc-pkm-hulu-gedung:eth0"),
        )
    }


def test_management_addresses_take_the_length_of_the_pool(lab: Topology) -> None:
    assert lab.management == IPv4Interface("10.99.0.1/24")
    assert lab.node("br1").management == IPv4Interface("10.99.0.11/24")


def test_cable_to_something_not_yet_there_hangs_loose(register: Register) -> None:
    lab = topology.build(with_device(register, "rt-disdik", readiness="arrived"))
    assert "rt-disdik" not in {node.name for node in lab.nodes}
    assert "pc-disdik-kantor" not in {node.name for node in lab.nodes}
    assert Wire(End("core1", "eth3")) in lab.wires


def test_other_platforms_are_left_out_and_said_so(register: Register) -> None:
    lab = topology.build(with_device(register, "rt-disdik", platform="routeros"))
    assert "rt-disdik" not in {node.name for node in lab.nodes}
    assert any("rt-disdik" in note and "routeros" in note for note in lab.notes)


def test_the_air_is_as_narrow_and_as_slow_as_the_circuit_says(lab: Topology) -> None:
    files = {file.path: file.content for file in lab.node("radio-kec-hilir").files}
    assert "/srv/air.py eth0 eth1 10000000 6" in files["/etc/systemd/system/world-air.service"]


def test_an_office_switch_tags_what_is_not_the_office_lan(lab: Topology) -> None:
    files = {file.path: file.content for file in lab.node("sw-disdik-kantor").files}
    unit = files["/etc/systemd/system/world-switch.service"]
    assert "set port eth0 vlan_mode=native-untagged tag=10 trunks=30,40" in unit
    assert [f"set port eth{n} tag={vlan}" in unit for n, vlan in ((1, 10), (2, 30), (3, 40))] == [True] * 3


def test_a_second_lan_port_gets_a_second_pc(register: Register) -> None:
    device = register.device("rt-dinkes")
    lan = device.port("eth2")
    assert lan is not None
    ports = (*device.ports, lan.model_copy(update={"name": "eth4"}))
    lab = topology.build(with_device(register, "rt-dinkes", ports=ports))
    assert frozenset(("rt-dinkes:eth4", "pc-dinkes-kantor-2:eth0")) in joined(lab)


def test_nothing_in_service_is_refused(register: Register) -> None:
    devices = tuple(device.model_copy(update={"readiness": "ordered"}) for device in register.devices)
    empty = register.model_copy(update={"devices": devices, "servers": ()})
    with pytest.raises(LabError, match="in_service"):
        topology.build(empty)


def test_device_without_management_port_is_refused(register: Register) -> None:
    ports = tuple(port for port in register.device("br1").ports if port.use != "management")
    with pytest.raises(LabError, match=r"br1.*management"):
        topology.build(with_device(register, "br1", ports=ports))


@pytest.mark.parametrize("name", ["internet", "peer", "mgmt"])
def test_names_that_the_lab_needs_are_refused(register: Register, name: str) -> None:
    extra = register.device("rt-satpolpp").model_copy(update={"name": name, "readiness": "in_service"})
    assert isinstance(extra, Device)
    with pytest.raises(LabError, match=name):
        topology.build(register.model_copy(update={"devices": (*register.devices, extra)}))


def test_register_errors_come_all_at_once(tmp_path: Path) -> None:
    for file in FOLDER.glob("*.yml"):
        text = file.read_text().replace("platform: linux", "platform: linuks").replace("Mbps", "MBps")
        (tmp_path / file.name).write_text(text)
    with pytest.raises(LabError) as error:
        read(tmp_path)
    assert "devices.yml" in str(error.value)
    assert "bandwidth.yml" in str(error.value)


def test_no_port_is_cabled_twice(lab: Topology) -> None:
    ends = [end for wire in lab.wires for end in (wire.a, wire.b) if end]
    assert len(ends) == len(set(ends))


def test_interfaces_of_the_far_ends_are_unique(lab: Topology) -> None:
    identity = Identity(Path("/checkout"))
    ends = []
    for wire in lab.wires:
        pair = wires.cable(identity, wire)
        ends += [(pair.a_namespace, pair.a_name), (pair.b_namespace, pair.b_name)]
    for node in lab.managed:
        pair = wires.management_cable(identity, node)
        ends += [(pair.a_namespace, pair.a_name), (pair.b_namespace, pair.b_name)]
    assert len(ends) == len(set(ends))
