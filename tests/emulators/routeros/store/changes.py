# SPDX-License-Identifier: GPL-3.0-or-later
"""Every change of the configuration as an object that can be done and undone: history and safe mode live on it."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from ..schema.menu import Path
from .item import Item


@dataclass
class Change(ABC):
    path: Path
    item: Item

    @abstractmethod
    def do(self, items: list[Item]) -> None:
        """Make the change."""

    @abstractmethod
    def undo(self, items: list[Item]) -> None:
        """Take it back."""


@dataclass
class Insert(Change):
    index: int

    def do(self, items: list[Item]) -> None:
        items.insert(self.index, self.item)

    def undo(self, items: list[Item]) -> None:
        items.remove(self.item)


@dataclass
class Delete(Change):
    index: int = -1

    def do(self, items: list[Item]) -> None:
        self.index = items.index(self.item)
        items.remove(self.item)

    def undo(self, items: list[Item]) -> None:
        items.insert(self.index, self.item)


@dataclass
class Update(Change):
    """`values`: the item's complete values from now on."""

    values: dict[str, str]
    former: dict[str, str] = field(default_factory=dict)

    def do(self, items: list[Item]) -> None:  # noqa: ARG002
        self.former, self.item.values = self.item.values, self.values

    def undo(self, items: list[Item]) -> None:  # noqa: ARG002
        self.item.values = self.former


@dataclass
class Move(Change):
    index: int
    former: int = -1

    def do(self, items: list[Item]) -> None:
        self.former = items.index(self.item)
        items.remove(self.item)
        items.insert(self.index, self.item)

    def undo(self, items: list[Item]) -> None:
        items.remove(self.item)
        items.insert(self.former, self.item)
