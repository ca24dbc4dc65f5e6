# SPDX-License-Identifier: GPL-3.0-or-later
"""The core switch at work: VLANs apart from each other, OSPF, and only what the zones allow passes."""

import json
import time
from collections.abc import Callable

import pytest
import testinfra
from patience import eventually, root
from testinfra.host import Host

testinfra_hosts = ["ansible://core1"]


@pytest.fixture(scope="module")
def machine(request: pytest.FixtureRequest) -> Callable[[str], Host]:
    inventory = request.config.getoption("--ansible-inventory")
    return lambda name: testinfra.get_host(f"ansible://{name}", ansible_inventory=inventory)


Machine = Callable[[str], Host]


def test_office_is_a_full_neighbour_and_its_lan_is_known(host: Host) -> None:
    def met() -> bool:
        shown = json.loads(root(host, "vtysh -c 'show ip ospf neighbor json'") or "{}").get("neighbors", {})
        return [n["nbrState"] for n in shown.get("10.255.0.3", [])] == ["Full/-"]

    assert eventually(met), root(host, "vtysh -c 'show ip ospf neighbor'")
    assert eventually(lambda: "via 10.254.0.6 dev vlan101" in root(host, "ip route show 10.20.0.50"))


def test_every_vlan_is_a_world_of_its_own(machine: Machine) -> None:
    """Two offices in one subnet, as by a wrong cable: a switch without VLANs would join them."""
    a, b = machine("office-a"), machine("office-b")
    try:
        root(a, "ip address add 192.168.77.1/24 dev eth1")
        root(b, "ip address add 192.168.77.2/24 dev eth1")
        assert "0 received" in root(a, "ping -c 2 -W 1 192.168.77.2")
        assert "lladdr" not in root(a, "ip neighbour show 192.168.77.2")
    finally:
        root(a, "ip address del 192.168.77.1/24 dev eth1")
        root(b, "ip address del 192.168.77.2/24 dev eth1")


def test_office_reaches_an_application_but_no_other_port(machine: Machine) -> None:
    office, server = machine("office-a"), machine("server")
    for port in (80, 8080):
        root(server, f"(timeout 60 nc -lk -p {port} >/dev/null 2>&1 &); sleep 0.3")
        assert "succeeded" in root(server, f"nc -v -z -w 1 10.10.0.11 {port} 2>&1")
    reached = "nc -v -z -w 2 -s 10.20.0.50 10.10.0.11 {} 2>&1"
    assert eventually(lambda: "succeeded" in root(office, reached.format(80)), 30)
    assert "succeeded" not in root(office, reached.format(8080))


def test_office_does_not_reach_the_other_office(host: Host, machine: Machine) -> None:
    office, other = machine("office-a"), machine("office-b")
    # The way is there for the switch itself, so only its firewall can be what stops the office.
    root(host, "ip route replace 10.20.1.0/24 via 10.254.0.10")
    root(other, "(timeout 60 nc -lk -p 8080 >/dev/null 2>&1 &); sleep 0.3")
    try:
        assert "succeeded" in root(host, "nc -v -z -w 2 10.20.1.50 8080 2>&1")
        assert "succeeded" not in root(office, "nc -v -z -w 2 -s 10.20.0.50 10.20.1.50 8080 2>&1")
        assert "0 received" in root(office, "ping -c 1 -W 1 -I 10.20.0.50 10.20.1.50")
    finally:
        root(host, "ip route del 10.20.1.0/24")


def test_a_server_cannot_pretend_to_be_an_office(machine: Machine) -> None:
    server, office = machine("server"), machine("office-a")
    root(server, "ip address add 10.20.0.99/32 dev lo")
    root(
        office,
        "rm -f /run/seen; (timeout 6 tcpdump -n -U -i eth1 -w /run/seen host 10.20.0.99 >/dev/null 2>&1 &); sleep 1",
    )
    root(server, "ping -c 2 -W 1 -I 10.20.0.99 10.20.0.50; ping -c 2 -W 1 -I 10.20.0.99 10.254.0.6")
    root(server, "ip address del 10.20.0.99/32 dev lo")
    time.sleep(4)
    assert root(office, "tcpdump -n -r /run/seen 2>/dev/null") == ""
    assert "2 received" in root(server, "ping -c 2 -W 1 10.10.0.1"), "the server has no way at all"


@pytest.mark.parametrize("name", ["office-a", "server"])
def test_ssh_only_by_the_management_port(machine: Machine, name: str) -> None:
    for address in ("10.255.0.2", "10.254.0.5", "10.10.0.1"):
        assert "succeeded" not in root(machine(name), f"nc -v -z -w 1 {address} 22 2>&1")


def test_unknown_ports_belong_to_no_vlan(host: Host) -> None:
    """Exactly the ports of the register: an extra one would be an open door."""
    ports = root(host, "ovs-vsctl list-ports br0").split()
    assert sorted(ports) == ["eth1", "eth2", "eth3", "eth4", "eth5", "vlan10", "vlan100", "vlan101", "vlan102"]
    untagged = root(host, "ovs-vsctl --bare --columns=name find port tag=[] vlan_mode=[]").split()
    assert untagged == ["br0"]
