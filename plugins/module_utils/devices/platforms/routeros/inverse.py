# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines that put one item back, whether the patch reached it or not. None of them can end the script that holds it."""

from __future__ import annotations

from . import commands
from .compare import Pair, differences
from .items import Entry
from .menus import ENTRY_DEFAULTS
from .menus.model import FIXED, SINGLETON
from .version import Version


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


def undo_set(pair: Pair, version: Version, crossed: frozenset[str]) -> list[str]:
    """Give the changed properties their former values back."""
    menu, wanted, running = pair.menu, pair.intended, pair.running
    assert wanted is not None
    path = commands.spelled(menu.path)
    sets = _former_values(pair, version)
    if menu.kind == SINGLETON or (menu.kind == FIXED and menu.keys == (("name",),)) or running is None:
        where = commands.target_of(menu, running, wanted, crossed)
        return [guarded(f"{path} set {where}{values}") for values in sets]
    conditions = [commands.condition(running, crossed)]
    after = Entry(menu, {**running.values, **wanted.values}, True, target=wanted.target)
    if commands.condition(after, crossed) not in conditions:
        conditions.insert(0, commands.condition(after, crossed))
    if len(conditions) == 1:
        return [guarded(f"{path} set {commands.found(menu, conditions[0])} {values}") for values in sets]
    lines: list[str] = []
    for values in sets:
        lines.append(
            guarded(
                f":local i {commands.found(menu, conditions[0])}; "
                f":if ([:len $i]=0) do={{:set i {commands.found(menu, conditions[1])}}}; {path} set $i {values}"
            )
        )
    # What finds the item may be among what is put back, so it is put back last.
    return lines


def _former_values(pair: Pair, version: Version) -> list[str]:
    """Assignments of one ``set`` that holds all but the uncertain ones, and one ``set`` for each of these."""
    before, after = differences(pair, version)
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    running = pair.running.values if pair.running else {}
    presets = ENTRY_DEFAULTS.get(pair.menu.path, {}).get(pair.name, {})
    known = {name: running.get(name, presets.get(name, "")) for name in names if name in running or name in presets}
    fields = pair.menu.fields(version)
    certain: list[str] = []
    uncertain: list[str] = []
    for name in names:
        if name in known:
            continue
        prop = fields[name]
        sure = prop.default is not None or prop.unsettable or prop.kind in ("flag", "text")
        (certain if sure else uncertain).append(name)
    parts = [commands.assignments(pair.menu, known), commands.resets(pair.menu, certain, version)]
    text = " ".join(part for part in parts if part)
    sets = [text] if text else []
    return [commands.resets(pair.menu, [name], version) for name in uncertain] + sets
