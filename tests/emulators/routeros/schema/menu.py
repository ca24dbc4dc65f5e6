# SPDX-License-Identifier: GPL-3.0-or-later
"""A menu of the console and its properties, as the tables describe them for one RouterOS version."""

from dataclasses import dataclass, field
from enum import StrEnum

from ..values.base import ValueType

type Path = tuple[str, ...]


class Kind(StrEnum):
    """LIST: items come and go. FIXED: the device has them, they are only changed. SINGLE: one set of properties."""

    LIST = "list"
    FIXED = "fixed"
    SINGLE = "single"


@dataclass(frozen=True)
class Property:
    """`default`: canonical text that an unset property reads as; None: it reads as nothing."""

    name: str
    type: ValueType
    default: str | None = None
    secret: bool = False


@dataclass(frozen=True)
class Rule:
    """`of`: property names. A unique combination, or the ones of which at least one has to be given; `says`: the
    device's sentence behind `failure: `."""

    of: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Menu:
    """What a table says of a menu.

    flags: item mark → letter in print. read: properties that only the device sets. ident: how `set` lines of an export
    name an item that nobody added (`default` → `[ find default=yes ]`, `default-name`, `number`, `id`, or a property).
    explicit: an export shows what was set although it equals the default. hidden: properties that no export shows, or
    all (True). generated: properties the device makes up when an item is added. unset: properties can be taken away.
    without: commands the kind of menu would have and this one lacks. counted: packets and bytes are counted. endless:
    lines of a protocol, which have no numbers. virtual: items come from what the device does, not from its
    configuration (services/virtual.py); changeable: some of their properties can be set all the same.
    """

    path: Path
    kind: Kind
    properties: dict[str, Property]
    ordered: bool = False
    required: tuple[str, ...] = ()
    one_of: Rule | None = None
    unique: tuple[Rule, ...] = ()
    flags: dict[str, str] = field(default_factory=dict)
    read: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    items: tuple[dict[str, object], ...] = ()
    ident: str = "default"
    autoname: str = ""
    interface: str = ""
    explicit: bool = False
    hidden: frozenset[str] | bool = frozenset()
    generated: dict[str, str] = field(default_factory=dict)
    unset: bool = False
    virtual: str = ""
    changeable: bool = False
    without: tuple[str, ...] = ()
    counted: bool = False
    endless: bool = False

    @property
    def named(self) -> bool:
        """Items can be named in place of a number."""
        return "name" in self.properties or "name" in self.read

    @property
    def keyed(self) -> bool:
        """Items are named by another property than their name (queues of interfaces)."""
        return self.ident in self.properties or self.ident in self.read

    def knows(self, name: str) -> bool:
        """Something that `get`, `find` and `where` can ask of an item."""
        return name in self.properties or name in self.read or name in self.flags or name in (".id", ".nextid", "about")

    def hides(self, name: str) -> bool:
        return self.hidden is True or (isinstance(self.hidden, frozenset) and name in self.hidden)
