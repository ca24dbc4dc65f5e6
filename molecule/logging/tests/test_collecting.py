# SPDX-License-Identifier: GPL-3.0-or-later
"""What arrives at a collector, and where it lies."""

from __future__ import annotations

import re
import time

import pytest
import scenario_drift
import testinfra
from testinfra.host import Host

testinfra_hosts = ["ansible://srv2"]
FOLDER = "/var/log/terpusat"
#: server -> address, and where its messages lie
ADDRESSES = {"srv1": "10.10.0.11", "srv2": "10.10.0.12"}
PLACES = {"srv1": "kominfo/srv1", "srv2": "dinkes/srv2"}
DEVICE, STRANGER = "10.255.0.3", "10.255.0.99"
MESSAGES = 1000


@pytest.fixture(scope="module")
def srv1(host: Host) -> Host:
    return testinfra.get_host("ansible://srv1", ansible_inventory=host.backend.ansible_inventory)


def root(host: Host, command: str) -> str:
    with host.sudo():
        done = host.run(command)
    assert done.rc == 0, f"{command}: {done.stderr}"
    return str(done.stdout)


def found(host: Host, text: str, seconds: float = 30) -> list[str]:
    """Files of the collector that hold the text, as soon as there is one."""
    deadline = time.monotonic() + seconds
    while not (files := root(host, f"grep -rlF -- '{text}' {FOLDER} || true").split()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return [name.removeprefix(f"{FOLDER}/") for name in files]


def send(origin: Host, source: str, packet: str) -> None:
    """A datagram of syslog from an address of the machine."""
    program = (
        "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); "
        f"s.bind(('{source}', 0)); s.sendto(b'{packet}', ('{ADDRESSES['srv2']}', 514))"
    )
    assert origin.run(f'python3 -c "{program}"').rc == 0


@pytest.mark.parametrize(("client", "collector"), [("srv1", "srv2"), ("srv2", "srv1")])
def test_nothing_is_lost_while_the_collector_is_away(host: Host, srv1: Host, client: str, collector: str) -> None:
    """Debian 12 sends to 13 and the other way round; the client is restarted in between, too."""
    hosts = {"srv1": srv1, "srv2": host}
    sender, keeper = hosts[client], hosts[collector]
    tag, half = f"hilang-{time.time_ns()}", MESSAGES // 2
    kept = f"{FOLDER}/{PLACES[client]}/messages.log"
    root(keeper, "systemctl stop rsyslog.service syslog.socket")
    root(
        sender,
        f"seq -f 'nomor-%g.' 1 {half} | logger -t {tag}; sleep 1; systemctl restart rsyslog.service; "
        f"seq -f 'nomor-%g.' {half + 1} {MESSAGES} | logger -t {tag}",
    )
    wanted = set(range(1, MESSAGES + 1))
    deadline = time.monotonic() + 60
    # They wait on disk, not only in memory.
    while not int(root(sender, f"cat /var/spool/rsyslog/to_{collector}.0* 2>/dev/null | grep -c {tag} || true") or 0):
        assert time.monotonic() < deadline, "tidak ada yang menunggu di disk"
        time.sleep(0.5)
    assert tag not in root(keeper, f"cat {kept}"), "pengumpul masih menerima, jadi tidak ada yang terbukti"
    root(keeper, "systemctl start rsyslog.service")
    deadline = time.monotonic() + 400
    while time.monotonic() < deadline:
        numbers = [int(number) for number in re.findall(rf"{tag}\[\d+\]: nomor-(\d+)\.", root(keeper, f"cat {kept}"))]
        if wanted <= set(numbers):
            break
        time.sleep(1)
    missing = sorted(wanted - set(numbers))
    assert not missing, f"{len(missing)} dari {MESSAGES} pesan hilang: {missing[:10]}"
    print(f"{client} -> {collector}: {len(numbers)} pesan tiba untuk {MESSAGES}")
    assert len(numbers) <= MESSAGES * 1.2, "pesan ulangan yang terlalu banyak"


def test_a_device_is_known_by_its_address_and_a_stranger_has_a_place_apart(host: Host, srv1: Host) -> None:
    root(srv1, f"ip address replace {DEVICE}/32 dev lo; ip address replace {STRANGER}/32 dev lo")
    root(host, f"ip route replace 10.255.0.0/24 via {ADDRESSES['srv1']}")
    send(srv1, DEVICE, "<14>Nov 23 01:00:00 rt-dinkes uji: dari-perangkat")
    send(srv1, STRANGER, "<14>Nov 23 01:00:00 rt-dinkes uji: dari-orang-asing")
    assert found(host, "dari-perangkat") == ["dinkes/rt-dinkes/messages.log"]
    assert found(host, "dari-orang-asing") == [f"tidak-dikenal/{STRANGER}/messages.log"]


def test_a_claimed_name_changes_nothing(host: Host, srv1: Host) -> None:
    send(srv1, ADDRESSES["srv1"], "<14>Nov 23 01:00:00 rt-disdik uji: nama-pinjaman")
    assert found(host, "nama-pinjaman") == ["kominfo/srv1/messages.log"]


def test_only_our_servers_are_let_in(host: Host, srv1: Host) -> None:
    """A client without certificate, with one of its own making, with one of ours that is no client; then a client's."""
    offers = "relp_version=0\nrelp_software=uji\ncommands=syslog\n"
    frame = f"1 open {len(offers) - 1} {offers}".replace("\n", "\\n")
    make = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=srv1 -keyout /run/self.key -out /run/self.crt -days 1"
    root(srv1, f"{make} 2>/dev/null")

    def answer(origin: Host, certificate: str) -> str:
        tls = f"timeout 8 openssl s_client -quiet -connect {ADDRESSES['srv2']}:6514 {certificate}"
        return root(origin, f"(printf '{frame}'; sleep 3) | {tls} 2>/dev/null || true")

    own = "-cert /etc/terpusat/tls/host.crt -key /etc/terpusat/tls/host.key"
    assert "200 OK" in answer(srv1, own), "cara ujinya tidak bekerja"
    assert "200 OK" not in answer(srv1, "")
    assert "200 OK" not in answer(srv1, "-cert /run/self.crt -key /run/self.key")
    assert "200 OK" not in answer(host, own), "sertifikat kita, tetapi bukan milik klien"


def test_an_office_reads_its_own_only(host: Host) -> None:
    root(host, "id pembaca >/dev/null 2>&1 || useradd --groups log-dinkes pembaca")
    read = "runuser -u pembaca -- sh -c 'cat {}/{}/messages.log >/dev/null'"
    root(host, read.format(FOLDER, PLACES["srv2"]))
    with host.sudo():
        assert host.run(read.format(FOLDER, PLACES["srv1"])).failed


def test_nothing_would_change() -> None:
    assert scenario_drift.would_change() == []


def test_a_stopped_service_is_named_and_mended(host: Host) -> None:
    root(host, "systemctl stop rsyslog.service syslog.socket terpusat-logs.timer")
    done = scenario_drift.play("--limit", "srv2")
    assert scenario_drift.changed_tasks(done.stdout) == ["Run rsyslog and the timer now and at every start"]
    root(host, "systemctl is-active rsyslog.service terpusat-logs.timer")
