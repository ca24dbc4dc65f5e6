# SPDX-License-Identifier: GPL-3.0-or-later
"""Command lines as they are sent: absolute, one line each, items found by owner key or natural key, never by number."""

from __future__ import annotations

from collections.abc import Mapping

from .items import OWNER, Entry
from .menus.model import FIXED, SINGLETON, Menu
from .quote import quote, string
from .version import Version

#: what an old version of a changed rule is called while its successor already stands
FORMER = "terpusat-lama:"


def spelled(path: str) -> str:
    """``/ip firewall filter``: the spelling that versions 6 and 7 both take."""
    return "/" + path[1:].replace("/", " ")


def assignments(menu: Menu, values: Mapping[str, str]) -> str:
    """``name=value`` for each value; flags bare."""
    fields = menu.fields(None)
    parts: list[str] = []
    for name, value in values.items():
        prop = fields.get(name)
        if prop is not None and prop.read_only:
            continue
        if prop is not None and prop.kind == "flag":
            parts += [name] if value not in ("", "no") else []
        else:
            parts.append(f"{name}={quote(value)}")
    return " ".join(parts)


def resets(menu: Menu, names: list[str], version: Version | None) -> str:
    """Assignments that give properties their defaults back."""
    fields = menu.fields(version)
    parts: list[str] = []
    for name in names:
        prop = fields.get(name)
        if prop is None or prop.read_only:
            continue
        if prop.unsettable or prop.kind == "flag":
            parts.append(f"!{name}")
        else:
            parts.append(f"{name}={quote(prop.default or '')}")
    return " ".join(parts)


def by_owner(key: str) -> str:
    """Condition that finds the item with this owner key, whatever follows it in the comment."""
    # A pattern without backslashes: "." is the one character of a key that means something in one.
    return f'comment~"^{key.replace(".", "[.]")}( |\\$)"'


def by_natural(entry: Entry) -> str:
    """Conditions on the first natural key that the entry has; the values are the device's own."""
    for key in entry.menu.keys:
        if entry.natural(key) is not None:
            found = {name: entry.values[name] for name in key if entry.values.get(name)}
            return " ".join(f"{name}={string(value)}" for name, value in found.items())
    target = entry.target
    return " ".join(f"{name}={string(value)}" for name, value in (target.conditions if target else {}).items())


def condition(entry: Entry, crossed: frozenset[str] = frozenset()) -> str:
    """Condition that finds an item: its owner key, unless that is ``crossed`` (not its alone) and it has a name."""
    if entry.owner_key and not (entry.owner_key in crossed and by_natural(entry)):
        return by_owner(entry.owner_key)
    return by_natural(entry)


def found(menu: Menu, where: str) -> str:
    """``[/ip address find …]``."""
    return f"[{spelled(menu.path)} find {where}]"


def add(entry: Entry, place_before: str = "") -> str:
    """The line that makes an item."""
    before = f" place-before={place_before}" if place_before else ""
    return f"{spelled(entry.menu.path)} add {assignments(entry.menu, entry.values)}{before}"


def target_of(menu: Menu, running: Entry | None, intended: Entry, crossed: frozenset[str] = frozenset()) -> str:
    """What stands behind ``set``: nothing for settings, a name for what the device makes itself, else a ``[find]``."""
    if menu.kind == SINGLETON:
        return ""
    entry = running or intended
    if menu.kind == FIXED and menu.keys == (("name",),):
        return f"{quote(entry.values.get('name', entry.name))} "
    if intended.target is not None and intended.target.name is not None and running is None and not entry.owner_key:
        return f"{quote(intended.target.name)} "
    return f"{found(menu, condition(entry, crossed))} "


def former_key(key: str) -> str:
    """``terpusat-lama:x`` for ``terpusat:x``."""
    return FORMER + key.removeprefix(OWNER)
