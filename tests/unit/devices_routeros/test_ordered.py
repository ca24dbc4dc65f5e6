# SPDX-License-Identifier: GPL-3.0-or-later
"""Editing a first-match list: at no point a packet is judged by neither the old nor the new list."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros import ordered
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.ordered import (
    FOREIGN,
    OURS,
    Former,
    Step,
)

#: packets are small numbers; a rule matches a set of them
_PACKETS = range(6)


@dataclass(frozen=True)
class Rule:
    """Matches ``packets``; accepts or drops."""

    packets: frozenset[int]
    accept: bool


Slots = list[tuple[Hashable, Rule]]


def verdict(rules: list[Rule], packet: int) -> bool:
    """First match decides; without one a packet passes, as in RouterOS."""
    return next((rule.accept for rule in rules if packet in rule.packets), True)


def apply(current: Slots, step: Step, new: dict[Hashable, Rule]) -> Slots:
    """Do one step on a list of slots."""
    if step.kind == "retag":
        return [(step.before, rule) if slot == step.slot else (slot, rule) for slot, rule in current]
    if step.kind == "set":
        return [(slot, new[slot] if slot == step.slot else rule) for slot, rule in current]
    rest = [(slot, rule) for slot, rule in current if slot != step.slot]
    if step.kind == "remove":
        assert len(rest) == len(current) - 1
        return rest
    rule = new[step.slot] if step.kind == "add" else dict(current)[step.slot]
    if step.kind == "add":
        assert step.slot not in dict(current)
    position = next((index for index, (slot, _) in enumerate(rest) if slot == step.before), len(rest))
    assert step.before is None or position < len(rest)
    return [*rest[:position], (step.slot, rule), *rest[position:]]


_rules = st.builds(Rule, st.frozensets(st.sampled_from(_PACKETS), max_size=4), st.booleans())


@st.composite
def lists(draw: st.DrawFn) -> tuple[Slots, Slots]:
    """An old list with foreign rules in it, and a new one of our own rules only."""
    keys = draw(st.permutations(range(7)))
    old: Slots = [((OURS, key), draw(_rules)) for key in keys[: draw(st.integers(0, 7))]]
    known = dict(old)
    for number in range(draw(st.integers(0, 2))):
        position = draw(st.integers(0, len(old)))
        old.insert(position, ((FOREIGN, number), draw(_rules)))
    foreign = [slot for slot, _ in old if slot[0] == FOREIGN]  # type: ignore[index]
    renumbered = {slot: (FOREIGN, index) for index, slot in enumerate(foreign)}
    old = [(renumbered.get(slot, slot), rule) for slot, rule in old]
    wanted = draw(st.permutations(range(7)))[: draw(st.integers(0, 7))]
    new: Slots = []
    for key in wanted:
        slot = (OURS, key)
        new.append((slot, known[slot] if slot in known and draw(st.booleans()) else draw(_rules)))
    return old, new


@settings(max_examples=300, deadline=None)
@given(lists())
def test_every_step_judges_each_packet_as_old_or_new(pair: tuple[Slots, Slots]) -> None:
    old, new = pair
    before, after = dict(old), dict(new)
    changed = frozenset(slot for slot, rule in new if slot in before and before[slot] != rule)
    steps = ordered.plan([slot for slot, _ in old], [slot for slot, _ in new], changed)
    states = [old]
    for step in steps:
        states.append(apply(states[-1], step, after))
    last = states[-1]
    assert [entry for entry in last if entry[0][0] == OURS] == new  # type: ignore[index]
    assert [entry for entry in last if entry[0][0] == FOREIGN] == [e for e in old if e[0][0] == FOREIGN]  # type: ignore[index]
    assert not any(isinstance(slot, Former) for slot, _ in last)
    if old == last:
        assert not steps
    for packet in _PACKETS:
        allowed = {verdict([rule for _, rule in old], packet), verdict([rule for _, rule in last], packet)}
        for state in states:
            assert verdict([rule for _, rule in state], packet) in allowed


def test_one_change_is_one_step() -> None:
    slots = [(OURS, number) for number in range(100)]
    assert [step.kind for step in ordered.plan(slots, slots[:50] + slots[51:])] == ["remove"]
    assert [step.kind for step in ordered.plan(slots[:50] + slots[51:], slots)] == ["add"]
    assert [step.kind for step in ordered.plan(slots, slots, frozenset({slots[3]}))] == ["set"]
    moved = [*slots[1:50], slots[0], *slots[50:]]
    assert [(step.kind, step.slot) for step in ordered.plan(slots, moved)] == [("move", slots[0])]
    assert ordered.plan(slots, slots) == []


def test_first_rules_of_ours_stand_before_foreign_ones() -> None:
    steps = ordered.plan([(FOREIGN, 0), (FOREIGN, 1)], [(OURS, "a"), (OURS, "b")])
    assert steps == [Step("add", (OURS, "a"), (FOREIGN, 0)), Step("add", (OURS, "b"), (FOREIGN, 0))]
