# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of chains, as `chains` asks for them: lines that make them, lead the old jumps there, take them away."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from . import commands
from .chains import Detours
from .items import Entry
from .menus.model import Menu
from .quote import quote

#: nobody's comment: a copy is never taken for an item of ours, nor for one of somebody else
_COMMENT = "terpusat-salinan"


class Copies:
    """The copies of one menu while it changes. ``running`` are its items in order."""

    def __init__(self, menu: Menu, needed: Detours, running: Sequence[Entry]) -> None:
        self._menu = menu
        self._running = running
        self._needed = needed
        self._path = commands.spelled(menu.path)
        taken = {entry.values.get(name, "") for entry in running for name in ("chain", "jump-target")}
        self._names: dict[str, str] = {}
        for chain in needed.copied:
            name, number = f"{_COMMENT}-{chain}", 1
            while name in taken:
                number += 1
                name = f"{_COMMENT}-{chain}-{number}"
            self._names[chain] = name
            taken.add(name)

    def made(self) -> list[str]:
        """Make them; nobody jumps there yet. Jumps in a copy lead to copies."""
        return [commands.add(self._copy(e)) for e in self._running if e.values.get("chain", "") in self._names]

    def _copy(self, entry: Entry) -> Entry:
        values = {**entry.values, "chain": self._names[entry.values["chain"]], "comment": _COMMENT}
        if values.get("jump-target") in self._names:
            values["jump-target"] = self._names[values["jump-target"]]
        return Entry(entry.menu, values, True)

    def leads(self, slot: Hashable) -> bool:
        """Whether this is a jump that must lead to a copy."""
        return slot in self._needed.led

    def renews(self, slot: Hashable) -> bool:
        """Whether it is one that stands in the new list too."""
        return slot in self._needed.renewed and self.leads(slot)

    @property
    def led(self) -> Sequence[Hashable]:
        """All jumps that lead to copies meanwhile."""
        return tuple(self._needed.led)

    def aside(self, slot: Hashable) -> str:
        """What leads a jump to the copy."""
        return f"jump-target={quote(self._names[self._needed.led[slot]])}"

    def back(self, slot: Hashable) -> str:
        """What leads it to the chain again."""
        return f"jump-target={quote(self._needed.led[slot])}"

    def gone(self) -> list[str]:
        """Take them away, whatever of them stands."""
        return [f"{self._path} remove [{self._path} find chain={quote(name)}]" for name in self._names.values()]
