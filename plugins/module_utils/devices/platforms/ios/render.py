# SPDX-License-Identifier: GPL-3.0-or-later
"""Patch and inverse: the blocks of a change in an order that a person can follow and that does not cut itself off.

First what makes room, then what is entered (definitions before their users), then what is taken back (users before
their definitions); and all of this once more for what carries the management session, which comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .access_lists import Lists
from .commands import Command, Patch
from .compare import Sides
from .delta import Block, Kind, blocks
from .management import ManagementPath, defined
from .tree import is_access_list

#: definitions before their users; a smaller rank is entered earlier and taken back later
_RANKS: tuple[tuple[str, int], ...] = (
    (r"^(hostname|service|ip domain|ip name-server|clock) ?", 5),
    (r"^(vrf definition|ip vrf) ", 10),
    (r"^vtp ", 11),
    (r"^vlan ", 12),
    (r"^(object-group|time-range|key chain|ip sla) ", 14),
    (
        r"^(ip access-list|ipv6 access-list|mac access-list|ip prefix-list|ipv6 prefix-list|ip as-path"
        r"|ip community-list) ",
        16,
    ),
    (r"^track ", 17),
    (r"^(class-map|route-map|zone security|parameter-map|crypto pki|crypto isakmp|crypto keyring|crypto ikev2) ", 18),
    (r"^(policy-map|crypto ipsec|ip nat pool|flow record|flow exporter) ", 20),
    (r"^(crypto map|zone-pair|template|flow monitor) ", 22),
    (r"^interface (Port-channel|Loopback|Virtual-Template|Vlan|BVI|BDI)", 30),
    (r"^interface Tunnel", 34),
    (r"^interface ", 32),
    (r"^(router|ip route|ipv6 route|ip nat|ip dhcp pool|ipv6 dhcp pool) ?", 40),
    (r"^line ", 60),
)
_COMPILED = tuple((re.compile(pattern), rank) for pattern, rank in _RANKS)
_OTHER = 50


def patch(found: Sides, path: ManagementPath) -> Patch:
    """What brings the device from the reading to the intended state."""
    return _arranged(_patch_blocks(found, path), path, _new(found))


def inverse(found: Sides, path: ManagementPath) -> Patch:
    """What brings it back from any point of the patch; a command may find that there is nothing to take back."""
    lists = Lists.of(found.before, found.after, found.running, found.intended, path)
    return _arranged((*blocks(found.after, found.before, anywhere=True), *lists.inverse()), path)


def touched(found: Sides, path: ManagementPath) -> list[str]:
    """What of the patch carries the management session, in its order, each once."""
    judged = sorted(
        verdict for block in _patch_blocks(found, path) if (verdict := path.judge(block.header, block.lines))
    )
    return list(dict.fromkeys(name for _, name in judged))


def _patch_blocks(found: Sides, path: ManagementPath) -> Iterator[Block]:
    yield from blocks(found.before, found.after)
    yield from Lists.of(found.before, found.after, found.running, found.intended, path).patch()


def _new(found: Sides) -> frozenset[str]:
    """Names of access lists that the device neither has nor refers to yet: making them changes nothing."""
    known, wanted = (
        {name for child in config.children if is_access_list(child.text) and (name := defined(child.text))}
        for config in (found.running.config, found.after)
    )
    used = {word for child in found.running.config.all_children() for word in child.text.split()[1:]}
    return frozenset(wanted - known - used)


def _arranged(unordered: Iterable[Block], path: ManagementPath, new: frozenset[str] = frozenset()) -> Patch:
    plain: list[tuple[tuple[int, int], Block]] = []
    carrying: list[tuple[tuple[int, int], Block]] = []
    every = [(block, path.judge(block.header, block.lines)) for block in unordered]
    used = {word for block, verdict in every if verdict is None for line in block.lines for word in line.split()[1:]}
    for block, judged in every:
        # A new list that the terminals will use comes early all the same when somebody before them uses it too.
        verdict = None if defined(block.header) in new & used else judged
        rank = _rank(block.header) if verdict is None else verdict[0]
        place = (int(block.kind), -rank if block.kind is Kind.REMOVE else rank)
        (plain if verdict is None else carrying).append((place, block))
    first = _commands(plain)
    return Patch((*first, *_commands(carrying)), len(first))


def _commands(placed: list[tuple[tuple[int, int], Block]]) -> list[Command]:
    ordered = sorted(placed, key=lambda item: item[0])
    return [command for _, block in ordered for command in block.commands]


def _rank(header: str) -> int:
    bare = header.removeprefix("no ")
    return next((rank for pattern, rank in _COMPILED if pattern.match(bare)), _OTHER)
