# SPDX-License-Identifier: GPL-3.0-or-later
"""From one configuration to another: what is entered and taken back, one block for each top-level line or section."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import zip_longest
from typing import TYPE_CHECKING

from .commands import Command, section
from .outline import is_access_list
from .rules import CASCADES, ORDERED, ORDERED_CHILD, RESETS, section_key
from .tree import empty

if TYPE_CHECKING:
    from hier_config import HConfig, HConfigChild

_RESETS = tuple((re.compile(head), re.compile(line), re.compile(cleared)) for (head, line), cleared in RESETS)
_ADDRESS = re.compile(r"^ip address (\d\S*) (\d\S*)")


class Kind(IntEnum):
    """What a block does, in the order among blocks that carry nothing special."""

    FREE = 0
    ENTER = 1
    REMOVE = 2


@dataclass(frozen=True)
class Block:
    """``header``: the line or section it is about. ``lines``: what changes in it."""

    kind: Kind
    header: str
    commands: tuple[Command, ...]
    lines: tuple[str, ...] = ()


def blocks(start: HConfig, goal: HConfig, *, anywhere: bool = False) -> Iterator[Block]:
    """Yield the blocks that lead from ``start`` to ``goal``, in no order yet, those of access lists left out.

    ``anywhere``: the device may stand at any point on its way from ``goal`` to ``start``.
    """
    frees = list(_frees(start, goal))
    yield from frees
    if frees:
        start = start.deep_copy()
        for free in frees:
            for line in free.lines:
                start.children[free.header].children.delete(line.removeprefix("no "))
    replaced = _replaced(start, goal)
    for node in goal.children:
        if is_access_list(node.text):
            continue
        former = start.children.get(node.text)
        if former is None:
            first = [Command(0, _negated(old)) for old in replaced.get(node.text, ())]
            yield _block(Kind.ENTER, _fresh(node), first)
        elif node.children or former.children:
            changed = _changed(former, node, anywhere)
            if changed is not None:
                yield _block(Kind.ENTER, changed)
    gone_before = {old.text for olds in replaced.values() for old in olds}
    for node in start.children:
        if node.text in goal.children or node.text in gone_before or is_access_list(node.text):
            continue
        text = _negated(node)
        if text not in goal.children and not node.is_idempotent_command(goal.children):
            yield Block(Kind.REMOVE, node.text, (Command(0, text),), (text,))


def _block(kind: Kind, node: HConfigChild, first: list[Command] | None = None) -> Block:
    commands = (*(first or ()), *section(node))
    return Block(kind, node.text, commands, tuple(child.text for child in node.all_children()))


def _copy(node: HConfigChild) -> HConfigChild:
    return empty().add_deep_copy_of(node)


def _negated(node: HConfigChild) -> str:
    return empty().add_child(node.text).negate().text


def _fresh(node: HConfigChild) -> HConfigChild:
    """A section that the device does not have yet. A new interface may start shut down, so that is said."""
    copy = _copy(node)
    if node.text.startswith("interface ") and "shutdown" not in copy.children:
        copy.add_child("no shutdown")
    copy.root.set_order_weight()
    return copy


def _changed(former: HConfigChild, node: HConfigChild, anywhere: bool) -> HConfigChild | None:
    """The difference inside a section, in hier_config's own way, plus what IOS does beside what it is told."""
    delta = _copy(former).root.config_to_get_to(_copy(node).root)
    change = delta.children.get(node.text)
    if ORDERED.match(node.text):
        change = _reorder(former, node, change, anywhere)
    if change is None:
        return None
    for head, line, cleared in _RESETS:
        if head.search(node.text) and any(line.search(child.text) for child in change.children):
            for child in node.children:
                if cleared.search(child.text):
                    change.add_child(child.text, return_if_present=True)
    for head_text, line_text, gone in CASCADES:
        if re.search(head_text, node.text):
            _cascade(change, node, line_text, gone)
    change.root.set_order_weight()
    return change


def _cascade(change: HConfigChild, node: HConfigChild, line: str, gone: str) -> None:
    for child in list(change.children):
        match = re.search(line, child.text)
        if match is None:
            continue
        pattern = re.compile(gone.replace("{key}", re.escape(match[1])))
        for other in list(change.all_children()):
            if pattern.search(other.text):
                other.delete()
        kept = re.compile(pattern.pattern.replace("no ", "", 1))
        for other in node.children:
            if kept.search(other.text):
                change.add_child(other.text, return_if_present=True)
    for child in list(change.children):
        # A sub-mode that was entered only for what is gone already.
        if child.text.startswith("address-family") and not child.children and child.text not in node.children:
            child.delete()


def _reorder(
    former: HConfigChild, node: HConfigChild, change: HConfigChild | None, anywhere: bool
) -> HConfigChild | None:
    """Where the order of children is meaning: take back and enter again those that come too early."""
    wanted = [child for child in node.children if _is_ordered(child)]
    names = [child.text for child in wanted]
    stands = [child.text for child in former.children if _is_ordered(child)]
    have = [name for name in stands if name in names]
    # From the state it was made for, only what comes too early moves; from anywhere, everything behind the first
    # difference may be missing or have moved already.
    reached = stands if anywhere else [*have, *(name for name in names if name not in have)]
    same = next((index for index, pair in enumerate(zip_longest(reached, names)) if pair[0] != pair[1]), None)
    if same is None:
        return change
    have = names if anywhere else have
    result = empty().add_child(node.text)
    again = {child.text: child for child in wanted[same:]}
    for name in again:
        if name in have:
            result.add_child(f"no {name}")
    for child in change.children if change is not None else ():
        if child.text not in again:
            result.add_deep_copy_of(child)
    for child in again.values():
        result.add_deep_copy_of(child)
    return result


def _is_ordered(child: HConfigChild) -> bool:
    return ORDERED_CHILD.match(child.text) is not None and child.text != "class class-default"


def _replaced(start: HConfig, goal: HConfig) -> dict[str, list[HConfigChild]]:
    """Former headers by the new one that stands for the same thing and cannot stand beside it."""
    found: dict[str, list[HConfigChild]] = {}
    keys = {key: node.text for node in goal.children if (key := section_key(node.text)) is not None}
    for node in start.children:
        key = section_key(node.text)
        if key is None or key not in keys or node.text in goal.children:
            continue
        if not node.is_idempotent_command(goal.children):
            found.setdefault(keys[key], []).append(node)
    return found


def _frees(start: HConfig, goal: HConfig) -> Iterator[Block]:
    """Addresses that another interface is about to take: IOS refuses one that overlaps, so they are given up first."""
    taken: list[tuple[str, str]] = []
    for node in goal.get_children(startswith="interface "):
        former = start.children.get(node.text)
        kept = {child.text for child in former.children} if former is not None else set()
        taken += [
            (node.text, line.text) for line in node.children if _ADDRESS.match(line.text) and line.text not in kept
        ]
    for node in start.get_children(startswith="interface "):
        wanted = goal.children.get(node.text)
        kept = {child.text for child in wanted.children} if wanted is not None else set()
        given = [
            line.text
            for line in node.children
            if _ADDRESS.match(line.text)
            and line.text not in kept
            and any(other != node.text and _overlap(line.text, address) for other, address in taken)
        ]
        if given:
            lines = [f"no {line}" for line in sorted(given, key=lambda line: not line.endswith(" secondary"))]
            inner = (Command(0, node.text), *(Command(1, line) for line in lines), Command(1, "exit"))
            yield Block(Kind.FREE, node.text, inner, tuple(lines))


def _overlap(one: str, other: str) -> bool:
    networks = []
    for text in (one, other):
        match = _ADDRESS.match(text)
        assert match is not None
        try:
            networks.append(ipaddress.IPv4Network(f"{match[1]}/{match[2]}", strict=False))
        except ValueError:
            return False
    return networks[0].overlaps(networks[1])
