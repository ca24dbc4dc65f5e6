# SPDX-License-Identifier: GPL-3.0-or-later
"""Cameras and visitors: beside the office's LAN on the same cable, and worlds apart. What the register permits, too."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest
from government import (
    ALLOCATIONS,
    APPLICATIONS,
    DEVICES,
    INTERNET,
    INTERNET_NAME,
    OFFICES,
    REGISTER,
    SERVERS,
    device_addresses,
    segment,
    server_addresses,
)
from labkit.running import RunningLab
from reach import dns, pings, tcp

pytestmark = pytest.mark.beside

CAMERA_OFFICE, CAMERAS = segment("cctv")
VISITOR_OFFICE, VISITORS = segment("public_wifi")
CAMERA = f"camera-{CAMERA_OFFICE.place.replace('/', '-')}"
VISITOR = f"tamu-{VISITOR_OFFICE.place.replace('/', '-')}"
SWITCH = f"sw-{CAMERA_OFFICE.place.replace('/', '-')}"
VLANS = REGISTER.government.vlans.segments
RECORDER = str(REGISTER.government.cctv_recorders[0])
RECORDING = next(name for name, address in ALLOCATIONS["servers"].items() if address == RECORDER)
STREAM = 554
PORTS = (22, 53, 80, 443, 554, 8080)


def address(lab: RunningLab, node: str) -> str:
    """The address that DHCP gave a node; empty while there is none."""
    shown = lab.exec(node, "ip -4 -br address show dev eth0 scope global").stdout.split()
    return shown[2].split("/")[0] if len(shown) > 2 else ""


@pytest.fixture(scope="module")
def camera(lab: RunningLab) -> str:
    """The camera's address."""
    assert lab.wait(lambda: address(lab, CAMERA) != "", 30, 1), f"{CAMERA} tidak mendapat alamat"
    return address(lab, CAMERA)


@pytest.fixture(scope="module")
def visitor(lab: RunningLab) -> str:
    """The visitor's address."""
    assert lab.wait(lambda: address(lab, VISITOR) != "", 30, 1), f"{VISITOR} tidak mendapat alamat"
    return address(lab, VISITOR)


def everything_inside() -> dict[str, str]:
    return {**device_addresses(), **server_addresses()}


def test_each_segment_has_numbers_of_its_own_on_the_one_cable(lab: RunningLab, camera: str, visitor: str) -> None:
    assert IPv4Address(camera) in CAMERAS
    assert IPv4Address(visitor) in VISITORS
    listen = "timeout 10 tcpdump -n -e -l -c 4 -i eth0 'vlan and ip' 2>/dev/null >/run/tagged"
    lab.exec(SWITCH, f"({listen} &) ; sleep 1")
    for node in (CAMERA, VISITOR):
        lab.exec(node, f"ping -n -c 2 -i 0.3 -W 1 {INTERNET}; true")
    seen = lab.exec(SWITCH, "sleep 1; cat /run/tagged").stdout
    assert f"vlan {VLANS.cctv}" in seen, seen
    assert f"vlan {VLANS.public_wifi}" in seen, seen


def test_the_recorder_fetches_the_picture_and_nobody_else_does(lab: RunningLab, camera: str) -> None:
    target = (camera, STREAM)
    assert tcp(lab, RECORDING, [target]) == {target: "open"}
    others = [server.name for server in SERVERS if server.name != RECORDING]
    others += [VISITOR, *(lab.client(office.place) for office in OFFICES)]
    reached = [name for name in others if tcp(lab, name, [target])[target] == "open"]
    assert reached == [], f"kamera terjangkau dari {reached}"


def test_a_camera_reaches_the_recorder_and_nothing_else(lab: RunningLab, camera: str) -> None:
    switch, port = next((d.name, p.name) for d in DEVICES for p in d.ports if p.to and p.to.device == RECORDING)
    listen = f"timeout 20 tcpdump -n -l -c 1 -i {port} 'src host {camera} and tcp' 2>/dev/null >/run/camera"
    lab.exec(switch, f"({listen} &) ; sleep 1")
    targets = [(place, port) for place in [*everything_inside(), INTERNET] for port in PORTS]
    targets += [(address(lab, lab.client(office.place)), 22) for office in OFFICES]
    opened = {target for target, outcome in tcp(lab, CAMERA, targets, patience=1.5).items() if outcome == "open"}
    assert {place for place, _ in opened} <= {RECORDER}, f"kamera mencapai {sorted(opened)}"
    assert camera in lab.exec(switch, "sleep 0.5; cat /run/camera").stdout, "nothing of the camera came to the recorder"
    assert pings(lab, CAMERA, [*everything_inside(), INTERNET]) <= {RECORDER}
    assert not any(dns(lab, CAMERA, device_addresses(), INTERNET_NAME).values())


@pytest.mark.usefixtures("visitor")
def test_visitors_reach_the_internet_and_nothing_else(lab: RunningLab, camera: str) -> None:
    assert INTERNET_NAME in lab.exec(VISITOR, f"curl -s -m 10 http://{INTERNET_NAME}/").stdout, "no web for visitors"
    gateway = str(VISITORS[1])
    inside = [place for place in [*everything_inside(), camera] if place != gateway]
    inside += [address(lab, lab.client(office.place)) for office in OFFICES]
    outcomes = tcp(lab, VISITOR, [(place, port) for place in inside for port in PORTS], patience=1.5)
    opened = sorted(target for target, outcome in outcomes.items() if outcome == "open")
    assert opened == [], f"tamu mencapai {opened}"
    assert pings(lab, VISITOR, inside) == set()
    for application in APPLICATIONS:
        page = lab.exec(VISITOR, f"curl -s -o /dev/null -m 3 -w '%{{http_code}}' http://{application.address}/").stdout
        assert page == "000", f"{application} terbuka untuk tamu"


def test_what_the_register_permits_between_offices_is_open_and_nothing_beside_it(lab: RunningLab) -> None:
    permit = REGISTER.government.access[0]
    port, neighbour = int(permit.ports[0]), 8081
    target = address(lab, lab.client(permit.target))
    back = address(lab, lab.client(permit.source))
    listen = "; ".join(f"(timeout 20 nc -lk {number} >/dev/null 2>&1 &)" for number in (port, neighbour))
    for place in (permit.source, permit.target):
        lab.exec_client(place, f"{listen}; sleep 0.3")
    asked = [(target, port), (target, neighbour)]
    assert tcp(lab, lab.client(permit.source), asked)[asked[0]] == "open", f"izin {permit.name} tidak berlaku"
    assert tcp(lab, lab.client(permit.source), asked)[asked[1]] != "open", "a port that nobody permitted"
    assert tcp(lab, lab.client(permit.target), [(back, port)])[back, port] != "open", "permits go one way"
    for office in OFFICES:
        if office.place not in (permit.source, permit.target):
            assert tcp(lab, lab.client(office.place), asked)[asked[0]] != "open", f"{office} tidak punya izin"
