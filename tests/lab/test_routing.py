# SPDX-License-Identifier: GPL-3.0-or-later
"""OSPF: exactly the neighbours that the register's cables give, all of them Full, and the routes that follow."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from government import ALLOCATIONS, DEVICES, OFFICES, REGISTER, UPLINK, loopback, transit
from labkit.running import RunningLab

pytestmark = pytest.mark.beside

devices = pytest.mark.parametrize("device", [device.name for device in DEVICES])
#: OSPF needs a dead interval to forget and some seconds to meet again
SETTLED = 45
#: who put a route, by rtnetlink's numbers: the watcher of the lines, FRR for OSPF
WATCHER, OSPF = "77", "188"


def vtysh(lab: RunningLab, device: str, command: str) -> dict[str, Any]:
    done = lab.exec(device, ["vtysh", "-c", command])
    assert done.returncode == 0, f"{device}: {command}: {done.stderr}{done.stdout}"
    return dict(json.loads(done.stdout))


def neighbours(lab: RunningLab, device: str) -> dict[str, list[str]]:
    """Router id of each neighbour → states of the adjacencies with it."""
    shown = vtysh(lab, device, "show ip ospf neighbor json")["neighbors"]
    return {router: [entry["nbrState"].split("/")[0] for entry in entries] for router, entries in shown.items()}


@devices
def test_neighbours_are_exactly_the_cabled_ones_and_full(lab: RunningLab, device: str) -> None:
    expected = {loopback(neighbour): ["Full"] for neighbour in transit()[device]}
    found: dict[str, list[str]] = {}

    def settled() -> bool:
        found.clear()
        found.update(neighbours(lab, device))
        return found == expected

    assert lab.wait(settled, SETTLED, 1), f"{device}: tetangga OSPF {found}, seharusnya {expected}"


def test_every_packet_of_ospf_bears_the_key(lab: RunningLab) -> None:
    """Heard where links end: at the core, at the border for the tunnels. Type 2 (RFC 2328, D.3) is cryptographic."""
    assert REGISTER.government.ospf_authentication
    listeners = sorted(set(transit()) & {device.name for device in DEVICES if device.role != "opd_router"})
    listen = "timeout 8 tcpdump -n -v -l -i any 'ip proto 89' 2>/dev/null"
    with ThreadPoolExecutor() as pool:
        texts = pool.map(lambda name: lab.exec(name, listen).stdout, listeners)
        heard = dict(zip(listeners, texts, strict=True))
    for name, text in heard.items():
        kinds = re.findall(r"Authentication Type: (.*)", text)
        senders = set(re.findall(r"([\d.]+) > 224\.0\.0\.5", text))
        expected = {address for near, far in transit().items() for peer, address in far.items() if name in (near, peer)}
        assert expected <= senders, f"{name}: tidak terdengar {expected - senders}"
        assert {kind.split(",")[0].strip() for kind in kinds} == {"MD5 (2)"}, f"{name}: {sorted(set(kinds))}"


@devices
def test_every_device_knows_every_network_of_ours(lab: RunningLab, device: str) -> None:
    wanted = {f"{loopback(other.name)}/32" for other in DEVICES}
    wanted |= {str(office.lan) for office in OFFICES} | {ALLOCATIONS["data_centre"]["subnet"], "0.0.0.0/0"}
    missing: set[str] = set()

    def complete() -> bool:
        known = {prefix for prefix, routes in vtysh(lab, device, "show ip route json").items() if routes}
        missing.clear()
        missing.update(wanted - known)
        return not missing

    assert lab.wait(complete, SETTLED, 1), f"{device} tidak punya rute ke {sorted(missing)}"


def test_the_default_route_comes_from_the_border(lab: RunningLab) -> None:
    for device in DEVICES:
        [route, *behind] = sorted(
            json.loads(lab.exec(device.name, "ip -N -j route show default").stdout), key=lambda item: item["metric"]
        )
        own = next((office.own_line for office in OFFICES if office.router == device.name), "")
        if own:
            handoff = REGISTER.circuit(own).handoff
            assert handoff is not None
            assert (route["gateway"], route["protocol"]) == (str(handoff.gateway), WATCHER)
            known = vtysh(lab, device.name, "show ip route 0.0.0.0/0 json")["0.0.0.0/0"]
            assert "ospf" in {entry["protocol"] for entry in known}, "the government's network waits behind it"
        elif device.role == "border_router":
            assert (route["gateway"], route["protocol"]) == (str(UPLINK.gateway), WATCHER)
            assert behind == [], "the other lines wait"
        else:
            behind = [item for item in behind if item["protocol"] != WATCHER]  # an office's own line, far behind
            assert behind == []
            assert route["protocol"] == OSPF, f"{device.name}: rute bawaan dari {route['protocol']}"


def test_no_neighbour_could_be_made_where_people_sit(lab: RunningLab) -> None:
    """LANs and the data centre are announced, but no hello leaves there: a PC cannot become a router."""
    for device in DEVICES:
        interfaces = vtysh(lab, device.name, "show ip ospf interface json")["interfaces"]
        links = {name for name, shown in interfaces.items() if not shown.get("timerPassiveIface", False)}
        assert len(links) == len(transit()[device.name]), f"{device.name}: OSPF aktif di {sorted(links)}"
