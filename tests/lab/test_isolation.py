# SPDX-License-Identifier: GPL-3.0-or-later
"""What an office must not reach: other offices, devices, servers beside their applications."""

from __future__ import annotations

import pytest
from government import (
    ALLOCATIONS,
    DEVICES,
    INTERNET,
    MANAGEMENT,
    OFFICES,
    SERVERS,
    Office,
    application_server,
    device_addresses,
    other_office,
    server_addresses,
)
from labkit.running import RunningLab
from reach import dns, pings, spoofed, tcp

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Server

pytestmark = pytest.mark.beside

offices = pytest.mark.parametrize("office", OFFICES, ids=str)
#: ssh, dns, web, FRR's consoles, iperf3, dnsmasq over tcp … whatever listens or might one day
PORTS = (22, 23, 53, 80, 179, 443, 2601, 2604, 2616, 2623, 3142, 5201, 6640, 8080)


def lease(lab: RunningLab, office: Office) -> str:
    pc = lab.client(office.place)
    address = lab.exec(pc, "ip -4 -br address show dev eth0").stdout.split()
    assert len(address) > 2, f"{pc} belum punya alamat; jalankan playbooks/site.yml dulu"
    return address[2].split("/")[0]


@offices
def test_no_port_of_any_device_or_server_beyond_what_is_offered(lab: RunningLab, office: Office) -> None:
    everything = {**device_addresses(), **server_addresses()}
    tried = tcp(lab, lab.client(office.place), [(address, port) for address in everything for port in PORTS])
    # Offered: DNS of its own gateway, and port 80 of servers with applications. The test tool itself is proven by them.
    wanted = {(office.gateway, 53)} | {(address, 80) for address in everything if application_server(address)}
    found = {target for target, outcome in tried.items() if outcome == "open"}
    # A port that is open is open twice; a busy machine once told of one where nothing listens.
    again = tcp(lab, lab.client(office.place), sorted(found - wanted))
    found -= {target for target, outcome in again.items() if outcome != "open"}
    extra = [f"{everything[address]} {address}:{port}" for address, port in sorted(found - wanted)]
    assert not extra, f"dari {office} terbuka: {', '.join(extra)}"
    assert found == wanted, f"dari {office} tidak terjangkau: {sorted(wanted - found)}"


@offices
def test_no_device_but_its_own_gateway_answers_a_ping(lab: RunningLab, office: Office) -> None:
    addresses = {**device_addresses(), **server_addresses()}
    answered = pings(lab, lab.client(office.place), [*addresses, INTERNET])
    assert answered == {office.gateway, INTERNET}, f"yang menjawab: {[addresses.get(a, a) for a in answered]}"


@offices
def test_no_resolver_but_its_own_answers(lab: RunningLab, office: Office) -> None:
    answers = dns(lab, lab.client(office.place), device_addresses(), "www.internet.example")
    assert {resolver for resolver, answer in answers.items() if answer} == {office.gateway}


@offices
def test_no_pc_of_another_office(lab: RunningLab, office: Office) -> None:
    other = other_office(office)
    target, neighbour = lease(lab, other), lab.client(other.place)
    lab.exec(neighbour, "(timeout 15 nc -lk 8080 >/dev/null 2>&1 &) ; sleep 0.3")
    # The listener is really there: seen from its own router.
    assert tcp(lab, other.router, [(target, 8080)]) == {(target, 8080): "open"}
    assert tcp(lab, lab.client(office.place), [(target, 8080)])[target, 8080] != "open"
    assert pings(lab, lab.client(office.place), [target]) == set()
    assert lease(lab, office) not in lab.exec(neighbour, "ip neighbour").stdout


@offices
def test_a_borrowed_address_gets_nowhere(lab: RunningLab, office: Office) -> None:
    """A PC that gives itself an address of the other office, of management or of the data centre."""
    pc = lab.client(office.place)
    server = next(address for address in server_addresses() if application_server(address))
    targets = [(server, 80), (INTERNET, 80), (office.gateway, 53)]
    assert set(tcp(lab, pc, targets).values()) == {"open"}, f"{pc} tidak mencapai apa pun, jadi tidak ada yang terbukti"
    targets += [(str(device.management_address), 53) for device in DEVICES]
    borrowed = [str(other_office(office).lan[77]), MANAGEMENT, str(ALLOCATIONS["data_centre"]["gateway"])]
    further = spoofed(lab, pc, borrowed, targets, router=office.router, port="eth2")
    assert further == "", f"paket dengan alamat pinjaman diteruskan atau dijawab:\n{further[:2000]}"


@pytest.mark.parametrize("server", SERVERS, ids=lambda server: server.name)
def test_a_server_is_no_management_host(lab: RunningLab, server: Server) -> None:
    """Servers stand on the management network too; being there is not enough."""
    name = server.name
    addresses = {a: n for a, n in {**device_addresses(), **server_addresses()}.items() if not n.startswith(name)}
    tried = tcp(lab, name, [(address, 22) for address in addresses])
    found = [f"{addresses[a]} {a}" for (a, _), outcome in tried.items() if outcome == "open"]
    assert not found, f"dari {name} ssh terbuka ke: {', '.join(found)}"


def test_the_operator_reaches_every_device_and_server(lab: RunningLab) -> None:
    """The counterpart of all the above: what is closed to others is open to the management source."""
    for name in [node.name for node in DEVICES] + [node.name for node in SERVERS]:
        done = lab.ssh(name, "hostname")
        assert done.stdout.strip() == name, f"{name}: {done.stderr}"
