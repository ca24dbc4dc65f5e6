# SPDX-License-Identifier: GPL-3.0-or-later
"""The border seen from outside: nothing inside is reachable, and the border itself does not even answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from government import (
    MANAGEMENT,
    OFFICES,
    UPLINK,
    UPLINK_ADDRESS,
    device_addresses,
    loopbacks,
    server_addresses,
)
from labkit.running import RunningLab
from reach import dns, pings, spoofed, tcp

pytestmark = pytest.mark.beside

PROVIDER = "isp-a"


@pytest.fixture
def provider_knows_our_addresses(lab: RunningLab) -> Iterator[str]:
    """The worst neighbour there is: the provider's router sends packets for our inner addresses straight to us."""
    lab.exec(PROVIDER, f"ip route replace 10.0.0.0/8 via {UPLINK_ADDRESS}")
    yield PROVIDER
    lab.exec(PROVIDER, "ip route del 10.0.0.0/8")


def test_the_internet_is_reachable_from_the_border(lab: RunningLab) -> None:
    """Otherwise silence would prove nothing."""
    assert pings(lab, "br1", [str(UPLINK.gateway)]) == {str(UPLINK.gateway)}


def test_the_border_is_silent(lab: RunningLab) -> None:
    lab.exec(PROVIDER, "rm -f /run/heard; (timeout 40 tcpdump -n -U -Q in -i eth0 -w /run/heard "
             f"'ip src {UPLINK_ADDRESS} and dst {UPLINK.gateway}' >/dev/null 2>&1 &) ; sleep 1")  # fmt: skip
    ports = [*range(1, 1025), 2601, 2604, 2616, 2623, 3142, 5201, 6640, 8080, 33434]
    outcomes = tcp(lab, PROVIDER, [(UPLINK_ADDRESS, port) for port in ports], patience=1.0)
    heard = {f"{port}: {outcome}" for (_, port), outcome in outcomes.items() if outcome != "silent"}
    assert not heard, f"router perbatasan menjawab di uplink: {sorted(heard)}"
    assert pings(lab, PROVIDER, [UPLINK_ADDRESS]) == set()
    assert dns(lab, PROVIDER, [UPLINK_ADDRESS], "www.internet.example") == {UPLINK_ADDRESS: ""}
    lab.exec(PROVIDER, "pkill -x tcpdump; sleep 0.3")
    answer = lab.exec(PROVIDER, "tcpdump -n -r /run/heard 2>/dev/null").stdout
    assert answer == "", f"router perbatasan mengirim jawaban:\n{answer[:2000]}"


def test_nothing_inside_is_reachable(lab: RunningLab, provider_knows_our_addresses: str) -> None:
    inside = {**device_addresses(), **server_addresses()}
    for office in OFFICES:
        shown = lab.exec_client(office.place, "ip -4 -br address show dev eth0").stdout.split()
        inside[shown[2].split("/")[0]] = f"PC {office}"
    outcomes = tcp(lab, provider_knows_our_addresses, [(a, port) for a in inside for port in (22, 53, 80, 443)])
    found = {f"{inside[a]} {a}:{port} {o}" for (a, port), o in outcomes.items() if o != "silent"}
    assert not found, f"dari penyedia terjangkau: {sorted(found)}"
    assert pings(lab, provider_knows_our_addresses, inside) == set()


@pytest.mark.usefixtures("provider_knows_our_addresses")
def test_our_own_address_from_outside_is_a_lie(lab: RunningLab) -> None:
    """Packets that claim to come from management, an office or a router: they arrive, and that is the end of them."""
    lies = [MANAGEMENT, str(OFFICES[0].lan[99]), str(loopbacks()[99])]
    targets = [(address, port) for address in [*device_addresses(), *server_addresses()] for port in (53, 80)]
    further = spoofed(lab, PROVIDER, lies, targets, router="br1", port="eth1")
    assert further == "", f"paket dengan alamat palsu diteruskan atau dijawab:\n{further[:2000]}"
