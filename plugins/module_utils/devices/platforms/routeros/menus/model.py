# SPDX-License-Identifier: GPL-3.0-or-later
"""How a menu is described.

The properties of a menu are lines ``KIND[(values)][=default][flags] [@>=version] [@<version] : names``:

- kinds: see `values`; ``enum`` and ``set`` may close their values in brackets, ``flag`` is a bare word without a value;
- the default is what a property has when an export does not show it; without one it is compared only where named;
- flags: ``!`` may be negated, ``?`` can be unset with ``!name``, ``*`` secret, ``~`` cannot be set, ``#`` only on some
  hardware.

Sources: the facts of community.routeros (fields, keys, defaults by version) and the console tree of RouterOS 7.22.3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from ..version import Version, parse

MenuKind = Literal["items", "ordered", "singleton", "fixed"]
#: items that are added and removed; those whose order decides; one set of values; items that only the device makes
ITEMS: MenuKind = "items"
ORDERED: MenuKind = "ordered"
SINGLETON: MenuKind = "singleton"
FIXED: MenuKind = "fixed"

_HEAD = re.compile(
    r'(?P<kind>[a-z-]+)(?:\((?P<values>[^)]*)\))?(?:=(?P<default>"[^"]*"|[^\s!?*~#]+))?(?P<flags>[!?*~#]*)'
    r"(?:\s+@>=(?P<since>\S+))?(?:\s+@<(?P<until>\S+))?"
)


@dataclass(frozen=True)
class Property:
    """One argument of a menu, in the versions from ``since`` to before ``until``."""

    name: str
    kind: str
    values: frozenset[str] = frozenset()
    default: str | None = None
    negatable: bool = False
    unsettable: bool = False
    secret: bool = False
    read_only: bool = False
    hardware: bool = False
    since: Version = ()
    until: Version = ()

    def exists_in(self, version: Version | None) -> bool:
        """Whether that version has it; an unknown version has everything."""
        return version is None or (version >= self.since and (not self.until or version < self.until))


@dataclass(frozen=True, eq=False)
class Menu:
    """One menu. ``keys`` are its natural keys, the preferred one first; ``[]`` where only a comment tells items apart.

    ``entry_defaults`` are defaults of single entries, by name.
    """

    path: str
    kind: MenuKind
    properties: str
    keys: tuple[tuple[str, ...], ...] = ()
    since: str = ""
    until: str = ""

    def exists_in(self, version: Version | None) -> bool:
        """Whether that version has the menu."""
        if version is None:
            return True
        return version >= (parse(self.since) if self.since else ()) and not (
            self.until and version >= parse(self.until)
        )

    def fields(self, version: Version | None) -> dict[str, Property]:
        """Properties of that version by name; of an unknown version the newest form of each."""
        return _fields(self, version)

    @cached_property
    def all_properties(self) -> tuple[Property, ...]:
        """Every form of every property."""
        return tuple(_parse(self.properties))

    @property
    def commentable(self) -> bool:
        """Whether items carry a comment, by which we can own them."""
        return any(prop.name == "comment" for prop in self.all_properties)


@cache
def _fields(menu: Menu, version: Version | None) -> dict[str, Property]:
    found: dict[str, Property] = {}
    for prop in menu.all_properties:
        if prop.exists_in(version):
            known = found.get(prop.name)
            if known is None or prop.since > known.since or (known.until and not prop.until):
                found[prop.name] = prop
    return found


def _parse(text: str) -> list[Property]:
    properties: list[Property] = []
    # A line that is indented deeper, or follows an open bracket, continues the one before.
    for line in re.sub(r",\s+", ",", re.sub(r"\s*\n {12,}", " ", text)).splitlines():
        if not line.strip():
            continue
        head, _, names = line.strip().partition(" :")
        match = _HEAD.fullmatch(head.strip())
        if match is None:
            raise ValueError(line)
        flags, default = match["flags"], match["default"]
        for name in names.split():
            properties.append(
                Property(
                    name,
                    match["kind"],
                    frozenset(match["values"].split(",")) if match["values"] else frozenset(),
                    None if default is None else default.strip('"'),
                    "!" in flags,
                    "?" in flags,
                    "*" in flags,
                    "~" in flags,
                    "#" in flags,
                    parse(match["since"]) if match["since"] else (),
                    parse(match["until"]) if match["until"] else (),
                )
            )
    return properties
