# SPDX-License-Identifier: GPL-3.0-or-later
"""The port scanner of the lab's tests: its packets, what it reads in answers, and the comparison with the list."""

from __future__ import annotations

import socket
import struct

import offered
import portscan
import pytest
from hypothesis import given
from hypothesis import strategies as st
from offered import Target
from portscan import ACK, RST, SYN, Answer

US, THEM, ROUTER = "10.20.0.101", "10.10.0.11", "10.20.0.1"
TOKEN = 0xFFFFFFFF


def ip(source: str, target: str, protocol: int, content: bytes, options: bytes = b"") -> bytes:
    length = 20 + len(options)
    header = struct.pack("!BBHHHBBH", 0x40 | length // 4, 0, length + len(content), 1, 0, 64, protocol, 0)
    return header + socket.inet_aton(source) + socket.inet_aton(target) + options + content


def tcp(flags: int, acknowledged: int = 0, port: int = 80) -> bytes:
    return struct.pack("!HHIIBBHHH", port, 61001, 7, acknowledged, 5 << 4, flags, 0, 0, 0)


def test_the_checksum_is_the_standards() -> None:
    """RFC 1071, section 3: the sum of its example is ddf2."""
    assert portscan.checksum(bytes.fromhex("0001f203f4f5f6f7")) == 0xFFFF - 0xDDF2
    assert portscan.checksum(b"\x01") == portscan.checksum(b"\x01\x00")


@given(st.integers(1, 65535), st.integers(0, 2**32 - 1))
def test_a_question_is_a_syn_whose_checksum_holds(port: int, token: int) -> None:
    header = portscan.syn(US, THEM, 61001, port, token)
    pseudo = socket.inet_aton(US) + socket.inet_aton(THEM) + struct.pack("!HH", socket.IPPROTO_TCP, len(header))
    assert portscan.checksum(pseudo + header) == 0
    assert struct.unpack_from("!HHI", header) == (61001, port, token)
    assert (header[12] >> 4, header[13]) == (len(header) // 4, SYN)


@pytest.mark.parametrize(("flags", "kind"), [(SYN | ACK, portscan.OPEN), (RST | ACK, portscan.REFUSED)])
@pytest.mark.parametrize("options", [b"", b"\x01" * 8])
def test_answers_of_the_target(flags: int, kind: str, options: bytes) -> None:
    """The number that is acknowledged is the one after ours, which may be the first again."""
    packet = ip(THEM, US, socket.IPPROTO_TCP, tcp(flags, acknowledged=0), options)
    assert portscan.read(packet) == Answer(THEM, 80, 61001, TOKEN, kind)


def test_a_router_that_says_no_speaks_of_the_target() -> None:
    asked = ip(US, THEM, socket.IPPROTO_TCP, portscan.syn(US, THEM, 61001, 443, TOKEN)[:8])
    packet = ip(ROUTER, US, socket.IPPROTO_ICMP, struct.pack("!BBHI", 3, 13, 0, 0) + asked)
    assert portscan.read(packet) == Answer(THEM, 443, 61001, TOKEN, portscan.PROHIBITED)


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"\x60" + bytes(60),
        ip(THEM, US, socket.IPPROTO_UDP, bytes(40)),
        ip(THEM, US, socket.IPPROTO_TCP, tcp(SYN)),
        ip(THEM, US, socket.IPPROTO_TCP, tcp(ACK)),
        ip(THEM, US, socket.IPPROTO_TCP, tcp(SYN | ACK)[:12]),
        ip(ROUTER, US, socket.IPPROTO_ICMP, struct.pack("!BBHI", 11, 0, 0, 0) + ip(US, THEM, 6, bytes(8))),
        ip(ROUTER, US, socket.IPPROTO_ICMP, struct.pack("!BBHI", 3, 3, 0, 0) + ip(US, THEM, 17, bytes(8))),
        ip(ROUTER, US, socket.IPPROTO_ICMP, struct.pack("!BBHI", 3, 13, 0, 0) + ip(US, THEM, 6, bytes(4))),
    ],
)
def test_what_is_no_answer(packet: bytes) -> None:
    assert portscan.read(packet) is None


@given(st.binary(max_size=128))
def test_no_packet_is_too_strange(packet: bytes) -> None:
    portscan.read(packet)


@pytest.mark.parametrize("turn", range(3))
def test_a_pass_meets_every_port_once(turn: int) -> None:
    assert sorted(portscan.order(turn)) == list(range(1, 65536))


def test_passes_differ() -> None:
    assert list(portscan.order(0)) != list(portscan.order(1))


SERVER = Target("srv1", THEM, "pusat data", frozenset({"offices", "data_centre"}))
SERVICES = [
    {"name": "ssh", "host": "srv1", "protocol": "tcp", "port": 22, "from": ["management"]},
    {"name": "web", "host": "srv1", "protocol": "tcp", "port": 80, "from": ["offices", "data_centre"]},
    {"name": "db", "host": "srv1", "protocol": "tcp", "port": 5432, "from": ["data_centre"], "sources": ["10.10.0.12"]},
    {"name": "dns", "host": "srv1", "protocol": "udp", "port": 53, "from": ["offices"]},
    {"name": "web", "host": "srv2", "protocol": "tcp", "port": 8080, "from": ["offices"]},
]  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "source", "ports"),
    [
        ("offices", US, {80}),
        ("data_centre", "10.10.0.12", {80, 5432}),
        ("data_centre", "10.10.0.13", {80}),
        ("management", "10.99.0.1", set()),  # not at this address of the server
        ("cctv", "10.20.255.201", set()),
    ],
)
def test_the_list_is_read_for_one_who_asks(zone: str, source: str, ports: set[int]) -> None:
    assert offered.offered(SERVICES, SERVER, zone, source) == ports


def test_datagrams_have_a_list_of_their_own() -> None:
    assert offered.offered(SERVICES, SERVER, "offices", US, "udp") == {53}


def test_too_many_and_too_few_are_told_apart() -> None:
    assert offered.differences(SERVER, {80}, {80}) == []
    extra, missing = offered.differences(SERVER, {80, 8080}, {80, 443})
    assert "8080 terbuka" in extra
    assert "443 ada di daftar layanan, tidak terbuka" in missing
