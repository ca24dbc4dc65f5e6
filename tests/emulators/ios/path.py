# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether SSH from the management station still reaches the device with its present configuration."""

import ipaddress

from .config import Config
from .tree import Section
from .words import TYPES


def open_for(config: Config, interface: str, address: str, source: str) -> bool:
    """`interface` and `address`: where management arrives; `source`: the station. An empty one is not looked at."""
    return _interface_up(config, interface, address, source) and _vty_open(config, source)


def _interface_up(config: Config, name: str, address: str, source: str) -> bool:
    if not name:
        return True
    section = config.interface(name)
    if section is None or section.get("shutdown"):
        return False
    if address and not section.find(f"ip address {address}"):
        return False
    group = next((entry for entry in section.find("ip access-group") if entry.words[-1] == "in"), None)
    return group is None or not source or permits(config, group.words[2], source, address)


def _vty_open(config: Config, source: str) -> bool:
    """The first line of the range takes the call."""
    sections = sorted(config.root.sections("line vty"), key=lambda section: int(section.words[2]))
    if not sections:
        return True
    transport = sections[0].get("transport input")
    if transport is not None and not {"ssh", "all"} & set(transport.words):
        return False
    classes = [entry for entry in sections[0].find("access-class") if "in" in entry.words]
    return all(not source or permits(config, entry.words[1], source, "") for entry in classes)


def permits(config: Config, name: str, source: str, destination: str) -> bool:
    """What the access list says of TCP from `source` to `destination` port 22; a list that does not exist permits."""
    lists = [s for kind in ("standard", "extended") for s in config.root.sections(f"ip access-list {kind} {name}")]
    if not lists or not lists[0].entries:
        return True
    for entry in sorted(lists[0].entries.values(), key=lambda found: found.sequence or 0):
        if entry.words[0] != "remark" and _matches(lists[0], entry.words, source, destination):
            return entry.words[0] == "permit"
    return False


def _matches(section: Section, words: tuple[str, ...], source: str, destination: str) -> bool:
    rest = list(words[1:])
    if section.mode.name == "acl-std":
        return _address(rest, source)
    protocol = rest.pop(0)
    if protocol not in ("ip", "tcp"):
        return False
    if not _address(rest, source) or not _port(rest, None):
        return False
    if not _address(rest, destination) or not _port(rest, 22):
        return False
    return "established" not in rest


def _address(rest: list[str], address: str) -> bool:
    word = rest.pop(0)
    if word == "any":
        return True
    if word == "host":
        return rest.pop(0) == address
    wild = rest.pop(0) if rest and rest[0].count(".") == 3 else "0.0.0.0"
    if not address:
        return True
    mask = int(ipaddress.IPv4Address(wild)) ^ 0xFFFFFFFF
    return int(ipaddress.IPv4Address(word)) & mask == int(ipaddress.IPv4Address(address)) & mask


def _port(rest: list[str], port: int | None) -> bool:
    """`None`: any high port of the client."""
    if not rest or rest[0] not in ("eq", "gt", "lt", "neq", "range"):
        return True
    kind = rest.pop(0)
    numbers = [_number(rest.pop(0)) for _ in range(2 if kind == "range" else 1)]
    value = 50000 if port is None else port
    tests = {"eq": value == numbers[0], "neq": value != numbers[0], "gt": value > numbers[0], "lt": value < numbers[0]}
    return numbers[0] <= value <= numbers[-1] if kind == "range" else tests[kind]


def _number(name: str) -> int:
    if name.isdecimal():
        return int(name)
    return next(number for number in range(1024) if (TYPES["TCP-PORT"](str(number)) or (0, ""))[1] == name)
