# SPDX-License-Identifier: GPL-3.0-or-later
"""What the people in an office have: a lease, names, the internet, the government's applications."""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address

import pytest
from government import (
    APPLICATIONS,
    INTERNET,
    INTERNET_NAME,
    OFFICES,
    REGISTER,
    SERVERS,
    UPLINK,
    UPLINK_ADDRESS,
    Application,
    Office,
    seen_as,
)
from labkit.running import RunningLab

pytestmark = pytest.mark.beside

offices = pytest.mark.parametrize("office", OFFICES, ids=str)


def fresh_lease(lab: RunningLab, office: Office) -> dict[str, object]:
    """Have the PC forget its address and ask again; what ``ip -j address`` shows of the new one."""
    pc = lab.client(office.place)
    lab.exec(pc, "ip -4 address flush dev eth0; rm -f /run/systemd/netif/leases/*; networkctl reconfigure eth0")
    found: list[dict[str, object]] = []

    def leased() -> bool:
        shown = json.loads(lab.exec(pc, "ip -4 -j address show dev eth0 scope global").stdout or "[]")
        found[:] = [entry for link in shown for entry in link.get("addr_info", [])]
        return bool(found)

    assert lab.wait(leased, 20), f"{pc} tidak mendapat alamat DHCP dari {office.router} dalam 20 detik"
    assert len(found) == 1, f"{pc} punya lebih dari satu alamat: {found}"
    return found[0]


@offices
def test_pc_gets_a_lease_of_its_own_office(lab: RunningLab, office: Office) -> None:
    entry = fresh_lease(lab, office)
    address = IPv4Address(str(entry["local"]))
    assert address in office.lan
    assert str(address) != office.gateway
    assert entry["prefixlen"] == office.lan.prefixlen
    assert entry["dynamic"] is True
    pc = lab.client(office.place)
    routes = json.loads(lab.exec(pc, "ip -4 -j route show default").stdout)
    assert [route["gateway"] for route in routes] == [office.gateway]
    assert lab.exec(pc, "resolvectl dns eth0").stdout.split()[-1] == office.gateway
    domain = lab.exec(pc, "resolvectl domain eth0").stdout.split()
    assert domain[-1] == REGISTER.government.domain
    leases = lab.exec(office.router, "cat /var/lib/misc/dnsmasq.leases").stdout
    hardware = lab.exec(pc, "cat /sys/class/net/eth0/address").stdout.strip()
    assert f"{hardware} {address} " in leases, f"{office.router} tidak mencatat sewa {address}: {leases}"


@offices
def test_names_of_the_internet_resolve(lab: RunningLab, office: Office) -> None:
    lab.exec(office.router, "systemctl kill -s HUP dnsmasq")  # an answer from its cache would prove nothing upstream
    lab.exec_client(office.place, "resolvectl flush-caches")
    done = lab.exec_client(office.place, f"getent ahostsv4 {INTERNET_NAME}")
    assert done.stdout.split()[:1] == [INTERNET], f"{INTERNET_NAME} tidak dikenal di {office}: {done.stderr}"


@offices
def test_long_answers_come_too(lab: RunningLab, office: Office) -> None:
    """DNS over TCP, through every resolver on the way: what is too long for a datagram is asked again like this."""
    for name, address in ((INTERNET_NAME, INTERNET), (APPLICATIONS[0].domain, APPLICATIONS[0].address)):
        done = lab.exec_client(office.place, f"dig +short +tcp +time=3 +tries=2 @{office.gateway} {name}")
        assert done.stdout.strip() == address, f"{name} lewat TCP dari {office}: {done.stdout}"


@offices
@pytest.mark.parametrize("application", APPLICATIONS, ids=str)
def test_application_answers_by_its_name(lab: RunningLab, office: Office, application: Application) -> None:
    url = f"http://{application.domain}/"
    done = lab.exec_client(office.place, f"curl -s -o /dev/null -m 10 -w '%{{http_code}} %{{remote_ip}}' {url}")
    assert done.stdout == f"200 {application.address}", f"{url} dari {office}: {done.stdout} (curl {done.returncode})"


def test_a_name_nobody_registered_gives_no_answer(lab: RunningLab) -> None:
    name = f"tidak-ada.{REGISTER.government.domain}"
    done = lab.exec_client(OFFICES[0].place, f"dig +noall +comments +time=3 +tries=1 {name} @{OFFICES[0].gateway}")
    assert "status: NOERROR" not in done.stdout, done.stdout
    assert "status: " in done.stdout, f"resolver {OFFICES[0].router} tidak menjawab: {done.stdout}"


@offices
def test_pc_reaches_the_internet_as_the_address_of_its_line(lab: RunningLab, office: Office) -> None:
    mark = uuid.uuid4().hex
    done = lab.exec_client(office.place, f"curl -s -m 10 http://{INTERNET_NAME}/?{mark}")
    assert "Halaman di internet" in done.stdout, f"{office}: curl {done.returncode} {done.stdout}{done.stderr}"
    logged: list[str] = []

    def seen() -> bool:
        journal = lab.exec("internet", "journalctl -u world-web -o cat --since=-2min").stdout
        logged[:] = [line.split()[0] for line in journal.splitlines() if mark in line]
        return bool(logged)

    assert lab.wait(seen, 5), "server internet tidak mencatat permintaan itu"
    assert logged == [seen_as(office)]


def test_nothing_but_the_uplink_address_leaves_to_the_provider(lab: RunningLab) -> None:
    """Traffic of every kind while the provider's side listens: one packet with another source is one too many."""
    lab.exec("isp-a", "rm -f /run/leak /run/all")
    listen = "timeout 60 tcpdump -n -U -Q in -i eth0"
    lab.exec(
        "isp-a",
        f"({listen} -w /run/leak ip and not src host {UPLINK_ADDRESS} >/dev/null 2>&1 &) ; "
        f"({listen} -w /run/all ip and src host {UPLINK_ADDRESS} >/dev/null 2>&1 &) ; sleep 1",
    )

    def make_noise(office: Office) -> None:
        # also what a firewall must not let slip by: a packet of no connection, an address nobody was given
        lab.exec_client(
            office.place,
            f"curl -s -m 3 -o /dev/null http://{INTERNET}/; ping -n -c 2 -i 0.2 -W 1 {INTERNET}; "
            f"dig +time=1 +tries=1 @{UPLINK.dns[0]} {INTERNET_NAME}; nc -u -w 1 {INTERNET} 9999 </dev/null; "
            f"nc -w 1 10.200.0.1 80 </dev/null; nc -w 1 {INTERNET} 81 </dev/null; true",
        )

    with ThreadPoolExecutor() as pool:
        list(pool.map(make_noise, OFFICES))
    for server in SERVERS:
        lab.exec(server.name, f"ping -n -c 1 -W 1 {INTERNET}; ping -n -c 1 -W 1 {UPLINK.gateway}; true")
    lab.exec("isp-a", "sleep 0.5; pkill -x tcpdump; sleep 0.3")
    leaked = lab.exec("isp-a", "tcpdump -n -r /run/leak 2>/dev/null").stdout
    assert leaked == "", f"paket dengan alamat dalam sampai ke penyedia:\n{leaked}"
    passed = lab.exec("isp-a", "tcpdump -n -r /run/all 2>/dev/null | wc -l").stdout.strip()
    assert int(passed) > 10, "tidak ada lalu lintas yang lewat, jadi tidak ada yang terbukti"
