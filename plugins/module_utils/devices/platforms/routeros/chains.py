# SPDX-License-Identifier: GPL-3.0-or-later
"""Which chains of a packet filter must be kept as they were, in a copy, while they change.

A jump is one rule with many verdicts, and first-match lists may be edited live (`ordered`) as long as no such rule
changes what it decides. A chain may be edited live with them when it is reached by one jump only, which stays where it
is, and has no ``return`` (a packet that comes back meets the rest of the list, where the new rules are not all there).
Any other chain that changes is copied first, under a name that nobody uses; the old jumps are led to the copy, one
atomic ``set`` each, with the same verdicts; then nobody reaches the chain, and it is changed in any order; the jumps
to it come and go like other rules; last the copy is taken away.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...outcome import RefusedError
from .ordered import FOREIGN, staying

#: chains that packets enter by themselves
BUILT_IN = frozenset({"input", "forward", "output", "prerouting", "postrouting", "srcnat", "dstnat"})


@dataclass(frozen=True)
class Rule:
    """A rule as far as chains go; ``target`` is empty where it does not jump, or is disabled."""

    slot: Hashable
    chain: str
    target: str = ""
    returns: bool = False

    @property
    def foreign(self) -> bool:
        """Whether it is nobody's, so that it cannot be led elsewhere."""
        return isinstance(self.slot, tuple) and self.slot[0] == FOREIGN


@dataclass(frozen=True)
class Detours:
    """What keeps every packet's verdict whole.

    ``copied`` are chains; ``early`` those that are changed while nobody reaches them, copied ones included;
    ``led`` the old jumps that must be led to a copy, as slot → chain; ``renewed`` those of them that stand on both
    sides and so are an old and a new rule.
    """

    copied: tuple[str, ...] = ()
    early: frozenset[str] = frozenset()
    led: Mapping[Hashable, str] = field(default_factory=dict)
    renewed: frozenset[Hashable] = frozenset()


def detours(old: Sequence[Rule], new: Sequence[Rule], changed: Collection[Hashable]) -> Detours:
    """Return what is needed to get from ``old`` (foreign rules too) to ``new`` (ours only, in order).

    ``changed`` are slots whose content differs. Raises `RefusedError` where a packet would be judged by neither list.
    """
    standing = {rule.slot for rule in new}
    renewed: frozenset[Hashable] = frozenset()
    while True:
        # A jump that is led elsewhere is a new rule, which may let others stay that moved before.
        found = _Judge(old, new, {*changed, *renewed}).detours()
        more = renewed | {slot for slot in found.led if slot in standing}
        if more == renewed:
            return Detours(found.copied, found.early, found.led, renewed)
        renewed = more


class _Judge:
    def __init__(self, old: Sequence[Rule], new: Sequence[Rule], changed: set[Hashable]) -> None:
        self._old = old
        self._new = [*new, *(rule for rule in old if rule.foreign)]
        before, after = {rule.slot for rule in old}, {rule.slot for rule in new}
        same = [rule.slot for rule in old if rule.slot in after and rule.slot not in changed]
        self._stay = staying(same, [rule.slot for rule in new]) | {rule.slot for rule in old if rule.foreign}
        self._touched = {rule.chain for rule in old if rule.slot not in self._stay}
        self._touched |= {rule.chain for rule in new if rule.slot not in before or rule.slot not in self._stay}
        every = [*self._old, *self._new]
        grown = True
        while grown:
            callers = {rule.chain for rule in every if rule.target in self._touched} - self._touched
            grown = bool(callers)
            self._touched |= callers
        self._callers_before = _callers(self._old)
        self._callers_after = _callers(self._new)
        self._live: dict[str, bool] = {}

    def detours(self) -> Detours:
        changing = [chain for chain in dict.fromkeys(rule.chain for rule in self._called()) if chain in self._touched]
        away = [chain for chain in changing if not self._edited_live(chain)]
        copied = tuple(chain for chain in away if self._callers_before.get(chain))
        early = frozenset(away)
        led = {
            rule.slot: rule.target
            for chain in copied
            for rule in self._callers_before[chain]
            if rule.chain not in early
        }
        return Detours(copied, early, led)

    def _called(self) -> Iterator[Rule]:
        """Every chain that is no way in, each as a rule in it, also those that are only jumped to."""
        for rule in (*self._old, *self._new):
            for chain in (rule.chain, rule.target):
                if chain and (chain not in BUILT_IN or chain == rule.target):
                    yield Rule(rule.slot, chain)

    def _edited_live(self, chain: str) -> bool:
        """Whether the chain can be changed while packets go through it."""
        if chain not in self._live:
            # Chains that call each other in a circle are none that could be seen as one list.
            self._live[chain] = False
            self._live[chain] = self._judge(chain)
        return self._live[chain]

    def _judge(self, chain: str) -> bool:
        before, after = self._callers_before.get(chain, ()), self._callers_after.get(chain, ())
        if chain in BUILT_IN:
            if before or after:
                raise RefusedError(
                    f"chain bawaan {chain} menjadi tujuan jump dan akan berubah; perubahan seperti itu tidak dapat "
                    "diterapkan tanpa celah: pindahkan aturannya ke chain sendiri"
                )
            return True
        if not before:
            return False
        if not after and chain not in {rule.chain for rule in self._new if not rule.foreign}:
            # It is taken apart when nobody jumps to it any more.
            return True
        strangers = [rule for rule in (*before, *after) if rule.foreign]
        if strangers:
            raise RefusedError(
                f"jump di chain {strangers[0].chain} ke chain {chain}, yang akan berubah, bukan milik Terpusat: isinya "
                "tidak dapat diganti tanpa celah; hapus jump itu atau jadikan milik Terpusat (comment=terpusat:…)"
            )
        return (
            len(before) == len(after) == 1
            and before[0].slot == after[0].slot
            and before[0].slot in self._stay
            and not any(rule.returns for rule in (*self._old, *self._new) if rule.chain == chain)
            and (before[0].chain in BUILT_IN or self._edited_live(before[0].chain))
        )


def _callers(rules: Sequence[Rule]) -> dict[str, list[Rule]]:
    """The jumps to each chain that packets can come to."""
    found: dict[str, list[Rule]] = {}
    reached: set[str] = set()
    waiting = sorted(BUILT_IN)
    while waiting:
        chain = waiting.pop()
        if chain in reached:
            continue
        reached.add(chain)
        for rule in rules:
            if rule.chain == chain and rule.target:
                found.setdefault(rule.target, []).append(rule)
                waiting.append(rule.target)
    return found


def ranks(rules: Sequence[Rule]) -> Mapping[Hashable, int]:
    """The order in which a packet meets the rules: those of a chain come before the rule that jumps to it."""
    chains: dict[str, list[Rule]] = {}
    for rule in rules:
        chains.setdefault(rule.chain, []).append(rule)
    targets = {rule.target for rule in rules}
    order: dict[Hashable, int] = {}
    visited: set[str] = set()

    def visit(chain: str) -> None:
        if chain in visited:
            return
        visited.add(chain)
        for rule in chains.get(chain, []):
            if rule.target:
                visit(rule.target)
            order[rule.slot] = len(order)

    for chain in [*(name for name in chains if name not in targets), *chains]:
        visit(chain)
    return order
