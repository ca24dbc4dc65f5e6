# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration as hier_config's tree, in one spelling for what IOS can spell in several ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from . import acl
from .acl import AccessList
from .modes import LINES
from .outline import is_access_list, numbered_entry
from .text import Line

if TYPE_CHECKING:
    from hier_config import HConfig, HConfigChild

    from .driver import IosDriver

#: Factory settings that IOS prints on some models and not on others, or that a template spells out and IOS does not
#: print. They are left out on both sides; where another value stands, its removal brings them back.
FACTORY: tuple[tuple[str, ...], ...] = (
    (
        r"^interface ",
        r"^(no ip address|no shutdown|duplex auto|speed auto|negotiation auto|media-type rj45|switchport)$",
    ),
    (r"^interface ", r"^(no mop enabled|no mop sysid|mtu 1500|ip mtu 1500|load-interval 300|power inline auto)$"),
    (r"^interface ", r"^(switchport mode dynamic auto|snmp trap link-status|ip redirects|ip proxy-arp|cdp enable)$"),
    (r"^line ", r"^(stopbits 1|speed 9600|length 24|width 80|no activation-character|exec|exec-timeout 10 0)$"),
    (r"^router ospf ", r"^log-adjacency-changes$"),
    (r"^router bgp ", r"^(bgp log-neighbor-changes|no synchronization|no auto-summary)$"),
    (r"^route-map ", r"^continue$"),
)
#: top-level lines that every device prints; nobody wants to be told that they are unmanaged
FACTORY_GLOBAL = re.compile(
    r"^(service timestamps (debug|log) .*|no service password-encryption|no service pad"
    r"|no service dhcp|ip forward-protocol nd"
    r"|ip classless|ip subnet-zero"
    r"|ip cef|no ipv6 cef|ip routing|ip multicast-routing|control-plane|redundancy|mode \w+|multilink bundle-name .*"
    r"|spanning-tree extend system-id|spanning-tree mode \S+|system mtu routing \d+|vtp mode \w+|vlan internal .*"
    r"|no aaa new-model|mmi .*|license .*|diagnostic bootup level \w+|memory free low-watermark .*|cts .*|subscriber .*"
    r"|no ip http server|ip http server|ip http authentication local|ip http secure-server|no ip http secure-server"
    r"|platform .*|switch \d+ provision \S+|no setup express|call-home|transceiver type all"
    r"|ip http client source-interface"
    r" \S+|no vstack|no cdp log mismatch duplex|login on-success log|no logging console|crypto pki trustpoint (TP-self-"
    r"signed|SLA-TrustPoint).*|crypto pki certificate chain (TP-self-signed|SLA-TrustPoint).*|ip tftp blocksize \d+"
    r"|interface (Null0|Vlan1)|line (con|aux|vty) .*|hostname .*|boot .*|cdp run|ip ssh version 2"
    r"|alias exec terpusat-snmp-\S+ [0-9a-f]+)$"
)
_FACTORY = tuple((re.compile(section), re.compile(line)) for section, line in FACTORY)
_TRUNK_ADD = "switchport trunk allowed vlan add "
_TRUNK = "switchport trunk allowed vlan "
_VLANS = re.compile(r"^vlan (\d+(?:[,-]\d+)+)$")


@dataclass(frozen=True)
class Tree:
    """``config`` holds the lines, access lists without remarks and numbers; ``lists`` all of these by header.

    ``where``: the line of the text (from 1) by the path of a line of the tree.
    """

    config: HConfig
    lists: dict[str, AccessList] = field(default_factory=dict)
    where: dict[tuple[str, ...], int] = field(default_factory=dict)

    def section(self, header: str) -> HConfigChild | None:
        """A top-level line by its text."""
        return self.config.children.get(header)


@cache
def _driver() -> IosDriver:
    """One for the whole run: it holds rules only, and making it takes longer than comparing a configuration."""
    from .driver import IosDriver  # here, because it imports hier_config (see there)

    return IosDriver()


def empty() -> HConfig:
    """A configuration without lines."""
    from hier_config import HConfig

    return HConfig(_driver())


def load(lines: Iterable[Line]) -> Tree:
    """Build the tree. What stands twice is there once; a line deeper than its parent allows belongs to that parent."""
    tree = Tree(empty())
    sections: dict[str, list[str]] = {}
    # Indentation, line and path to it: a path that is asked of hier_config is walked anew each time.
    stack: list[tuple[int, HConfigChild | None, tuple[str, ...]]] = [(-1, None, ())]
    for line in lines:
        while stack[-1][0] >= line.indent:
            stack.pop()
        _, parent, path = stack[-1]
        node: HConfigChild | None = None
        if parent is None:
            node = _top(tree, line, sections)
        elif path[0] in sections and len(path) == 1:
            sections[parent.text].append(line.text)
            tree.where.setdefault((parent.text, acl.canonical(parent.text, acl.split(line.text)[1])), line.number)
        else:
            node = _below(tree, parent, path, line)
        if node is not None:
            stack.append((line.indent, node, (*path, node.text)))
    for header, entries in sections.items():
        tree.lists[header] = acl.read(header, entries)
        node = tree.config.children[header]
        for entry in tree.lists[header].entries:
            node.add_child(entry, return_if_present=True)
    return tree


def headers(line: str) -> list[str]:
    """The top-level lines of the tree that a line of the text stands for: more than one for ``vlan 10,20``."""
    numbered = numbered_entry(line)
    if numbered is not None:
        return [numbered[0]]
    vlans = _VLANS.match(line)
    return [line] if vlans is None else [f"vlan {number}" for number in expand(vlans[1])]


def _top(tree: Tree, line: Line, sections: dict[str, list[str]]) -> HConfigChild | None:
    numbered = numbered_entry(line.text)
    if numbered is not None:
        header, entry = numbered
        sections.setdefault(header, []).append(entry)
        _add(tree, tree.config, (), header, line.number)
        tree.where.setdefault((header, acl.canonical(header, entry)), line.number)
        return None
    if _VLANS.match(line.text):
        for header in headers(line.text):
            _add(tree, tree.config, (), header, line.number)
        return None
    if is_access_list(line.text):
        sections.setdefault(line.text, [])
    return _add(tree, tree.config, (), line.text, line.number)


def _below(tree: Tree, parent: HConfigChild, path: tuple[str, ...], line: Line) -> HConfigChild | None:
    text = line.text
    if len(path) == 1 and is_factory(path[0], text):
        return None
    if text.startswith(_TRUNK):
        former = next((child for child in parent.children if child.text.startswith(_TRUNK)), None)
        added = text.startswith(_TRUNK_ADD)
        words = text.removeprefix(_TRUNK_ADD if added else _TRUNK)
        if not re.fullmatch(r"[\d,-]+", words):
            return _add(tree, parent, path, text, line.number)
        numbers = set(expand(words))
        if added and former is not None:
            numbers |= set(expand(former.text.removeprefix(_TRUNK)))
            former.delete()
        return _add(tree, parent, path, f"{_TRUNK}{compact(numbers)}", line.number)
    return _add(tree, parent, path, text, line.number)


@lru_cache(LINES)
def is_factory(section: str, text: str) -> bool:
    """Whether a line below a section is a factory setting that IOS prints on some models only."""
    return any(head.search(section) and part.search(text) for head, part in _FACTORY)


def _add(tree: Tree, parent: HConfig | HConfigChild, path: tuple[str, ...], text: str, number: int) -> HConfigChild:
    node = parent.add_child(text, return_if_present=True)
    tree.where.setdefault((*path, node.text), number)
    return node


def expand(ranges: str) -> list[int]:
    """Numbers of ``10,20-22``."""
    numbers: list[int] = []
    for part in ranges.split(","):
        low, _, high = part.partition("-")
        if low.isdigit():
            numbers += range(int(low), int(high or low) + 1)
    return numbers


def compact(numbers: Iterable[int]) -> str:
    """``10,20-22`` of numbers; two in a row are written apart, as IOS does."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in parts]
    return ",".join(shown)
