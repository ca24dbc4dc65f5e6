# SPDX-License-Identifier: GPL-3.0-or-later
"""Who gets through the packet filter of a server."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator

import pytest
import scenario_drift
import testinfra
from testinfra.host import Host

testinfra_hosts = ["ansible://srv1"]
LISTENING = [22, 80, 5432, 8080]
DATA_ADDRESS, MANAGEMENT_ADDRESS = "10.10.0.11", "10.99.0.11"
NEIGHBOUR_MANAGEMENT = "10.99.0.12"


@pytest.fixture(scope="module")
def neighbour(host: Host) -> Host:
    inventory = host.backend.ansible_inventory
    return testinfra.get_host("ansible://neighbour", ansible_inventory=inventory)


@pytest.fixture(scope="module", autouse=True)
def listeners(host: Host) -> Iterator[None]:
    """Something answers on every port, so that silence is the filter's doing."""
    with host.sudo():
        for port in LISTENING[1:]:
            host.run(f"systemd-run --quiet --unit=penyusup-{port} python3 -m http.server --directory /tmp {port}")
        deadline = time.monotonic() + 80
        while time.monotonic() < deadline:
            heard = host.run("ss --no-header --listening --tcp --numeric").stdout
            if all(f":{port} " in heard for port in LISTENING):
                break
            time.sleep(0.5)
        else:
            pytest.fail("pendengar uji tidak menyala")
    yield
    with host.sudo():
        host.run("systemctl stop 'penyusup-*'")


def reached(origin: Host, source: str, address: str) -> list[int]:
    """Ports of an address that answer a connection from ``source``."""
    tries = [f"(nc -z -w 2 -s {source} {address} {port} && echo {port}) &" for port in LISTENING]
    return sorted(int(port) for port in origin.run(" ".join(tries) + " wait").stdout.split())


@pytest.mark.parametrize(
    ("zone", "source", "ports"),
    [
        ("data_centre", "10.10.0.1", [80]),
        ("offices", "10.20.0.100", [80]),
        ("internet", "198.51.100.10", []),
    ],
)
def test_each_zone_reaches_its_services_and_nothing_else(
    neighbour: Host, zone: str, source: str, ports: list[int]
) -> None:
    assert reached(neighbour, source, DATA_ADDRESS) == ports, zone


def test_management_network_alone_is_no_pass(neighbour: Host) -> None:
    """The neighbour stands on the management network, but it is not one of the government's management sources."""
    assert reached(neighbour, NEIGHBOUR_MANAGEMENT, MANAGEMENT_ADDRESS) == []


def test_management_address_is_not_reachable_from_the_data_side(neighbour: Host) -> None:
    with neighbour.sudo():
        neighbour.run(f"ip route add {MANAGEMENT_ADDRESS}/32 via {DATA_ADDRESS} dev eth1")
        try:
            assert reached(neighbour, "10.10.0.1", MANAGEMENT_ADDRESS) == []
        finally:
            neighbour.run(f"ip route del {MANAGEMENT_ADDRESS}/32")


def test_the_server_opens_nothing_towards_the_management_network(host: Host) -> None:
    attempt = "import socket; socket.create_connection(('%s', %d), 3)"
    assert host.run(f'python3 -c "{attempt % (NEIGHBOUR_MANAGEMENT, 22)}"').failed
    assert host.run(f'python3 -c "{attempt % ("10.99.0.1", 3142)}"').succeeded, "but for the package cache"


def outcome(origin: Host, address: str, port: int, protocol: str = "tcp") -> str:
    """What a program on the server is told: open, or the name of the error."""
    kind = "STREAM" if protocol == "tcp" else "DGRAM"
    lines = [
        "import errno, socket",
        f"s = socket.socket(socket.AF_INET, socket.SOCK_{kind})",
        "s.settimeout(3)",
        "try:",
        f'    s.connect(("{address}", {port}))',
        '    s.send(b"x")' if protocol == "udp" else "    pass",
        '    print("open")',
        "except OSError as error:",
        '    print(errno.errorcode.get(error.errno, "TIMEOUT"))',
    ]
    program = "\n".join(lines)
    return str(origin.run(f"python3 -c '{program}'").stdout.strip())


def test_the_server_opens_what_the_list_says_and_is_refused_all_else(host: Host, neighbour: Host) -> None:
    """The neighbour stands for the other server (whose page is in the list), the resolver, an office, the internet."""
    with neighbour.sudo():
        for address in ("10.10.0.12", "10.255.0.1"):
            neighbour.run(f"ip address replace {address}/32 dev lo")
        for port in (80, 53, 8080):
            neighbour.run(f"systemd-run --quiet --unit=tujuan-{port} python3 -m http.server --directory /tmp {port}")
        deadline = time.monotonic() + 60
        while neighbour.run("ss -Hltn").stdout.count(":8080 ") < 1 and time.monotonic() < deadline:
            time.sleep(0.5)
    try:
        assert outcome(host, "10.10.0.12", 80) == "open"
        assert outcome(host, "10.255.0.1", 53) == "open"
        assert outcome(host, "198.51.100.123", 123, "udp") == "open"
        refused = [("10.10.0.12", 8080), ("10.10.0.1", 80), ("10.20.0.100", 80), ("198.51.100.10", 80)]
        # At once, and not by waiting for silence.
        assert [outcome(host, *target) for target in refused] == ["ECONNREFUSED"] * len(refused)
        # Not by the neighbour: it serves these very ports.
        assert neighbour.run("python3 -c 'import socket; socket.create_connection((\"10.20.0.100\", 8080), 3)'").rc == 0
        with host.sudo():
            output = host.run("nft list chain inet terpusat output").stdout
        counted = re.findall(
            r'packets (\d+) bytes \d+ (?:accept|reject)[^\n]*comment "(portal|everything else outwards)"', output
        )
        assert {name for packets, name in counted if int(packets)} == {"portal", "everything else outwards"}
    finally:
        with neighbour.sudo():
            neighbour.run(
                "systemctl stop 'tujuan-*'; ip address del 10.10.0.12/32 dev lo; ip address del 10.255.0.1/32 dev lo"
            )


def test_it_is_in_force_after_a_restart(host: Host) -> None:
    assert host.service("nftables").is_enabled


def test_a_rule_added_by_hand_is_named_and_mended(host: Host, neighbour: Host) -> None:
    """In the kernel only; the file is untouched."""
    with host.sudo():
        assert host.run("nft insert rule inet terpusat input tcp dport 5432 accept").succeeded
    assert 5432 in reached(neighbour, "10.20.0.100", DATA_ADDRESS)
    assert scenario_drift.would_change("--limit", "srv1") == ["Filter packets"]
    assert scenario_drift.changed_tasks(scenario_drift.play("--limit", "srv1").stdout) == ["Filter packets"]
    assert reached(neighbour, "10.20.0.100", DATA_ADDRESS) == [80]


@pytest.mark.parametrize(
    ("services", "outcome"),
    [
        ([], "refused"),
        ([{"name": "ssh", "host": "srv1", "protocol": "tcp", "port": 22, "from": ["offices"]}], "rolled_back"),
    ],
    ids=["no SSH at all", "SSH from elsewhere only"],
)
def test_a_filter_that_locks_the_operator_out_does_not(
    host: Host, neighbour: Host, services: list[dict[str, object]], outcome: str
) -> None:
    """What certainly shuts us out is refused before login; else no new login, and the former rules come back."""
    changed = {"scenario_services": services, "firewall_guard_seconds": 20}
    done = scenario_drift.play("--limit", "srv1", "-e", json.dumps(changed))
    assert done.returncode != 0
    assert outcome in done.stdout
    assert host.run("true").succeeded
    assert reached(neighbour, "10.20.0.100", DATA_ADDRESS) == [80]
    assert scenario_drift.would_change() == []
