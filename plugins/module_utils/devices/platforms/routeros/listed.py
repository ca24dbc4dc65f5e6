# SPDX-License-Identifier: GPL-3.0-or-later
"""Edits of ordered menus (packet filter, simple queues): the plan of `ordered` as commands, and its inverse."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

from . import commands, ordered
from .chains import Rule, detours, ranks
from .compare import Match, Pair, differences
from .copies import Copies
from .inverse import former_values, guarded
from .items import Entry
from .menus.model import Menu
from .ordered import FOREIGN, OURS, Former, Step, Unreached
from .values import canonical
from .version import Version

#: properties of a rule that decide nothing about a packet
_HARMLESS = frozenset({"comment", "log", "log-prefix"})
#: rules that the device makes itself and does not export
_HIDDEN = {"/ip/ipsec/policy": "!dynamic !default", "/routing/rule": "!default"}
_NOT_DYNAMIC = frozenset({"/radius", "/routing/filter", "/routing/filter/rule", "/routing/filter/select-rule"})

Slot = Hashable


def edit_list(matched: Match, version: Version) -> tuple[list[str], list[str], list[Pair]]:
    """Return the commands, the commands that undo them from any point, and the pairs that they touch."""
    plan = _Plan(matched, version)
    steps = plan.steps
    if not steps:
        return [], [], []
    touched = {step.slot.key if isinstance(step.slot, Former) else step.slot for step in steps}
    pairs = [plan.pairs[slot] for slot in touched if slot in plan.pairs]
    return plan.lines, plan.undo(), pairs


class _Plan:
    def __init__(self, matched: Match, version: Version) -> None:
        self.menu: Menu = matched.menu
        self.version = version
        self.path = commands.spelled(self.menu.path)
        self.pairs: dict[Slot, Pair] = {}
        self.numbers = {id(pair): number for number, pair in enumerate((*matched.pairs, *matched.surplus))}
        self.old: list[Slot] = []
        self.foreign: dict[Slot, Entry] = {}
        for entry in matched.running:
            pair = matched.pair_of(entry)
            if pair is None:
                slot: Slot = (FOREIGN, len(self.foreign))
                self.foreign[slot] = entry
            else:
                slot = (OURS, self.numbers[id(pair)])
                self.pairs[slot] = pair
            self.old.append(slot)
        self.new: list[Slot] = []
        for pair in matched.pairs:
            slot = (OURS, self.numbers[id(pair)])
            self.pairs[slot] = pair
            self.new.append(slot)
        changed: set[Slot] = set()
        harmless: set[Slot] = set()
        for slot in self.new:
            pair = self.pairs[slot]
            before, after = differences(pair, version)
            if pair.running is not None and before != after:
                changed.add(slot)
                names = {name for name in {*before, *after} if before.get(name) != after.get(name)}
                if names <= _HARMLESS or not self._by_comment(pair):
                    harmless.add(slot)
        self.copies: Copies | None = None
        self.between: frozenset[Slot] = frozenset()
        old = [_rule(slot, self._running(slot)) for slot in self.old]
        new = [_rule(slot, self.pairs[slot].intended) for slot in self.new]
        removal, insertion = ranks(old), ranks(new)

        def plan(renewed: Collection[Slot] = (), unreached: Unreached | None = None) -> list[Step]:
            return ordered.plan(
                self.old,
                self.new,
                frozenset({*changed, *renewed}),
                harmless=frozenset(harmless - set(renewed)),
                insertion=insertion,
                removal=removal,
                unreached=unreached,
            )

        self.steps: Sequence[Step] = plan()
        if sum(step.slot not in harmless or step.kind != "set" for step in self.steps) > 1 and self._has_chains:
            needed = detours(old, new, changed - harmless)
            if needed.early:
                away = Unreached(*(frozenset(r.slot for r in rules if r.chain in needed.early) for rules in (old, new)))
                self.steps = plan(needed.renewed, away)
                self.between = (away.old - away.new) & frozenset(self.new)
            if needed.copied:
                self.copies = Copies(self.menu, needed, matched.running)

    @property
    def _has_chains(self) -> bool:
        """Whether packets go from chain to chain; those of routing filters are entered from elsewhere too."""
        return "jump-target" in self.menu.fields(None) and not self.menu.path.startswith("/routing")

    @property
    def lines(self) -> list[str]:
        """All commands in order."""
        lines = [self.command(step) for step in self.steps]
        copies = self.copies
        if copies is None:
            return lines
        aside = [f"{self.path} set {self.find(slot)} {copies.aside(slot)}" for slot in copies.led
                 if not copies.renews(slot)]  # fmt: skip
        return [*copies.made(), *aside, *lines, *copies.gone()]

    def _running(self, slot: Slot) -> Entry | None:
        return self.foreign[slot] if slot in self.foreign else self.pairs[slot].running

    def _by_comment(self, pair: Pair) -> bool:
        """Whether both versions can stand at once: named items cannot, their names are taken."""
        return bool(pair.running and pair.running.owner_key) and not self.menu.keys

    def command(self, step: Step) -> str:
        """One step as a line."""
        slot = step.slot
        if step.kind == "remove":
            return f"{self.path} remove {self.find(slot)}"
        pair = self.pairs[slot]
        if step.kind == "retag":
            assert pair.running is not None
            aside = f" {self.copies.aside(slot)}" if self.copies and self.copies.renews(slot) else ""
            return f"{self.path} set {self.find(slot)} comment={_former_comment(pair.running)}{aside}"
        if step.kind == "move":
            destination = f" destination={self.find(step.before)}" if step.before is not None else ""
            return f"{self.path} move {self.find(slot)}{destination}"
        if step.kind == "add":
            assert pair.intended is not None
            return commands.add(pair.intended, self.find(step.before) if step.before is not None else "")
        return self._set(pair)

    def _set(self, pair: Pair) -> str:
        assert pair.intended is not None
        before, after = differences(pair, self.version)
        names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
        values = {name: pair.intended.values[name] for name in names if pair.intended.values.get(name)}
        rest = [name for name in names if name not in values]
        parts = [commands.assignments(self.menu, values), commands.resets(self.menu, rest, self.version)]
        target = f"{self.find((OURS, self.numbers[id(pair)]))} "
        return f"{self.path} set {target}{' '.join(part for part in parts if part)}"

    def find(self, slot: Slot) -> str:
        """What finds a slot on the device, whichever version of the item stands there."""
        if isinstance(slot, Former):
            return commands.found(self.menu, commands.by_owner(commands.former_key(self.pairs[slot.key].name)))
        if slot in self.foreign:
            entry = self.foreign[slot]
            if self.menu.keys and commands.by_natural(entry):
                return commands.found(self.menu, commands.by_natural(entry))
            hidden = _HIDDEN.get(self.menu.path, "" if self.menu.path in _NOT_DYNAMIC else "!dynamic")
            terms = " && ".join([*hidden.split(), '!(comment~"^terpusat")'])
            index = list(self.foreign).index(slot)
            return f"[:pick [{self.path} find where {terms}] {index}]"
        pair = self.pairs[slot]
        item = pair.running or pair.intended
        assert item is not None
        key = (pair.intended or item).owner_key or item.owner_key
        natural = commands.by_natural(item)
        kept = pair.intended is None or pair.running is None or natural == commands.by_natural(pair.intended)
        if key and not (natural and kept):
            return commands.found(self.menu, commands.by_owner(key))
        return commands.found(self.menu, natural)

    def undo(self) -> list[str]:
        """Bring the old list back from any point: what is missing from the top down, then what is too much."""
        doing = {kind: [step.slot for step in self.steps if step.kind == kind] for kind in
                 ("retag", "add", "move", "remove", "set")}  # fmt: skip
        renewed = set(doing["retag"])
        # What goes from one chain to another may be in neither for a moment.
        removed = {slot for slot in doing["remove"] if not isinstance(slot, Former)} | self.between
        lines: list[str] = []
        for slot in renewed:
            lines += self._recall(slot)
        for slot in self.old:
            entry = self._running(slot)
            if slot in removed and entry is not None:
                anchor = self._next(slot, removed)
                line = commands.add(entry, self.find(anchor) if anchor is not None else "")
                lines.append(guarded(f":if ([:len {self.find(slot)}]=0) do={{{line}}}"))
            if slot in doing["set"] or slot in renewed:
                lines += self._former(slot)
            if self.copies and self.copies.leads(slot) and not self.copies.renews(slot):
                lines.append(guarded(f"{self.path} set {self.find(slot)} {self.copies.back(slot)}"))
        astray = {*removed, *renewed, *doing["move"]}
        for slot in reversed(self.old):
            if slot in astray:
                anchor = self._next(slot, set())
                destination = f" destination={self.find(anchor)}" if anchor is not None else ""
                lines.append(guarded(f"{self.path} move {self.find(slot)}{destination}"))
        for slot in reversed(doing["add"]):
            if slot not in renewed:
                lines.append(guarded(f"{self.path} remove {self.find(slot)}"))
        for slot in renewed:
            new = commands.by_owner(_newer_key(self.pairs[slot].name))
            lines.append(guarded(f"{self.path} remove {commands.found(self.menu, new)}"))
        lines += [guarded(line) for line in (self.copies.gone() if self.copies else ())]
        return lines

    def _former(self, slot: Slot) -> list[str]:
        """Give a rule its former values."""
        where = f"{self.find(slot)} "
        values = former_values(self.pairs[slot], self.version, where)
        return [guarded(f"{self.path} set {where}{values}")] if values else []

    def _recall(self, slot: Slot) -> list[str]:
        """Where the old version still stands beside the new one, give it its key back."""
        pair = self.pairs[slot]
        assert pair.running is not None
        comment = commands.assignments(self.menu, {"comment": pair.running.values.get("comment", "")})
        newer = commands.assignments(self.menu, {"comment": _newer_key(pair.name)})
        former = self.find(Former(slot))
        if self.copies and self.copies.renews(slot):
            comment += f" {self.copies.back(slot)}"
        return [
            guarded(
                f":if ([:len {former}]>0) do={{{self.path} set {self.find(slot)} {newer}; "
                f"{self.path} set {former} {comment}}}"
            )
        ]

    def _next(self, slot: Slot, absent: set[Slot]) -> Slot | None:
        after = self.old[self.old.index(slot) + 1 :]
        return next((other for other in after if other not in absent), None)


def _former_comment(entry: Entry) -> str:
    key, _, rest = entry.values["comment"].partition(" ")
    text = commands.former_key(key) + (f" {rest}" if rest else "")
    return commands.assignments(entry.menu, {"comment": text}).partition("=")[2]


def _newer_key(key: str) -> str:
    return "terpusat-baru:" + key.partition(":")[2]


def _rule(slot: Slot, entry: Entry | None) -> Rule:
    """A rule as far as chains go; a disabled one neither jumps nor returns."""
    values = entry.values if entry is not None else {}
    action = values.get("action", "") if canonical("bool", values.get("disabled", "no")) == "no" else ""
    target = values.get("jump-target", "") if action == "jump" else ""
    return Rule(slot, values.get("chain", ""), target, action == "return")
