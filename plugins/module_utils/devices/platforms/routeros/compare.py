# SPDX-License-Identifier: GPL-3.0-or-later
"""Which running item an intended one is, and in what they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .items import Config, Entry, effective
from .menus import ENTRY_DEFAULTS, TABLE
from .menus.model import FIXED, SINGLETON, Menu
from .quote import quote
from .version import Version

#: never exported, so never compared: sent when the item is made
WRITE_ONLY = frozenset({("/user", "password")})


@dataclass(frozen=True)
class Pair:
    """An item on both sides; one of them may be missing. ``secrets`` tells whether the running side shows them."""

    menu: Menu
    intended: Entry | None
    running: Entry | None
    secrets: bool = True

    @property
    def name(self) -> str:
        """The name under which the difference is reported."""
        entry = self.intended or self.running
        return entry.name if entry else ""


@dataclass(frozen=True)
class Match:
    """All items of one menu, paired. ``intended`` in the order of the text, ``running`` in that of the device."""

    menu: Menu
    pairs: Sequence[Pair]
    surplus: Sequence[Pair]
    foreign: Sequence[Entry] = ()
    running: Sequence[Entry] = field(default_factory=list)

    @cached_property
    def crossed(self) -> frozenset[str]:
        """Owner keys that more than one pair has, on either side: they tell no item apart while a patch runs."""
        holders: dict[str, set[int]] = {}
        for number, pair in enumerate((*self.pairs, *self.surplus)):
            for entry in (pair.intended, pair.running):
                if entry is not None and entry.owner_key:
                    holders.setdefault(entry.owner_key, set()).add(number)
        return frozenset(key for key, numbers in holders.items() if len(numbers) > 1)

    def pair_of(self, running: Entry) -> Pair | None:
        """The pair whose running side this is, among intended and surplus ones."""
        return next((pair for pair in (*self.pairs, *self.surplus) if pair.running is running), None)


def match(intended: Config, running: Config, path: str, *, secrets: bool = True) -> Match:
    """Pair the entries of one menu: first by natural key or by what a ``set`` looks for, then by owner key.

    The natural key comes first because the device takes it once only: so no pair needs what another still has.
    """
    menu = TABLE[path]
    left = list(running.of(path))
    if menu.kind == SINGLETON:
        found = intended.of(path)
        pairs = [Pair(menu, found[0], left[0] if left else None, secrets)] if found else []
        return Match(menu, pairs, [], [], left)
    by_entry: dict[int, Entry] = {}
    for same in (_same, _ours):
        for wanted in intended.of(path):
            if id(wanted) not in by_entry:
                hit = next((entry for entry in left if same(menu, wanted, entry)), None)
                if hit is not None:
                    by_entry[id(wanted)] = hit
                    left.remove(hit)
    pairs = [Pair(menu, wanted, by_entry.get(id(wanted)), secrets) for wanted in intended.of(path)]
    surplus = [Pair(menu, None, entry, secrets) for entry in left if entry.owner_key is not None]
    foreign = [entry for entry in left if entry.owner_key is None]
    return Match(menu, pairs, surplus, foreign, list(running.of(path)))


def _ours(menu: Menu, wanted: Entry, entry: Entry) -> bool:  # noqa: ARG001
    return wanted.owner_key is not None and wanted.owner_key == entry.owner_key


def _same(menu: Menu, wanted: Entry, entry: Entry) -> bool:
    if wanted.target is not None:
        conditions = wanted.target.conditions
        if conditions:
            return all(entry.values.get(name) == value for name, value in conditions.items())
        if entry.target is not None and entry.target.name == wanted.target.name:
            return True
    for key in menu.keys:
        if wanted.target is not None and not set(key) <= set(wanted.values):
            continue
        natural = wanted.natural(key)
        if natural is not None and entry.natural(key) == natural:
            return True
    return False


def differences(pair: Pair, version: Version | None) -> tuple[dict[str, str], dict[str, str]]:
    """Return what both sides have in the compared properties, in canonical form; equal when in sync."""
    fields = pair.menu.fields(version)
    wanted = pair.intended.values if pair.intended else {}
    running = pair.running.values if pair.running else {}
    complete = pair.intended is None or pair.intended.complete
    presets = ENTRY_DEFAULTS.get(pair.menu.path, {}).get(pair.name, {})
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for name in sorted({*wanted, *running} if complete else wanted):
        prop = fields.get(name)
        if prop is None or prop.read_only:
            continue
        unseen = (pair.menu.path, name) in WRITE_ONLY or (prop.secret and not pair.secrets)
        if unseen and pair.running is not None:
            continue
        if name not in wanted and pair.intended and not resettable(pair.menu, name, version):
            continue
        default = effective(None, prop)
        old = effective(running.get(name, presets.get(name)), prop)
        new = effective(wanted.get(name), prop)
        if not complete or old != default:
            before[name] = old
        if not complete or new != default:
            after[name] = new
    return before, after


def resettable(menu: Menu, name: str, version: Version | None) -> bool:
    """Whether a property that is not named is meant to have its default, and can be given it."""
    prop = menu.fields(version).get(name)
    return prop is not None and (prop.default is not None or prop.unsettable or prop.kind in ("flag", "text"))


def text(verb: str, values: Mapping[str, str]) -> str:
    """The form that people compare: the verb, and one property a line."""
    return "\n".join([verb, *(f"    {name}={quote(value)}" for name, value in values.items())]) + "\n"


def both_texts(pair: Pair, version: Version | None) -> tuple[str, str]:
    """Texts of the running and the intended side; empty where that side lacks the item."""
    before, after = differences(pair, version)
    if pair.menu.kind in (SINGLETON, FIXED) or (pair.intended and not pair.intended.complete):
        return text("set", before), text("set", after)
    return text("add", before) if pair.running else "", text("add", after) if pair.intended else ""
