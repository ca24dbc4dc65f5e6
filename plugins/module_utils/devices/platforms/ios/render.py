# SPDX-License-Identifier: GPL-3.0-or-later
"""Patch and inverse: the blocks of a change in an order that a person can follow and that does not cut itself off.

First what makes room, then what is entered (definitions before their users), then what is taken back (users before
their definitions); and all of this once more for what carries the management session, which comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from . import detours
from .access_lists import Lists
from .commands import Patch
from .compare import Sides
from .delta import Block, Kind, blocks
from .detours import Place
from .management import ManagementPath, defined
from .outline import is_access_list

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
    (r"^platform qos port-channel-aggregate ", 28),  # taken only before the aggregate exists
    (r"^interface (Port-channel|Loopback|Virtual-Template|Vlan|BVI|BDI)", 30),
    (r"^interface Tunnel", 34),
    (r"^interface ", 32),
    (r"^(router|ip route|ipv6 route|ip nat|ip dhcp pool|ipv6 dhcp pool) ?", 40),
    (r"^line ", 60),
)
_COMPILED = tuple((re.compile(pattern), rank) for pattern, rank in _RANKS)
_OTHER = 50
#: behind every other block of its kind
_LAST = 99


def patch(found: Sides, path: ManagementPath) -> Patch:
    """What brings the device from the reading to the intended state."""
    around = _detours(found, path)
    placed = _placed(_patch_blocks(found, path, frozenset(way.place for way in around)), path, _new(found))
    for way in around:
        placed = [replace(item, block=_without(item.block, way)) for item in placed]
        placed.append(_Placed(way.carrying, -1, 0, Block(Kind.ENTER, way.place[0], way.leave())))
        placed.append(_Placed(way.ends_carrying, int(Kind.ENTER), _LAST, Block(Kind.ENTER, way.place[0], way.arrive())))
    return _arranged(placed)


def inverse(found: Sides, path: ManagementPath) -> Patch:
    """What brings it back from any point of the patch; a command may find that there is nothing to take back."""
    lists = Lists.of(found.before, found.after, found.running, found.intended, path)
    placed = _placed((*blocks(found.after, found.before, anywhere=True), *lists.inverse()), path)
    for way in _detours(found, path):
        placed.append(_Placed(way.ends_carrying, int(Kind.REMOVE), _LAST, Block(Kind.REMOVE, way.place[0], way.back())))
    return _arranged(placed)


def touched(found: Sides, path: ManagementPath) -> list[str]:
    """What of the patch carries the management session, in its order, each once."""
    judged = sorted(
        verdict for block in _patch_blocks(found, path) if (verdict := path.judge(block.header, block.lines))
    )
    return list(dict.fromkeys(name for _, name in judged))


def _patch_blocks(found: Sides, path: ManagementPath, moved: frozenset[Place] = frozenset()) -> Iterator[Block]:
    yield from blocks(found.before, found.after)
    yield from Lists.of(found.before, found.after, found.running, found.intended, path, moved).patch()


def _detours(found: Sides, path: ManagementPath) -> list[detours.Detour]:
    lists: dict[str, list[tuple[int, int, int]]] = {}
    sections: dict[str, list[tuple[int, int, int]]] = {}
    for item in _placed(_patch_blocks(found, path), path, _new(found)):
        name = defined(item.block.header) if is_access_list(item.block.header) else None
        if name is not None:
            lists.setdefault(name, []).append(item.turn)
        elif item.block.kind is Kind.ENTER and item.block.header in found.running.config.children:
            sections.setdefault(item.block.header, []).append(item.turn)
    if not lists:
        return []
    return list(
        detours.find(
            found,
            {name: detours.Turn(min(turns), max(turns)) for name, turns in lists.items()},
            {header: detours.Turn(min(turns), max(turns)) for header, turns in sections.items()},
        )
    )


def _without(block: Block, way: detours.Detour) -> Block:
    if block.header != way.place[0]:
        return block
    return replace(block, commands=tuple(command for command in block.commands if way.keeps(command)))


def _new(found: Sides) -> frozenset[str]:
    """Names of access lists that the device neither has nor refers to yet: making them changes nothing."""
    known, wanted = (
        {name for child in config.children if is_access_list(child.text) and (name := defined(child.text))}
        for config in (found.running.config, found.after)
    )
    used = {word for child in found.running.config.all_children() for word in child.text.split()[1:]}
    return frozenset(wanted - known - used)


@dataclass(frozen=True)
class _Placed:
    """A block and its place: with what carries the session or before it, and among those."""

    carrying: bool
    kind: int
    rank: int
    block: Block

    @property
    def turn(self) -> tuple[int, int, int]:
        return int(self.carrying), self.kind, self.rank


def _placed(unordered: Iterable[Block], path: ManagementPath, new: frozenset[str] = frozenset()) -> list[_Placed]:
    every = [(block, path.judge(block.header, block.lines)) for block in unordered]
    used = {word for block, verdict in every if verdict is None for line in block.lines for word in line.split()[1:]}
    placed: list[_Placed] = []
    for block, judged in every:
        # A new list that the terminals will use comes early all the same when somebody before them uses it too.
        verdict = None if defined(block.header) in new & used else judged
        rank = _rank(block.header) if verdict is None else verdict[0]
        rank = -rank if block.kind is Kind.REMOVE else rank
        placed.append(_Placed(verdict is not None, int(block.kind), rank, block))
    return placed


def _arranged(placed: Iterable[_Placed]) -> Patch:
    ordered = sorted(placed, key=lambda item: item.turn)
    first = [command for item in ordered if not item.carrying for command in item.block.commands]
    return Patch(
        (*first, *(command for item in ordered if item.carrying for command in item.block.commands)), len(first)
    )


def _rank(header: str) -> int:
    bare = header.removeprefix("no ")
    return next((rank for pattern, rank in _COMPILED if pattern.match(bare)), _OTHER)
