# SPDX-License-Identifier: GPL-3.0-or-later
"""Which running item an intended one is, and in what they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .items import Config, Entry, effective
from .menus import ENTRY_DEFAULTS, TABLE
from .menus.model import FIXED, SINGLETON, Menu
from .quote import quote
from .script import Target
from .version import Version

KEYS = "/user/ssh-keys"
#: never exported, so never compared: sent when the item is made
WRITE_ONLY = frozenset({("/user", "password"), (KEYS, "key")})


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

    @cached_property
    def _by_running(self) -> dict[int, Pair]:
        return {id(pair.running): pair for pair in (*self.pairs, *self.surplus) if pair.running is not None}

    def pair_of(self, running: Entry) -> Pair | None:
        """The pair whose running side this is, among intended and surplus ones."""
        return self._by_running.get(id(running))


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
    taken: set[int] = set()
    index = _Index(menu, left)
    for look_up in (index.by_nature, index.by_owner):
        for wanted in intended.of(path):
            if id(wanted) not in by_entry:
                hit = next((entry for entry in look_up(wanted) if id(entry) not in taken), None)
                if hit is not None:
                    by_entry[id(wanted)] = hit
                    taken.add(id(hit))
    left = [entry for entry in left if id(entry) not in taken]
    pairs = [Pair(menu, wanted, by_entry.get(id(wanted)), secrets) for wanted in intended.of(path)]
    ours = [
        not _lets_us_in(intended, entry) and (entry.owner_key is not None or intended.takes(path, entry))
        for entry in left
    ]
    surplus = [Pair(menu, None, entry, secrets) for entry, own in zip(left, ours, strict=True) if own]
    foreign = [entry for entry, own in zip(left, ours, strict=True) if not own]
    return Match(menu, pairs, surplus, foreign, list(running.of(path)))


def _lets_us_in(intended: Config, entry: Entry) -> bool:
    """A key of the account that we log in by, whatever is written on it, is enrolment's."""
    return entry.menu.path == KEYS and bool(intended.spared) and entry.values.get("user") == intended.spared


class _Index:
    """Running entries of one menu, found by what names them."""

    def __init__(self, menu: Menu, entries: Sequence[Entry]) -> None:
        self._menu = menu
        self._entries = entries
        self._natural: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Entry]] = {}
        self._owner: dict[str, list[Entry]] = {}
        for entry in entries:
            for key in menu.keys:
                natural = entry.natural(key)
                if natural is not None:
                    self._natural.setdefault((key, natural), []).append(entry)
            if entry.owner_key:
                self._owner.setdefault(entry.owner_key, []).append(entry)

    def by_owner(self, wanted: Entry) -> Iterable[Entry]:
        """Entries with the same owner key."""
        return self._owner.get(wanted.owner_key or "", ())

    def by_nature(self, wanted: Entry) -> Iterator[Entry]:
        """Entries that a ``set`` looks for, or that have the same natural key."""
        if wanted.target is not None:
            for entry in self._entries:
                if _selected(wanted.target, entry):
                    yield entry
        for key in self._menu.keys:
            if wanted.target is None or set(key) <= set(wanted.values):
                yield from self._natural.get((key, wanted.natural(key) or ()), ())


def _selected(target: Target, entry: Entry) -> bool:
    if target.conditions:
        return all(entry.values.get(name) == value for name, value in target.conditions.items())
    return entry.target is not None and entry.target.name == target.name


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
