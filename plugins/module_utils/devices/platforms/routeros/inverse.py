# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines that put one item back, whether the patch reached it or not. None of them can end the script that holds it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import replace

from . import commands
from .compare import Pair, differences, resettable
from .items import Entry
from .menus import ENTRY_DEFAULTS
from .menus.model import FIXED, SINGLETON
from .quote import quote
from .version import Version

#: stands in a line for a value that no export shows: the expression that asks the device for it
_ASKED = re.compile("([a-z0-9.-]+)=\x01(.*?)\x01")


def questions(lines: tuple[str, ...]) -> list[str]:
    """Expressions whose values must be known before the lines can be sent."""
    return list(dict.fromkeys(match[2] for line in lines for match in _ASKED.finditer(line)))


def answered(lines: tuple[str, ...], values: Mapping[str, str], *, unset: bool) -> tuple[str, ...]:
    """The lines with the answers in them; what was empty is unset (``unset``) or given an empty value.

    Only a device that reads the lines on trial first can be sent an unset that its menu may not know: such a word
    makes a file unreadable as a whole. Raises `KeyError` for a question without an answer.
    """

    def fill(match: re.Match[str]) -> str:
        value = values[match[2]]
        return f"!{match[1]}" if unset and not value else f"{match[1]}={quote(value)}"

    return tuple(_ASKED.sub(fill, line) for line in lines)


def shown(line: str) -> str:
    """A line as people read it."""
    return _ASKED.sub(r"\1=<nilai semula>", line)


def guarded(script: str) -> str:
    """A line whose failure does not stop the lines after it."""
    return f":do {{{script}}} on-error={{}}"


def undo_add(entry: Entry, crossed: frozenset[str]) -> list[str]:
    """Take out what was added."""
    where = commands.found(entry.menu, commands.condition(entry, crossed))
    return [guarded(f"{commands.spelled(entry.menu.path)} remove {where}")]


def undo_remove(entry: Entry, crossed: frozenset[str]) -> list[str]:
    """Add again what was removed, unless it still stands."""
    where = commands.found(entry.menu, commands.condition(entry, crossed))
    return [guarded(f":if ([:len {where}]=0) do={{{commands.add(entry)}}}")]


def with_password(user: Entry) -> Entry:
    """A user with a password that nobody has: without one anybody could log in."""
    return replace(user, values={**user.values, "password": secrets.token_urlsafe(24)})


def undo_set(pair: Pair, version: Version, crossed: frozenset[str]) -> list[str]:
    """Give the changed properties their former values back."""
    menu, wanted, running = pair.menu, pair.intended, pair.running
    assert wanted is not None
    path = commands.spelled(menu.path)
    if menu.kind == SINGLETON or (menu.kind == FIXED and menu.keys == (("name",),)) or running is None:
        where = commands.target_of(menu, running, wanted, crossed)
        return [guarded(f"{path} set {where}{former_values(pair, version, where)}")]
    conditions = [commands.condition(running, crossed)]
    after = Entry(menu, {**running.values, **wanted.values}, True, target=wanted.target)
    if commands.condition(after, crossed) not in conditions:
        conditions.insert(0, commands.condition(after, crossed))
    values = former_values(pair, version, f"{commands.found(menu, commands.condition(running, crossed))} ")
    if len(conditions) == 1:
        return [guarded(f"{path} set {commands.found(menu, conditions[0])} {values}")]
    first, second = (commands.found(menu, condition) for condition in conditions)
    # Named anew by the patch, or not yet.
    return [guarded(f":local i {first}; :if ([:len $i]=0) do={{:set i {second}}}; {path} set $i {values}")]


def former_values(pair: Pair, version: Version, target: str) -> str:
    """Assignments of what the properties were; a value that an export hides and no table knows is asked for."""
    before, after = differences(pair, version)
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    running = pair.running.values if pair.running else {}
    presets = ENTRY_DEFAULTS.get(pair.menu.path, {}).get(pair.name, {})
    known = {name: running.get(name, presets.get(name, "")) for name in names if name in running or name in presets}
    hidden = [name for name in names if name not in known]
    certain = [name for name in hidden if resettable(pair.menu, name, version)]
    path = commands.spelled(pair.menu.path)
    asked = [f"{name}=\x01{path} get {target}{name}\x01" for name in hidden if name not in certain]
    parts = [commands.assignments(pair.menu, known), commands.resets(pair.menu, certain, version), *asked]
    return " ".join(part for part in parts if part)
