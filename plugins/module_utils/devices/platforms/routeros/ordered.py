# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans how an ordered list becomes another, one step at a time, such that no packet is judged by neither of them.

With first-match lists every intermediate list must give each packet the verdict of the old or of the new list.
Phase one goes from the top down: what is new is put in, and what moves up is moved. Phase two goes from the bottom up:
what is old is taken out, and what moves down is moved. In phase one the rules above any new rule are all there, so what
it decides is the new verdict; what an old rule decides no earlier old rule decides, so it is the old one; phase two is
its mirror image. A rule whose content changes is a new one and an old one: it is put in under its own key while the old
one bears another, and the old one is taken out later. Rules of a chain that is jumped to come before the jump; those of
chains that nobody reaches meanwhile (`chains`) before all others, in and out.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

OURS = "own"
FOREIGN = "foreign"

StepKind = Literal["retag", "add", "move", "remove", "set"]


@dataclass(frozen=True)
class Step:
    """``before`` is the slot in front of which ``slot`` is put, None for the end."""

    kind: StepKind
    slot: Hashable
    before: Hashable | None = None


@dataclass(frozen=True)
class Unreached:
    """Slots that stand in chains which nobody reaches, by their place in the old and in the new list."""

    old: frozenset[Hashable] = frozenset()
    new: frozenset[Hashable] = frozenset()


@dataclass(frozen=True)
class Former:
    """The slot of the old version of a changed rule."""

    key: Hashable


def plan(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    changed: frozenset[Hashable] = frozenset(),
    *,
    harmless: frozenset[Hashable] = frozenset(),
    insertion: Mapping[Hashable, int] | None = None,
    removal: Mapping[Hashable, int] | None = None,
    unreached: Unreached | None = None,
) -> list[Step]:
    """Return the steps from ``old`` (all slots, foreign ones too) to ``new`` (ours only, in order).

    Slots are tuples ``(OURS, key)`` or ``(FOREIGN, n)``; foreign ones stay where they are. ``changed`` are slots whose
    content differs, ``harmless`` those of them whose change decides nothing. ``insertion`` and ``removal`` rank slots
    where chains call each other: lower is put in earlier, or stood earlier in the old list. ``unreached`` slots decide
    nothing before the others are changed.
    """
    unreached = unreached or Unreached()
    wanted, known = set(new), set(old)
    steps = [Step("set", slot) for slot in new if slot in harmless and slot in changed]
    content = [slot for slot in new if slot in changed and slot not in harmless and slot in known]
    ours = [slot for slot in old if slot in set(new)]
    obsolete = [slot for slot in old if isinstance(slot, tuple) and slot[0] == OURS and slot not in wanted]
    added = [slot for slot in new if slot not in known]
    if len(content) == 1 and not obsolete and not added and ours == list(new):
        return [*steps, Step("set", content[0])]
    current: list[Hashable] = list(old)
    same = [slot for slot in ours if slot not in content]
    stay = staying(same, new)
    movers = [slot for slot in same if slot not in stay]
    for slot in content:
        steps.append(Step("retag", slot, Former(slot)))
        current[current.index(slot)] = Former(slot)
    gone = {*obsolete, *(Former(slot) for slot in content)}
    fresh = {*added, *content}
    place = {slot: index for index, slot in enumerate(new)}
    anchors: set[Hashable] = set(stay)

    def moves_up(slot: Hashable) -> bool:
        return _level(old, slot, stay) > _level(new, slot, stay)

    def put(slot: Hashable) -> None:
        nonlocal current
        current, before = _place(current, slot, new, anchors, content)
        steps.append(Step("add" if slot in fresh else "move", slot, before))
        anchors.add(slot)

    def take(slot: Hashable) -> None:
        current.remove(slot)
        steps.append(Step("remove", slot))

    for slot in [slot for slot in new if slot in unreached.new and (slot in fresh or slot in movers)]:
        put(slot)
    for slot in [slot for slot in current if slot in gone and _plain(slot) in unreached.old]:
        take(slot)
    order = [slot for slot in new if slot not in anchors and (slot in fresh or moves_up(slot))]
    for slot in sorted(order, key=lambda entry: ((insertion or {}).get(entry, place[entry]), place[entry])):
        put(slot)
    leaving = [slot for slot in current if slot in gone or (slot in movers and slot not in anchors)]
    for slot in sorted(leaving, key=lambda entry: -(removal or {}).get(_plain(entry), list(old).index(_plain(entry)))):
        if slot in gone:
            take(slot)
        else:
            put(slot)
    return steps


def _plain(slot: Hashable) -> Hashable:
    return slot.key if isinstance(slot, Former) else slot


def _level(sequence: Sequence[Hashable], slot: Hashable, stay: set[Hashable]) -> int:
    """How many of those that stay are in front of it."""
    return sum(1 for other in sequence[: list(sequence).index(slot)] if other in stay)


def _place(
    current: list[Hashable],
    slot: Hashable,
    new: Sequence[Hashable],
    anchors: set[Hashable],
    content: Sequence[Hashable],
) -> tuple[list[Hashable], Hashable | None]:
    """Put a slot in front of the next one that has its place already, or behind the one before it."""
    rest = [other for other in current if other != slot]
    index = list(new).index(slot)
    successor = next((other for other in new[index + 1 :] if other in anchors), None)
    predecessor = next((other for other in reversed(new[:index]) if other in anchors), None)
    low = rest.index(predecessor) + 1 if predecessor is not None else 0
    high = rest.index(successor) if successor is not None else len(rest)
    if slot in content and Former(slot) in rest and low <= rest.index(Former(slot)) <= high:
        position = rest.index(Former(slot))
    elif successor is not None:
        position = high
    elif predecessor is not None:
        position = low
    else:
        # The first of ours: in front of everything that is not.
        position = 0
    before = rest[position] if position < len(rest) else None
    return [*rest[:position], slot, *rest[position:]], before


def staying(left: Sequence[Hashable], right: Sequence[Hashable]) -> set[Hashable]:
    """What need not move: the largest set of slots in the same order on both sides; none stands twice on one."""
    place = {slot: index for index, slot in enumerate(right)}
    best: list[tuple[int, int]] = []
    sequence = [slot for slot in left if slot in place]
    for index, slot in enumerate(sequence):
        length, previous = 1, -1
        for other in range(index):
            if place[sequence[other]] < place[slot] and best[other][0] + 1 > length:
                length, previous = best[other][0] + 1, other
        best.append((length, previous))
    if not best:
        return set()
    index = max(range(len(best)), key=lambda entry: best[entry][0])
    stay: set[Hashable] = set()
    while index >= 0:
        stay.add(sequence[index])
        index = best[index][1]
    return stay
