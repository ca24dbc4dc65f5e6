# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages of network devices at the register's log server: by name, from the device's own address, by its road."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from government import ALLOCATIONS, CENTRAL, DEVICES, PARALLEL, REGISTER, SERVERS, Office, loopback
from labkit.running import RunningLab
from reach import datagrams

pytestmark = pytest.mark.beside

PORT = 514
COLLECTORS = {ALLOCATIONS["servers"][s.name]: s for s in SERVERS}
ADDRESS = next(str(a) for a in REGISTER.government.log_servers if str(a) in COLLECTORS)
COLLECTOR = COLLECTORS[ADDRESS]
OTHERS = [server.name for server in SERVERS if server is not COLLECTOR]
#: of the log server, where messages belong
DOOR = next(port.name for port in COLLECTOR.ports if port.use == "data_centre")
NAMES = [device.name for device in DEVICES]
UNIT, FILE = "uji-syslog", "/run/uji-syslog"
#: a busy machine's rsyslog; nothing is decided by it but when to give up
PATIENCE = 30
#: nobody answers a message
TWICE: dict[str, Any] = {"attempts": 2, "patience": 0.3}

# Every datagram that the server's packet filter lets through, with the interface it came by, one JSON a line.
_LISTENER = """
import json, socket, struct
door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
door.setsockopt(socket.IPPROTO_IP, 8, 1)  # IP_PKTINFO
door.bind(("", 514))
with open("/run/uji-syslog", "w", buffering=1) as heard:
    print("{}", file=heard)
    while True:
        data, extra, _, sender = door.recvmsg(65535, 256)
        index = struct.unpack("I", extra[0][2][:4])[0]
        name, text = socket.if_indextoname(index), data.decode(errors="replace")
        print(json.dumps({"interface": name, "sender": sender[0], "text": text}), file=heard)
"""


@dataclass(frozen=True)
class Message:
    """RFC 5424: ``<PRI>1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG``."""

    interface: str
    sender: str
    text: str

    @property
    def host(self) -> str:
        return self.text.split(" ")[2]

    @property
    def program(self) -> str:
        return self.text.split(" ")[3]


Heard = Callable[[str], list[Message]]


@pytest.fixture(scope="module")
def heard(lab: RunningLab) -> Iterator[Heard]:
    """The messages that hold a text and came to the log server while these tests run."""
    name = COLLECTOR.name
    lab.exec(name, f"systemctl stop {UNIT} 2>/dev/null; rm -f {FILE}")
    start = lab.exec(name, ["systemd-run", "--quiet", "--collect", f"--unit={UNIT}", "python3", "-c", _LISTENER])
    assert start.returncode == 0, start.stderr
    assert lab.wait(lambda: lab.exec(name, f"test -s {FILE}").returncode == 0, PATIENCE), "pendengar tidak menyala"

    def found(text: str) -> list[Message]:
        lines = lab.exec(name, ["grep", "-F", text, FILE]).stdout.splitlines()
        return [Message(**json.loads(line)) for line in lines]

    yield found
    lab.exec(name, f"systemctl stop {UNIT}; rm -f {FILE}")


def said(lab: RunningLab, names: list[str]) -> str:
    """A text that each of the devices has said just now, and nobody before."""
    text = f"uji-{secrets.token_hex(8)}"
    for name in names:
        assert lab.exec(name, ["logger", "-t", "uji", "-p", "user.notice", text]).returncode == 0
    return text


def test_every_device_is_heard_by_name_from_its_own_address(lab: RunningLab, heard: Heard) -> None:
    text = said(lab, NAMES)
    assert lab.wait(lambda: {m.host for m in heard(text)} == set(NAMES), PATIENCE), (
        f"tidak terdengar: {set(NAMES) - {m.host for m in heard(text)}}"
    )
    messages = heard(text)
    assert {(m.host, m.sender) for m in messages} == {(name, loopback(name)) for name in NAMES}
    # Not by the management network, on which the log server stands too.
    assert {m.interface for m in messages} == {DOOR}
    assert {m.program for m in messages} == {"uji"}


@pytest.mark.parametrize("office", [CENTRAL[0], PARALLEL[0]], ids=str)
def test_a_login_is_told(lab: RunningLab, heard: Heard, office: Office) -> None:
    router = office.router
    before = len([m for m in heard("Accepted publickey for ") if m.host == router])

    def told() -> list[Message]:
        return [m for m in heard("Accepted publickey for ") if m.host == router][before:]

    assert lab.ssh(router, "true").returncode == 0
    assert lab.wait(lambda: bool(told()), PATIENCE), f"login ke {router} tidak terdengar di {COLLECTOR.name}"
    assert told()[0].program.startswith("sshd")


def test_what_is_not_worth_a_message_stays_at_home(lab: RunningLab, heard: Heard) -> None:
    name, quiet = NAMES[0], f"uji-{secrets.token_hex(8)}"
    assert lab.exec(name, ["logger", "-t", "uji", "-p", "user.debug", quiet]).returncode == 0
    after = said(lab, [name])
    assert lab.wait(lambda: bool(heard(after)), PATIENCE)
    assert heard(quiet) == []


@pytest.mark.parametrize("who", [*OTHERS, CENTRAL[0].place, PARALLEL[0].place, "isp-a"])
def test_nobody_else_puts_a_line_into_the_log(lab: RunningLab, heard: Heard, who: str) -> None:
    """Neither by the server's address in the data centre nor by the one for management."""
    node = lab.client(who) if "/" in who else who
    text = f"uji-{secrets.token_hex(8)}"
    addresses = [ADDRESS, str(COLLECTOR.management_address)]
    datagrams(
        lab, node, [(address, f"<13>1 - rt-palsu uji - - - {text}".encode()) for address in addresses], PORT, **TWICE
    )
    assert_heard_later_but_not(lab, heard, text)


def test_an_office_that_borrows_a_routers_address_is_not_heard(lab: RunningLab, heard: Heard) -> None:
    office, text = CENTRAL[0], f"uji-{secrets.token_hex(8)}"
    lies = [loopback(office.router), loopback(NAMES[0])]
    pc = lab.client(office.place)
    lab.exec(pc, "; ".join(f"ip address add {lie}/32 dev lo" for lie in lies))
    try:
        for lie in lies:
            datagrams(lab, pc, [(ADDRESS, f"<13>1 - rt-palsu uji - - - {text}".encode())], PORT, source=lie, **TWICE)
    finally:
        lab.exec(pc, "; ".join(f"ip address del {lie}/32 dev lo" for lie in lies))
    assert_heard_later_but_not(lab, heard, text)


def assert_heard_later_but_not(lab: RunningLab, heard: Heard, text: str) -> None:
    """A device that speaks afterwards is heard; so silence is no deaf listener."""
    after = said(lab, [NAMES[0]])
    assert lab.wait(lambda: bool(heard(after)), PATIENCE), "pendengar sendiri tidak mendengar apa pun"
    assert heard(text) == []
