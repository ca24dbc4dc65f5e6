# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether an access list lets a login in. Only what is certain is told: an entry that cannot be read ends the
judgement.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from ipaddress import IPv4Network

from . import acl

_ANY = IPv4Network("0.0.0.0/0")


def denying(
    entries: Sequence[str], sources: Sequence[str], address: str | None, port: int, standard: bool
) -> int | None:
    """Index of the entry that denies a part of ``sources`` (-1: the end of the list); None when none certainly does.

    ``address`` and ``port`` are where the login goes; None matches only what names no destination.
    """
    for source in sources:
        try:
            left = [IPv4Network(source, strict=False)]
        except ValueError:
            continue
        for index, entry in enumerate(entries):
            parts = _standard(entry) if standard else _extended(entry, address, port)
            if parts is None:
                left = []
                break
            matched, whole = parts
            if matched is None:
                continue
            if not whole:
                # Perhaps this entry, perhaps not: nothing is certain for what it touches.
                left = _minus(left, matched)
                continue
            if entry.startswith("deny") and any(part.overlaps(matched) for part in left):
                return index
            left = _minus(left, matched)
        if left:
            return -1
    return None


def _standard(entry: str) -> tuple[IPv4Network | None, bool] | None:
    words = [word for word in entry.split()[1:] if word != "log"]
    network, rest = _network(words)
    return None if network is None or rest else (network, True)


def _extended(entry: str, address: str | None, port: int) -> tuple[IPv4Network | None, bool] | None:
    """The sources that the entry matches when they come to our port, and whether it surely matches them."""
    words = entry.split()
    if words[0] not in ("permit", "deny") or len(words) < 4:
        return None
    if words[1] not in ("ip", "tcp"):
        return (None, False) if words[1] in ("udp", "icmp", "gre", "esp", "ahp", "ospf", "eigrp", "igmp") else None
    network, rest = _network(words[2:])
    if network is None:
        return None
    sure = True
    if rest and rest[0] in ("eq", "gt", "lt", "neq", "range"):
        # A login comes from any port.
        sure = False
        rest = rest[3:] if rest[0] == "range" else rest[2:]
    destination, rest = _network(rest)
    if destination is None:
        return None
    if destination != _ANY:
        if address is None:
            sure = False
        elif ipaddress.IPv4Address(address) not in destination:
            return None, False
    hit, rest = _port(rest, port)
    if not hit:
        return None, False
    return network, sure and not set(rest) - {"log", "log-input"}


def _network(words: Sequence[str]) -> tuple[IPv4Network | None, list[str]]:
    try:
        if words[0] == "any":
            return _ANY, list(words[1:])
        if words[0] == "host":
            return IPv4Network(words[1]), list(words[2:])
        if len(words) == 1 or not words[1][0].isdigit():
            return IPv4Network(words[0]), list(words[1:])
        return IPv4Network(f"{words[0]}/{words[1]}", strict=False), list(words[2:])
    except (ValueError, IndexError):
        return None, []


def _port(words: list[str], port: int) -> tuple[bool, list[str]]:
    if not words or words[0] not in ("eq", "gt", "lt", "neq", "range"):
        return True, words
    if words[0] == "range":
        low, high = (_number(word) for word in words[1:3])
        return low <= port <= high, words[3:]
    ports = [_number(words[1])]
    rest = words[2:]
    while words[0] in ("eq", "neq") and rest and (rest[0].isdigit() or rest[0] in acl.PORTS):
        ports.append(_number(rest.pop(0)))
    found = {"eq": port in ports, "neq": port not in ports, "gt": port > ports[0], "lt": port < ports[0]}
    return found[words[0]], rest


def _number(word: str) -> int:
    return int(word) if word.isdigit() else acl.PORTS.get(word, -1)


def _minus(parts: Sequence[IPv4Network], taken: IPv4Network) -> list[IPv4Network]:
    left: list[IPv4Network] = []
    for part in parts:
        if not part.overlaps(taken):
            left.append(part)
        elif not part.subnet_of(taken):
            left += part.address_exclude(taken)
    return left
