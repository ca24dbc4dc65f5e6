# SPDX-License-Identifier: GPL-3.0-or-later
"""Monitoring by SNMPv3: the monitoring server reads, with both passwords of the vault; nobody else and nothing less."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address
from typing import Any

import pytest
import snmp3
from government import (
    ALLOCATIONS,
    DEVICES,
    OFFICES,
    REGISTER,
    SERVERS,
    UPLINK_ADDRESS,
    device_addresses,
    loopback,
)
from labkit import keys
from labkit.running import RunningLab
from reach import datagrams
from snmp3 import Answer, Engine, User

pytestmark = pytest.mark.beside

PORT = 161
#: for a question that nobody should answer: asked twice, and not waited for as long as for one that counts
BRIEFLY: dict[str, Any] = {"attempts": 2, "patience": 1.0}
WATCHED = REGISTER.government.snmp
assert WATCHED is not None
NAMES = [device.name for device in DEVICES]


def watches(address: str) -> bool:
    return any(IPv4Address(address) in source for source in WATCHED.sources)


#: servers by whether the register lets them ask
MONITOR = next(s.name for s in SERVERS if watches(ALLOCATIONS["servers"][s.name]))
OTHERS = [s.name for s in SERVERS if not watches(ALLOCATIONS["servers"][s.name])]


def asked_at(device: str) -> str:
    """Where the data centre reaches a device: the core by its own door there, the others by their loopback."""
    role = next(d.role for d in DEVICES if d.name == device)
    return str(ALLOCATIONS["data_centre"]["gateway"]) if role == "core_switch" else loopback(device)


@pytest.fixture(scope="module")
def user(lab: RunningLab) -> User:
    """The account as the vault has it; the lab makes its passwords when it is configured for the first time."""
    folder = keys.private_key_path(lab.identity).parent
    return User(WATCHED.user, *((folder / name).read_text().strip() for name in ("snmp-auth", "snmp-priv")))


@pytest.fixture(scope="module")
def engines(lab: RunningLab) -> dict[str, Engine]:
    """Every device's agent, introduced to the monitoring server."""
    packets = [(asked_at(name), snmp3.discovery()) for name in NAMES]
    found = {}
    for name, packet in zip(NAMES, datagrams(lab, MONITOR, packets, PORT), strict=True):
        assert packet, f"agen SNMP di {name} ({asked_at(name)}) tidak menjawab {MONITOR}"
        engine = snmp3.answer(packet, User("")).engine
        assert engine is not None
        found[name] = engine
    assert len({engine.id for engine in found.values()}) == len(NAMES), "dua agen memakai identitas yang sama"
    return found


def ask(
    lab: RunningLab,
    engines: dict[str, Engine],
    user: User,
    names: Iterable[str] = NAMES,
    new_name: str | None = None,
    **how: Any,
) -> dict[str, Answer]:
    """sysName of devices, asked by the monitoring server; no entry for silence."""
    wanted = list(names)
    packets = [(asked_at(name), snmp3.ask(engines[name], user, new_name)) for name in wanted]
    answers = datagrams(lab, MONITOR, packets, PORT, **how)
    return {name: snmp3.answer(packet, user) for name, packet in zip(wanted, answers, strict=True) if packet}


def read(lab: RunningLab, engines: dict[str, Engine], user: User) -> dict[str, str | None]:
    """sysName of every device. An agent whose clock is not known says it (RFC 3414, 3.2.7), and is asked again."""
    found = ask(lab, engines, user)
    engines |= {name: a.engine for name, a in found.items() if a.asks_for_the_time and a.engine is not None}
    if late := [name for name, a in found.items() if a.asks_for_the_time]:
        found |= ask(lab, engines, user, late)
    return {name: answer.value for name, answer in found.items()}


def test_the_monitoring_server_reads_every_device(lab: RunningLab, engines: dict[str, Engine], user: User) -> None:
    assert read(lab, engines, user) == {name: name for name in NAMES}


def test_it_reads_and_changes_nothing(lab: RunningLab, engines: dict[str, Engine], user: User) -> None:
    read(lab, engines, user)
    done = ask(lab, engines, user, new_name="rt-lain", **BRIEFLY)
    assert {answer.value for answer in done.values()} == {None}, done
    assert read(lab, engines, user) == {name: name for name in NAMES}


@pytest.mark.parametrize(
    ("less", "why"),
    [
        ("no password at all", {"authorizationError", "unsupportedSecLevels"}),
        ("not encrypted", {"authorizationError", "unsupportedSecLevels"}),
        ("another password", {"wrongDigests"}),
        ("another name", {"unknownUserNames"}),
    ],
)
def test_less_than_both_passwords_gives_nothing(
    lab: RunningLab, engines: dict[str, Engine], user: User, less: str, why: set[str]
) -> None:
    tried = {
        "no password at all": User(user.name),
        "not encrypted": User(user.name, user.auth),
        "another password": User(user.name, user.auth[::-1] + "x", user.priv),
        "another name": User("public", user.auth, user.priv),
    }[less]
    assert set(read(lab, engines, user).values()) == set(NAMES), "the agents know the time, and answer who may ask"
    answers = ask(lab, engines, tried, **BRIEFLY)
    assert {answer.value for answer in answers.values()} <= {None}
    assert {answer.why for answer in answers.values()} <= why


def test_another_password_for_privacy_gives_nothing(lab: RunningLab, engines: dict[str, Engine], user: User) -> None:
    read(lab, engines, user)
    tried = User(user.name, user.auth, user.priv[::-1] + "x")
    packets = [(asked_at(name), snmp3.ask(engines[name], tried)) for name in NAMES]
    for name, packet in zip(NAMES, datagrams(lab, MONITOR, packets, PORT, **BRIEFLY), strict=True):
        # What the agent says to that is signed, or encrypted with its own password: then only that reads it.
        assert not packet or name.encode() not in packet
        assert not packet or snmp3.answer(packet, user).value is None


@pytest.mark.usefixtures("engines")
def test_the_versions_without_passwords_are_not_spoken(lab: RunningLab, user: User) -> None:
    words = ["public", "private", user.name]
    said = [snmp3.community(version, word) for version in (1, 2) for word in words]
    packets = [(asked_at(name), packet) for name in NAMES for packet in said]
    assert set(datagrams(lab, MONITOR, packets, PORT, **BRIEFLY)) == {b""}


@pytest.mark.parametrize("who", [*OTHERS, f"pc {OFFICES[0]}", "isp-a", "pengelola", MONITOR + " lewat manajemen"])
@pytest.mark.usefixtures("engines")
def test_nobody_else_gets_so_much_as_a_greeting(lab: RunningLab, who: str) -> None:
    """Not a server beside it, not an office, not the provider; operators come by ssh. That agents live is known."""
    node = {f"pc {OFFICES[0]}": lab.client(OFFICES[0].place), "pengelola": "", MONITOR + " lewat manajemen": MONITOR}
    addresses = dict(device_addresses())
    if who.startswith(MONITOR) or who == "pengelola":
        # The monitoring server stands on the management network too, the operators there alone.
        addresses = {str(device.management_address): device.name for device in DEVICES}
    if who == "isp-a":
        addresses = {UPLINK_ADDRESS: "br1"}
    answers = datagrams(
        lab, node.get(who, who), [(address, snmp3.discovery()) for address in addresses], PORT, **BRIEFLY
    )
    heard = [addresses[address] for address, answer in zip(addresses, answers, strict=True) if answer]
    assert not heard, f"{who} mendapat jawaban SNMP dari: {', '.join(heard)}"
