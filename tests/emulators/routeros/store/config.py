# SPDX-License-Identifier: GPL-3.0-or-later
"""The device's configuration: all items of all menus, and the only way to change them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from ..schema.menu import Kind, Menu, Path
from .changes import Change, Delete, Insert, Move, Update
from .history import Action, History
from .item import Item

INTERFACE: Path = ("interface",)
type Listener = Callable[[Path, Item], None]


class Config:
    """`changed` is called after every change with the menu's path and the item."""

    def __init__(self, menus: dict[Path, Menu]) -> None:
        self.menus = menus
        self.history = History()
        self.changed: list[Listener] = []
        self._items: dict[Path, list[Item]] = {}
        self._next: dict[Path, int] = {}
        self._action: Action | None = None

    # -- reading

    def items(self, path: Path) -> list[Item]:
        """A menu's items in their order; a singleton's one item; for /interface those of all interface menus."""
        if path == INTERFACE:
            found: list[Item] = []
            for menu in self.interface_menus():
                found.extend(self._items.get(menu.path, ()))
            return found
        if path not in self._items:
            self._items[path] = [Item(0)] if self.menus[path].kind is Kind.SINGLE else []
        return self._items[path]

    def interface_menus(self) -> Iterator[Menu]:
        return (menu for menu in self.menus.values() if menu.interface)

    def menu_of(self, path: Path, item: Item) -> Menu:
        """The menu that an item shown under `path` belongs to (they differ for /interface)."""
        if path != INTERFACE:
            return self.menus[path]
        return next(menu for menu in self.interface_menus() if item in self._items.get(menu.path, ()))

    def single(self, path: Path) -> Item:
        return self.items(path)[0]

    def value(self, path: Path, name: str) -> str:
        """A property of a singleton, its default included."""
        return self.single(path).get(self.menus[path], name) or ""

    def names(self, path: Path) -> Iterable[str]:
        if path != INTERFACE and path not in self.menus:
            return ()
        named = (item.name() for item in self.items(path) if path != INTERFACE or not item.dynamic)
        return [name for name in named if name]

    def new_item(self, path: Path, values: dict[str, str]) -> Item:
        number = self._next.get(path, 1)
        self._next[path] = number + 1
        return Item(number, values)

    # -- changing

    @contextmanager
    def action(self, text: str, by: str, at: str = "") -> Iterator[None]:
        """Groups the changes within as one entry of the history; an exception takes all of them back."""
        if self._action is not None:
            yield
            return
        self._action = action = Action(text, by, at=at)
        try:
            yield
        except BaseException:
            self._undo(action)
            raise
        finally:
            self._action = None
        if action.changes:
            self.history.record(action)

    def insert(self, path: Path, item: Item, index: int | None = None) -> None:
        self._do(Insert(path, item, len(self.items(path)) if index is None else index))

    def delete(self, path: Path, item: Item) -> None:
        self._do(Delete(path, item))

    def update(self, path: Path, item: Item, values: dict[str, str]) -> None:
        if values != item.values:
            self._do(Update(path, item, values))

    def move(self, path: Path, item: Item, index: int) -> None:
        self._do(Move(path, item, index))

    def undo(self, action: Action) -> None:
        self._undo(action)
        action.undone = True

    def redo(self, action: Action) -> None:
        for change in action.changes:
            change.do(self.items(change.path))
            self._tell(change)
        action.undone = False

    def _do(self, change: Change) -> None:
        change.do(self.items(change.path))
        if self._action is not None:
            self._action.changes.append(change)
        self._tell(change)

    def _undo(self, action: Action) -> None:
        for change in reversed(action.changes):
            change.undo(self.items(change.path))
            self._tell(change)

    def _tell(self, change: Change) -> None:
        for listener in self.changed:
            listener(change.path, change.item)
