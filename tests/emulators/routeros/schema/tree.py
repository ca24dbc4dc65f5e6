# SPDX-License-Identifier: GPL-3.0-or-later
"""The console's tree of menus and commands: what can be typed where."""

from __future__ import annotations

import functools
from dataclasses import KW_ONLY, dataclass, field
from enum import Enum, auto

from .load import menus
from .menu import Kind, Menu, Path
from .version import Version


class Takes(Enum):
    """What an argument of a command takes. VALUE: any; FLAG: nothing; CODE: a block to run; NAME: the name of a
    variable; SCRIPT: a text, or a block kept as text."""

    VALUE = auto()
    FLAG = auto()
    CODE = auto()
    NAME = auto()
    SCRIPT = auto()


@dataclass(frozen=True)
class Signature:
    """What a command takes.

    positional: arguments that may stand without their name, in this order. where: a condition may follow (`find` takes
    it without the word `where`). properties: also the menu's properties. policy: what the user needs. since, until:
    versions that have it.
    """

    name: str
    arguments: dict[str, Takes] = field(default_factory=dict)
    positional: tuple[str, ...] = ()
    _: KW_ONLY
    where: bool = False
    properties: bool = False
    policy: str = "read"
    required: tuple[str, ...] = ()
    since: tuple[int, ...] = ()
    until: tuple[int, ...] = ()


V, F, C, S = Takes.VALUE, Takes.FLAG, Takes.CODE, Takes.SCRIPT

_PRINT_FLAGS = (
    "append", "as-value", "count-only", "detail", "follow", "follow-only", "show-ids", "terse", "value-list",
    "without-paging",
)  # fmt: skip


def printing(menu: Menu) -> Signature:
    """`brief` where there is a table; `from` where items can be numbered; `stats` where something is counted."""
    flags = [*_PRINT_FLAGS, *(["brief"] if menu.columns else []), *(["stats"] if menu.counted else [])]
    values = ["file", "interval", "proplist", *([] if menu.endless else ["from"])]
    return Signature(
        "print",
        {**dict.fromkeys(flags, F), **dict.fromkeys(values, V)},
        positional=() if menu.endless else ("from",),
        where=True,
    )


PRINT_SINGLE = Signature("print", {"as-value": F, "without-paging": F, "file": V, "interval": V})
EXPORT = Signature(
    "export",
    {**dict.fromkeys(("compact", "hide-sensitive", "show-sensitive", "terse", "verbose"), F), "file": V},
    where=True,
)
ADD = Signature("add", {"copy-from": V}, properties=True, policy="write")
ADD_ORDERED = Signature("add", {"copy-from": V, "place-before": V}, properties=True, policy="write")
SET = Signature("set", {"numbers": V}, positional=("numbers",), properties=True, policy="write", required=("numbers",))
SET_SINGLE = Signature("set", {}, properties=True, policy="write")
FIND = Signature("find", {}, where=True)
GET = Signature("get", {"number": V, "value-name": V}, positional=("number", "value-name"), required=("number",))
GET_SINGLE = Signature("get", {"value-name": V}, positional=("value-name",))
MOVE = Signature(
    "move",
    {"numbers": V, "destination": V},
    positional=("numbers", "destination"),
    policy="write",
    required=("numbers",),
)
UNSET = Signature(
    "unset", {"numbers": V, "value-name": V}, positional=("numbers", "value-name"), policy="write",
    required=("numbers", "value-name"),
)  # fmt: skip
COMMENT = Signature("comment", {"numbers": V, "comment": V}, positional=("numbers", "comment"), policy="write",
                    required=("numbers",))  # fmt: skip


def numbers(name: str) -> Signature:
    return Signature(name, {"numbers": V}, positional=("numbers",), policy="write", required=("numbers",))


@dataclass
class Branch:
    """One level of the tree."""

    path: Path
    children: dict[str, Branch] = field(default_factory=dict)
    commands: dict[str, Signature] = field(default_factory=dict)
    menu: Menu | None = None


def item_commands(menu: Menu) -> dict[str, Signature]:
    """The commands that a menu has because of what it is."""
    if menu.virtual and not menu.changeable:
        reading = (PRINT_SINGLE, GET_SINGLE) if menu.kind is Kind.SINGLE else (printing(menu), FIND, GET)
        return {signature.name: signature for signature in reading}
    if menu.kind is Kind.SINGLE:
        return {s.name: s for s in (SET_SINGLE, GET_SINGLE, PRINT_SINGLE, EXPORT)}
    found = [SET, FIND, GET, printing(menu), EXPORT]
    if menu.kind is Kind.LIST and not menu.virtual:
        found += [ADD_ORDERED if menu.ordered else ADD, numbers("remove")]
    if menu.ordered:
        found.append(MOVE)
    if menu.unset:
        found.append(UNSET)
    if "comment" in menu.properties:
        found.append(COMMENT)
    if "disabled" in menu.properties:
        found += [numbers("enable"), numbers("disable")]
    return {signature.name: signature for signature in found}


@functools.cache
def tree(version: Version) -> Branch:
    """Made once per version; shared by all devices."""
    from ..commands import SIGNATURES

    root = Branch(())
    for path, menu in menus(version).items():
        branch = descend(root, path)
        branch.menu = menu
        branch.commands.update(item_commands(menu))
        if menu.without:
            for name in menu.without:
                branch.commands.pop(name, None)
    for path, signature in SIGNATURES:
        if signature.since and version.numbers < signature.since:
            continue
        if signature.until and version.numbers >= signature.until:
            continue
        descend(root, path).commands[signature.name] = signature
    _export_everywhere(root)
    return root


def descend(root: Branch, path: Path) -> Branch:
    branch = root
    for name in path:
        branch = branch.children.setdefault(name, Branch((*branch.path, name)))
    return branch


def _export_everywhere(branch: Branch) -> bool:
    """`export` stands at every level that has something to export beneath it."""
    below = [_export_everywhere(child) for child in branch.children.values()]
    if any(below) and "export" not in branch.commands:
        branch.commands["export"] = EXPORT
    return "export" in branch.commands
