# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of an office at work: a lease and a resolver for the PC, the way out, and nothing else."""

import json
from collections.abc import Callable

import pytest
import testinfra
from patience import eventually, fastest, root
from testinfra.host import Host

testinfra_hosts = ["ansible://rt-dinkes"]


@pytest.fixture(scope="module")
def machine(request: pytest.FixtureRequest) -> Callable[[str], Host]:
    inventory = request.config.getoption("--ansible-inventory")
    return lambda name: testinfra.get_host(f"ansible://{name}", ansible_inventory=inventory)


@pytest.fixture(scope="module")
def core(machine: Callable[[str], Host]) -> Host:
    return machine("core")


@pytest.fixture(scope="module")
def isp(machine: Callable[[str], Host]) -> Host:
    """The provider of the line that the office pays for itself."""
    return machine("isp")


@pytest.fixture(scope="module")
def pc(machine: Callable[[str], Host]) -> Host:
    """A PC that has asked for its address anew."""
    found = machine("pc")
    root(found, "ip -4 address flush dev eth1; networkctl reconfigure eth1")
    assert eventually(lambda: "10.20.0." in root(found, "ip -4 -br address show eth1"), 20), "no lease"
    return found


def test_lease_is_from_the_range_with_gateway_and_resolver(pc: Host) -> None:
    [entry] = json.loads(root(pc, "ip -4 -j address show dev eth1"))[0]["addr_info"]
    assert 100 <= int(entry["local"].rsplit(".", 1)[1]) <= 249
    assert entry["prefixlen"] == 24
    assert "via 10.20.0.1 dev eth1" in root(pc, "ip route show default")
    lease = root(pc, "cat /run/systemd/netif/leases/*")
    assert "DNS=10.20.0.1\n" in lease
    assert "DOMAINNAME=lab.go.id\n" in lease


def test_core_is_a_full_neighbour_and_gives_the_way_out(host: Host) -> None:
    def met() -> bool:
        shown = json.loads(root(host, "vtysh -c 'show ip ospf neighbor json'") or "{}").get("neighbors", {})
        return [n["nbrState"] for n in shown.get("10.255.0.2", [])] == ["Full/-"]

    assert eventually(met), root(host, "vtysh -c 'show ip ospf neighbor'")
    assert eventually(lambda: "via 10.254.0.5 dev eth1" in root(host, "ip route show default"))


def test_no_ospf_hello_reaches_the_lan(pc: Host) -> None:
    """A hello interval and more: a PC that sees one could become a router."""
    assert root(pc, "timeout 7 tcpdump -n -c 1 -i eth1 ip proto ospf 2>/dev/null").strip() == ""


@pytest.mark.parametrize("protocol", ["", "+tcp"])
def test_resolver_forwards(pc: Host, protocol: str) -> None:
    asked = f"dig +short +time=2 +tries=3 {protocol} @10.20.0.1 www.internet.example"
    assert eventually(lambda: root(pc, asked).strip() == "198.51.100.10", 30)


def test_resolver_answers_the_lan_only(core: Host) -> None:
    for address in ("10.20.0.1", "10.254.0.6", "10.255.0.3"):
        assert "no servers could be reached" in root(core, f"dig +time=1 +tries=1 @{address} www.internet.example")


def test_a_pc_cannot_take_the_name_of_an_application(pc: Host) -> None:
    root(pc, "hostnamectl hostname simpus; networkctl renew eth1; sleep 2")
    answer = root(pc, "dig +short +time=2 +tries=1 @10.20.0.1 simpus.lab.go.id; dig +short @10.20.0.1 simpus")
    root(pc, "hostnamectl hostname pc")
    assert "10.20.0." not in answer


def test_pc_reaches_the_internet_and_the_data_centre(pc: Host) -> None:
    for address in ("198.51.100.10", "10.10.0.11"):
        assert eventually(lambda a=address: "1 received" in root(pc, f"ping -c 1 -W 1 {a}"), 20), address


def test_pc_reaches_no_other_office_and_no_router(pc: Host) -> None:
    for address in ("10.20.1.50", "10.255.0.1", "10.255.0.3", "10.254.0.5", "10.254.0.6"):
        assert "0 received" in root(pc, f"ping -c 1 -W 1 {address}"), address
    for address in ("10.20.0.1", "10.255.0.3", "10.254.0.6"):
        assert "succeeded" not in root(pc, f"nc -v -z -w 1 {address} 22 2>&1"), address


def test_nobody_reaches_into_the_lan(pc: Host, core: Host) -> None:
    address = root(pc, "ip -4 -br address show eth1").split()[2].split("/")[0]
    root(pc, "(timeout 30 nc -lk -p 8080 >/dev/null 2>&1 &); sleep 0.3")
    assert eventually(lambda: "10.20.0.0/24" in root(core, "ip route show 10.20.0.0/24")), "the LAN is not announced"
    assert "succeeded" not in root(core, f"nc -v -z -w 2 {address} 8080 2>&1")


def test_a_borrowed_address_does_not_get_out(pc: Host, core: Host) -> None:
    root(
        core,
        "rm -f /run/seen; (timeout 6 tcpdump -n -U -i eth1 -w /run/seen host 10.20.1.77 >/dev/null 2>&1 &); sleep 1",
    )
    root(pc, "ip address add 10.20.1.77/32 dev eth1; ping -c 2 -W 1 -I 10.20.1.77 198.51.100.10")
    root(pc, "ip address del 10.20.1.77/32 dev eth1; sleep 4")
    assert root(core, "tcpdump -n -r /run/seen 2>/dev/null") == ""


def test_uploads_keep_to_the_allocation_but_not_towards_the_data_centre(pc: Host, core: Host) -> None:
    def rate(address: str) -> float:
        root(core, f"(iperf3 -s -1 -B {address} >/dev/null 2>&1 &); sleep 1")
        report = json.loads(root(pc, f"iperf3 -J -t 4 -O 1 -c {address}"))
        return float(report["end"]["sum_received"]["bits_per_second"])

    assert 15e6 < fastest(lambda: rate("198.51.100.10"), 15e6) < 22e6
    assert fastest(lambda: rate("10.10.0.11"), 40e6) > 40e6


def test_the_office_s_own_line_takes_over_and_gives_back(host: Host, pc: Host, core: Host, isp: Host) -> None:
    """The office has been cut over: its own line is the spare one, with its own address, and never a way to ours."""
    assert "dev eth1" in root(host, "ip route get 198.51.100.99")
    root(isp, "(timeout 40 tcpdump -n -l -i eth1 'icmp[0]=8' >/run/seen 2>/dev/null &); sleep 1")
    root(core, "ip link set eth1 down")
    try:
        assert eventually(lambda: "dev eth3" in root(host, "ip route get 198.51.100.99"), 40)
        assert eventually(lambda: "1 received" in root(pc, "ping -n -c 1 -W 1 198.51.100.10"), 10)
        assert "0 received" in root(pc, "ping -n -c 1 -W 1 10.10.0.11")
        assert eventually(lambda: root(pc, "dig +short +time=2 +tries=1 @10.20.0.1 www.internet.example") != "", 10)
        seen = root(isp, "cat /run/seen")
        assert "203.0.113.10 > 198.51.100.10" in seen
        assert "10.10.0.11" not in seen, "what is meant for our data centre never leaves by the office's own line"
    finally:
        root(core, "ip link set eth1 up")
    assert eventually(lambda: "dev eth1" in root(host, "ip route get 198.51.100.99"), 60)
    assert "0 received" in root(isp, "ping -n -c 1 -W 1 203.0.113.10")
