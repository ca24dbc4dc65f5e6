# SPDX-License-Identifier: GPL-3.0-or-later
"""What RouterOS prints, v6 and v7, as its manual and devices show it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import inspection
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.inspection import Neighbour
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros import cli
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.inspection import (
    items,
    neighbours,
    seconds,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import CommandResult

RESOURCE = """\
                   uptime: 3w4d12h33m20s
                  version: 7.16.2 (stable)
               build-time: 2024-11-26 12:09:40
              free-memory: 831.5MiB
        architecture-name: arm64
               board-name: RB5009UG+S+
                 platform: MikroTik
"""
BOARD = """\
       routerboard: yes
             model: RB5009UG+S+
     serial-number: HGX09ABCDEF
     firmware-type: 70x0
  current-firmware: 7.16.2
"""
NEIGHBOURS = """\
 0 interface=ether1,bridge address=10.99.0.12 address4=10.99.0.12 mac-address=00:11:22:33:44:55
   identity="core1.lab.go.id" platform="Cisco" version="Cisco IOS Software, Version 15.2(4)E7" unpack=none
   age=32s software-id="" board="WS-C3750X-24" interface-name="GigabitEthernet0/1" system-description="Cisco IOS
   Software" system-caps=bridge,router system-caps-enabled=router discovered-by=cdp,lldp

 1 interface=ether2 address=10.99.0.31 mac-address=48:A9:8A:11:22:33 identity="rt \\"dinkes\\"" platform="MikroTik"
   version="6.49.17 (stable)" unpack=none age=5s uptime=2d3h4m5s software-id="ABCD-1234" board="RB750Gr3"
   ipv6=no interface-name="bridge/ether2"

 2   interface=ether3 mac-address=AA:BB:CC:DD:EE:FF identity="" platform="" version="" age=1s
"""


class Answering:
    """A session that knows some commands; for others it says what RouterOS says."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers

    def run(self, command: str, stdin: bytes = b"", timeout: float = 60.0) -> CommandResult:
        del stdin, timeout
        asked = command.removeprefix(':put ""; ').removesuffix(f'; :put "{cli.END}"')
        if asked not in self.answers:
            return CommandResult(0, b"\r\nbad command name (line 1 column 9)\r\n", b"")
        text = f"\n{self.answers[asked]}\n{cli.END}\n"
        return CommandResult(0, text.replace("\n", "\r\n").encode(), b"")


def facts(**answers: str) -> Any:
    commands = {f"/system {name} print": text for name, text in answers.items() if name != "neighbours"}
    commands["/ip neighbor print detail without-paging"] = answers.get("neighbours", "")
    return inspection.load("routeros").facts(Answering(commands))  # type: ignore[arg-type]


def test_a_board() -> None:
    found = facts(resource=RESOURCE, routerboard=BOARD, identity="  name: rt-dinkes\n", neighbours=NEIGHBOURS)
    assert found.as_result("routeros") | {"neighbours": []} == {
        "platform": "routeros", "hostname": "rt-dinkes", "model": "RB5009UG+S+", "version": "7.16.2",
        "serial": "HGX09ABCDEF", "uptime_seconds": ((3 * 7 + 4) * 24 + 12) * 3600 + 33 * 60 + 20, "neighbours": [],
    }  # fmt: skip
    assert len(found.neighbours) == 4


def test_a_virtual_router_has_no_board() -> None:
    found = facts(
        resource=RESOURCE.replace("RB5009UG+S+", "CHR QEMU Standard PC").replace(
            "7.16.2 (stable)", "6.49.17 (long-term)"
        ),
        identity="name: MikroTik\n",
        license="        system-id: AbCdEfGhIjK\n            level: free\n",
    )
    assert (found.model, found.version, found.serial) == ("CHR QEMU Standard PC", "6.49.17", "AbCdEfGhIjK")


def test_neighbours() -> None:
    core = ("ether1", "core1.lab.go.id", "GigabitEthernet0/1", "10.99.0.12", "Cisco WS-C3750X-24")
    assert list(neighbours(NEIGHBOURS)) == [
        Neighbour("cdp", *core),
        Neighbour("lldp", *core),
        Neighbour("mndp", "ether2", 'rt "dinkes"', "bridge/ether2", "10.99.0.31", "MikroTik RB750Gr3"),
        Neighbour("", "ether3", "AA:BB:CC:DD:EE:FF"),
    ]
    assert list(neighbours("")) == []


words = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)


@given(st.lists(st.dictionaries(st.sampled_from(["identity", "board", "version"]), words, min_size=1), max_size=4))
def test_quoted_texts_come_back(entries: list[dict[str, str]]) -> None:
    def quoted(text: str) -> str:
        for plain in '\\"$?':
            text = text.replace(plain, f"\\{plain}")
        return f'"{text}"'

    lines = [
        f" {number} interface=ether{number} " + " ".join(f"{name}={quoted(text)}" for name, text in entry.items())
        for number, entry in enumerate(entries)
    ]
    found = list(items("\n".join(lines) + "\n"))
    assert [{name: value for name, value in item.items() if name != "interface"} for item in found] == entries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1w2d03:04:05", (9 * 24 + 3) * 3600 + 4 * 60 + 5),
        ("5s", 5),
        ("2d", 172800),
        ("1h1s", 3601),
        ("00:00:07", 7),
        ("", None),
        ("never", None),
    ],
)
def test_uptime(text: str, expected: int | None) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        '/ppp secret add name=budi password=RAHASIA1 service=pppoe', '/radius add address=10.0.0.1 secret="RAHASIA1 x"',
        "/ip ipsec identity add peer=p secret=RAHASIA1", "/snmp community add name=RAHASIA1 addresses=::/0",
        "/snmp community\nset [ find default=yes ] name=RAHASIA1", ' 0 name="budi" password="RAHASIA1" service=any',
        "/interface wireguard add private-key=\"RAHASIA1=\"", "       secret: RAHASIA1",
        "/routing bgp connection add tcp-md5-key=RAHASIA1", "set wpa2-pre-shared-key=RAHASIA1 mode=dynamic-keys",
    ],
)  # fmt: skip
def test_outputs_are_masked(line: str) -> None:
    masked = inspection.load("routeros").mask(f"a\n{line}\nb\n", Fingerprints(b"k"))
    assert "RAHASIA1" not in masked
    assert masked.startswith("a\n")
    assert masked.endswith("b\n")
