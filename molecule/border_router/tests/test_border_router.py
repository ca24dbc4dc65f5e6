# SPDX-License-Identifier: GPL-3.0-or-later
"""The border router at work: OSPF with the core, NAT, DNS, shaping, and silence towards the provider."""

import json
from itertools import pairwise

import pytest
import testinfra
from patience import eventually, fastest, root
from testinfra.host import Host

testinfra_hosts = ["ansible://br1"]


@pytest.fixture(scope="module")
def isp(request: pytest.FixtureRequest) -> Host:
    return neighbour(request, "isp")


@pytest.fixture(scope="module")
def spare(request: pytest.FixtureRequest) -> Host:
    """The second provider."""
    return neighbour(request, "isp-b")


@pytest.fixture(scope="module")
def core(request: pytest.FixtureRequest) -> Host:
    return neighbour(request, "core")


def neighbour(request: pytest.FixtureRequest, name: str) -> Host:
    return testinfra.get_host(f"ansible://{name}", ansible_inventory=request.config.getoption("--ansible-inventory"))


def test_core_is_a_full_neighbour_and_gets_the_default_route(core: Host) -> None:
    def met() -> bool:
        shown = json.loads(root(core, "vtysh -c 'show ip ospf neighbor json'") or "{}").get("neighbors", {})
        return [n["nbrState"] for n in shown.get("10.255.0.1", [])] == ["Full/-"]

    assert eventually(met), root(core, "vtysh -c 'show ip ospf neighbor'")
    assert eventually(lambda: "via 10.254.0.2 dev eth1" in root(core, "ip route show default"))


def test_inside_reaches_the_internet_with_the_uplink_address(core: Host, isp: Host) -> None:
    root(
        isp, "rm -f /run/seen; (timeout 15 tcpdump -n -c 1 -i eth1 -w /run/seen 'icmp[0]=8' >/dev/null 2>&1 &); sleep 1"
    )
    assert eventually(lambda: "1 received" in root(core, "ping -c 1 -W 1 -I 10.20.0.50 198.51.100.53"), 20)
    source = root(isp, "sleep 1; tcpdump -n -r /run/seen 2>/dev/null").split(" IP ")[1].split(" > ")[0]
    assert source == "203.0.113.2"


@pytest.mark.parametrize("protocol", ["", "+tcp"])
@pytest.mark.parametrize(
    ("name", "address"), [("simpus.lab.go.id", "10.10.0.11"), ("www.internet.example", "198.51.100.53")]
)
def test_resolver_knows_applications_and_asks_upstream(core: Host, name: str, address: str, protocol: str) -> None:
    asked = f"dig +short +time=2 +tries=3 {protocol} -b 10.254.0.1 @10.255.0.1 {name}"
    assert root(core, asked).strip() == address


def test_resolver_is_not_open_to_the_outside(isp: Host) -> None:
    root(isp, "ip route replace 10.255.0.1/32 via 203.0.113.2")
    for server in ("203.0.113.2", "10.255.0.1"):
        assert "no servers could be reached" in root(isp, f"dig +time=1 +tries=1 @{server} simpus.lab.go.id")
    root(isp, "ip route del 10.255.0.1/32")


def test_outside_gets_no_answer_at_all(isp: Host) -> None:
    assert "0 received" in root(isp, "ping -c 1 -W 1 203.0.113.2")
    for port in (22, 53, 179, 2601):
        refused = root(isp, f"nc -v -z -w 1 203.0.113.2 {port} 2>&1")
        assert "timed out" in refused, f"{port}: {refused}"


def test_outside_does_not_get_in(isp: Host, core: Host) -> None:
    root(core, "(timeout 20 nc -lk -s 10.20.0.50 -p 8080 >/dev/null 2>&1 &); sleep 0.5")
    assert "succeeded" in root(core, "nc -v -z -w 1 10.20.0.50 8080 2>&1"), "no listener, so nothing would be proven"
    root(isp, "ip route replace 10.20.0.0/24 via 203.0.113.2")
    assert "timed out" in root(isp, "nc -v -z -w 2 10.20.0.50 8080 2>&1")
    assert "0 received" in root(isp, "ping -c 1 -W 1 10.20.0.50")
    root(isp, "ip route del 10.20.0.0/24")


def test_ssh_only_by_the_management_port(core: Host) -> None:
    for address in ("10.255.0.1", "10.254.0.2"):
        assert "succeeded" not in root(core, f"nc -v -z -w 1 {address} 22 2>&1")


def test_downloads_keep_to_the_allocation(core: Host, isp: Host) -> None:
    def rate() -> float:
        root(isp, "(iperf3 -s -1 -B 198.51.100.53 >/dev/null 2>&1 &); sleep 1")
        report = json.loads(root(core, "iperf3 -J -R -t 4 -O 1 -B 10.20.0.50 -c 198.51.100.53"))
        return float(report["end"]["sum_received"]["bits_per_second"])

    assert 15e6 < fastest(rate, 15e6) < 22e6


def active(host: Host) -> str:
    return root(host, "cat /run/terpusat/line").strip()


def rate(host: Host) -> str:
    """What the whole line towards the core is shaped to."""
    return root(host, "tc class show dev eth2 classid 1:1").split(" rate ")[1].split()[0]


def test_another_line_takes_over_within_seconds_and_gives_back(host: Host, isp: Host, spare: Host, core: Host) -> None:
    """The cable to the main provider stays up and its router answers: what lies behind it is gone."""
    assert eventually(lambda: active(host) == "isp-a")
    assert rate(host) == "200Mbit"
    pings = "stdbuf -oL ping -n -D -i 0.2 -W 1 -w 30 -I 10.20.0.50 198.51.100.10"
    root(core, f"({pings} >/run/pings 2>&1 &); sleep 3")
    root(spare, "(timeout 30 tcpdump -n -l -i eth1 'icmp[0]=8 and src 203.0.113.6' >/run/seen 2>/dev/null &); sleep 1")
    root(isp, "for a in 53 10; do ip address del 198.51.100.$a/32 dev lo; done")
    assert eventually(lambda: active(host) == "isp-b", 20), root(host, "journalctl -u terpusat-lines -n 30")
    assert "1 received" in root(core, "ping -n -c 1 -W 3 -I 10.20.0.50 198.51.100.10")
    assert eventually(lambda: rate(host) == "20Mbit", 10)
    assert "dev eth3" in root(host, "ip route get 198.51.100.99")
    assert "203.0.113.6 > 198.51.100.10" in root(spare, "cat /run/seen"), "it leaves with the address of the new line"
    answers = [line for line in root(core, "cat /run/pings").splitlines() if " bytes from " in line]
    gap = max(later - earlier for earlier, later in pairwise(float(line[1:].split("]")[0]) for line in answers))
    print(f"failover: {gap:.1f} s")
    assert 1 < gap < 15, f"{gap:.1f} s without an answer"
    assert "default" in root(core, "ip route show default"), "inside nobody noticed: the border still has a way out"
    root(isp, "for a in 53 10; do ip address add 198.51.100.$a/32 dev lo; done")
    assert eventually(lambda: active(host) == "isp-a", 40)
    assert eventually(lambda: rate(host) == "200Mbit", 10)


def test_without_any_line_the_default_route_is_withdrawn(isp: Host, spare: Host, core: Host) -> None:
    """So that offices with a line of their own use that one."""
    for provider in (isp, spare):
        root(provider, "for a in 53 54 10; do ip address del 198.51.100.$a/32 dev lo; done")
    assert eventually(lambda: "default" not in root(core, "ip route show default"), 30)
    for provider, name in ((isp, 53), (spare, 54)):
        root(provider, f"for a in {name} 10; do ip address add 198.51.100.$a/32 dev lo; done")
    assert eventually(lambda: "default" in root(core, "ip route show default"), 40)
