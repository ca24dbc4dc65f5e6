# SPDX-License-Identifier: GPL-3.0-or-later
"""Every TCP port, from every zone: open is what the one service list says, nothing beside it and nothing less.

Packets: 33 pairs of source and address × 65 535 ports × 2 passes = 4.3 million SYNs, at most 20 000 a second: four
minutes on a machine that keeps up (TERPUSAT_SCAN_RATE slows it down). Of UDP, whose silence says nothing, the ports of
the list that answer a question are asked: DNS, NTP, SNMP.

Not run whole in a lab yet: its scanner was tried between two namespaces.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import portscan
import pytest
import snmp3
from government import (
    ALLOCATIONS,
    FOLDER,
    INTERNET_NAME,
    MANAGEMENT,
    REGISTER,
    SERVERS,
    UPLINK_ADDRESS,
    loopback,
    segment,
)
from labkit import namespaces, wires
from labkit.running import RunningLab
from labkit.shell import run
from offered import Target, differences, offered
from reach import datagrams

pytestmark = pytest.mark.walk  # some minutes, in which it wants the machine for itself

ROOT = FOLDER.parents[1]
RATE = int(os.environ.get("TERPUSAT_SCAN_RATE", "20000"))
MARK = 0x7E57
ZONES = frozenset({"data_centre", "offices", "transit", "loopback", "cctv", "public_wifi", "internet"})
OPERATORS = ""


@dataclass(frozen=True)
class Source:
    """A node that asks (nothing: the operators' machine), the zone it stands in, and whom it asks."""

    node: str
    zone: str
    targets: tuple[Target, ...]

    def __str__(self) -> str:
        return self.node or "pengelola"


def managed(host: str) -> Target:
    item = next(item for item in [*REGISTER.devices, *REGISTER.servers] if item.name == host)
    return Target(host, str(item.management_address), "manajemen", frozenset({"management"}))


def in_data_centre(server: str) -> Target:
    return Target(server, ALLOCATIONS["servers"][server], "pusat data", ZONES)


def own(device: str) -> Target:
    """The loopback; whoever stands at a port of the device itself finds it there and not at the loopback."""
    near = {"offices", "public_wifi"} if device.startswith("rt-") else {"data_centre"} if device == "core1" else set()
    return Target(device, loopback(device), "loopback", ZONES - near)


def gateway(router: str, subnet: str, zone: str) -> Target:
    return Target(router, subnet, f"gateway {zone}", frozenset({zone}))


OFFICE = "dinkes/kantor"
OFFICE_ROUTER = "rt-dinkes"
OFFICE_GATEWAY = gateway(OFFICE_ROUTER, ALLOCATIONS["locations"][OFFICE]["lan"].split("/")[0][:-1] + "1", "offices")
VISITED, VISITORS = segment("public_wifi")
FILMED, CAMERAS = segment("cctv")
CORE = gateway("core1", str(ALLOCATIONS["data_centre"]["gateway"]), "data_centre")
NAMES = [server.name for server in SERVERS]
EVERY_SERVER = tuple(in_data_centre(name) for name in NAMES)
BORDER = Target("br1", UPLINK_ADDRESS, "uplink", frozenset({"internet"}))


def server_source(name: str) -> Source:
    others = [other for other in NAMES if other != name]
    targets = [target for other in others for target in (in_data_centre(other), managed(other))]
    return Source(name, "data_centre", (*targets, own("br1"), CORE))


SOURCES = [
    Source(OPERATORS, "management", tuple(managed(name) for name in [*NAMES, "br1", "core1", OFFICE_ROUTER])),
    Source(
        f"pc-{OFFICE.replace('/', '-')}",
        "offices",
        (*EVERY_SERVER, managed(NAMES[0]), own("br1"), own("core1"), OFFICE_GATEWAY, own(OFFICE_ROUTER)),
    ),
    *(server_source(name) for name in NAMES),
    Source(
        f"tamu-{VISITED.place.replace('/', '-')}",
        "public_wifi",
        (*EVERY_SERVER, own("br1"), gateway(VISITED.router, str(VISITORS[1]), "public_wifi")),
    ),
    Source(
        f"camera-{FILMED.place.replace('/', '-')}",
        "cctv",
        (*EVERY_SERVER, own("br1"), gateway(FILMED.router, str(CAMERAS[1]), "cctv")),
    ),
    Source("internet", "internet", (BORDER,)),
    Source("isp-a", "internet", (BORDER, *EVERY_SERVER, own("br1"))),
]
sources = pytest.mark.parametrize("source", SOURCES, ids=str)


@pytest.fixture(scope="module")
def services() -> list[dict[str, Any]]:
    """The one service list, as the inventory gives it to every host."""
    command = [sys.executable, "-m", "ansible", "inventory", "--host", NAMES[0]]
    environment = {**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout)["terpusat_services"])


def address(lab: RunningLab, source: Source) -> str:
    """Where the source asks from; that of a server is in the data centre."""
    if source.node in NAMES:
        return str(ALLOCATIONS["servers"][source.node])
    if source.node == OPERATORS:
        return MANAGEMENT
    shown = lab.exec(source.node, "ip -4 -br address show dev eth0 scope global").stdout.split()
    assert len(shown) > 2, f"{source} belum punya alamat; jalankan playbooks/site.yml dulu"
    return shown[2].split("/")[0]


def scan(lab: RunningLab, source: Source, wanted: dict[str, list[int]], mark: int) -> dict[str, dict[str, Any]]:
    namespace = namespaces.path(lab.identity.name(source.node or wires.MANAGEMENT))
    job = {"targets": wanted, "rate": RATE, "patience": 2.0, "passes": 2, "mark": mark}
    command = ["nsenter", f"--net={namespace}", sys.executable, str(Path(portscan.__file__))]
    done = run(command, data=json.dumps(job), check=False, timeout=900)
    assert done.returncode == 0, f"pemindai di {source} gagal: {done.stderr}"
    return dict(json.loads(done.stdout))


@contextmanager
def let_out(lab: RunningLab, server: str) -> Iterator[None]:
    """As if somebody were root on the server: its own filter for what leaves does not hold the scanner's packets back.

    They are not tracked either: that many connections would fill the table.
    """
    rule = f"meta mark {MARK:#x}"
    find = "nft -a list chain inet terpusat output | sed -n 's/.*pemindai.* handle //p'"
    clean = f"nft delete table inet pemindai 2>/dev/null; for h in $({find}); do "
    clean += "nft delete rule inet terpusat output handle $h; done"
    prepared = lab.exec(
        server,
        f"{clean}; set -e; nft 'add table inet pemindai'; "
        "nft 'add chain inet pemindai output { type filter hook output priority raw; }'; "
        f"nft 'add rule inet pemindai output {rule} notrack'; "
        f"""nft 'insert rule inet terpusat output {rule} accept comment "pemindai"'""",
    )
    try:
        assert prepared.returncode == 0, prepared.stderr
        yield
    finally:
        lab.exec(server, clean)


@contextmanager
def inner_addresses_known(lab: RunningLab, provider: str) -> Iterator[None]:
    """The worst neighbour there is: it sends packets for our inner addresses straight to us."""
    lab.exec(provider, f"ip route replace 10.0.0.0/8 via {UPLINK_ADDRESS}")
    try:
        yield
    finally:
        lab.exec(provider, "ip route del 10.0.0.0/8")


@sources
def test_open_is_what_the_service_list_says(lab: RunningLab, services: list[dict[str, Any]], source: Source) -> None:
    here, is_server = address(lab, source), source.node in NAMES
    wanted = {target.address: offered(services, target, source.zone, here) for target in source.targets}
    helped: AbstractContextManager[None] = let_out(lab, source.node) if is_server else nullcontext()
    if source.node == "isp-a":
        helped = inner_addresses_known(lab, source.node)
    with helped:
        found = scan(lab, source, {place: sorted(ports) for place, ports in wanted.items()}, MARK if is_server else 0)
    print(f"{source}: {json.dumps(found)}")  # shown when something is wrong
    unsent = {place: seen["counts"]["unsent"] for place, seen in found.items() if seen["counts"].get("unsent")}
    assert not unsent, f"{source} tidak dapat mengirim, jadi tidak ada yang terbukti: {unsent}"
    wrong = []
    for target in source.targets:
        seen = found[target.address]
        wrong += differences(target, {*seen["open"], *seen["once"]}, wanted[target.address])
    assert not wrong, f"dari {source} ({here}):\n" + "\n".join(wrong)


def question() -> bytes:
    """For the address of the internet's web server."""
    name = b"".join(bytes([len(label)]) + label.encode() for label in INTERNET_NAME.split("."))
    return struct.pack("!HHHHHH", 0x7E57, 0x0100, 1, 0, 0, 0) + name + b"\0" + struct.pack("!HH", 1, 1)


PROBES = {53: question(), 123: b"\x23" + bytes(47), 161: snmp3.discovery()}


@sources
def test_datagrams_are_answered_as_the_service_list_says(
    lab: RunningLab, services: list[dict[str, Any]], source: Source
) -> None:
    """A server asks with its own filter in place: what it may not ask is silent, too."""
    here, wrong = address(lab, source), []
    for port, packet in PROBES.items():
        packets = [(target.address, packet) for target in source.targets]
        answers = datagrams(lab, source.node, packets, port, attempts=3, patience=1.0)
        for target, answer in zip(source.targets, answers, strict=True):
            wanted = offered(services, target, source.zone, here, "udp") & {port}
            wrong += [f"udp: {line}" for line in differences(target, {port} if answer else set(), wanted)]
    assert not wrong, f"dari {source} ({here}):\n" + "\n".join(wrong)
