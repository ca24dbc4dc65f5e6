# SPDX-License-Identifier: GPL-3.0-or-later
"""Which items a command means: numbers, names, internal numbers, conditions."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import RunError
from ..schema.menu import Menu
from ..script.context import Context
from ..script.interpreter import Invocation, condition
from ..script.nodes import Node
from ..script.values import Array, Id, Nothing, text_of
from ..store.config import INTERFACE
from ..store.item import Item
from ..values.base import ValueRefusedError


class Asked:
    """An item under a condition."""

    def __init__(self, context: Context, menu: Menu, item: Item) -> None:
        self._context, self._menu, self._item = context, menu, item

    def get(self, name: str) -> object:
        if name == ".id":
            return Id(self._item.id)
        return shown(self._context, self._menu, self._item, name) or ""

    def canonical(self, name: str, text: str) -> str:
        prop = self._menu.properties.get(name)
        if prop is None:
            return {"true": "yes", "false": "no"}.get(text, text) if name in self._menu.flags else text
        try:
            return prop.type.parse(text, self._context.device)
        except ValueRefusedError:
            return text


def shown(context: Context, menu: Menu, item: Item, name: str) -> str | None:
    """A property as `get`, `print` and `where` see it, computed ones included."""
    device = context.device
    real = device.store.menu_of(menu.path, item) if menu.path == INTERFACE else menu
    if menu.virtual == "safe-mode" and name == "current":
        return "yes" if context.session is not None and device.safe_mode.holder is context.session else "no"
    computed = device.computed(real, item, name)
    return computed if computed is not None else item.get(real, name)


def all_items(context: Context, menu: Menu) -> list[Item]:
    return context.device.items(menu)


async def matching(context: Context, menu: Menu, where: Node | None) -> list[Item]:
    items = all_items(context, menu)
    if where is None:
        return items
    found = []
    for item in items:
        inner = context.with_scope(context.scope)
        inner.subject = Asked(context, menu, item)
        if await condition(where, inner):
            found.append(item)
    return found


def chosen(call: Invocation, value: object) -> list[Item]:
    """The items that `numbers=` means; RunError `no such item`."""
    menu = call.menu
    assert menu is not None
    found: list[Item] = []
    for part in _parts(value):
        item = _one(call, menu, part)
        if item not in found:
            found.append(item)
    return found


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, Array):
        return [part for element in value.all() for part in _parts(element)]
    if isinstance(value, Nothing) or value == "":
        return []
    if isinstance(value, str):
        return (
            [part for part in value.replace(";", ",").split(",") if part] if "," in value or ";" in value else [value]
        )
    return [value]


def _one(call: Invocation, menu: Menu, value: object) -> Item:
    items, text = all_items(call.context, menu), text_of(value)
    if isinstance(value, Id) or text.startswith("*"):
        for item in items:
            if item.id == text:
                return item
        raise RunError("no such item")
    if text.isdigit():
        numbers = call.context.numbers.get(menu.path)
        listed = numbers if numbers is not None else items
        if numbers is None and call.context.session is not None and not call.context.depth:
            # Numbers stay what they are until the next print, whatever happens to the list.
            call.context.numbers[menu.path] = list(items)
        if int(text) < len(listed) and listed[int(text)] in items:
            return listed[int(text)]
        if not any(_name(menu, item) == text for item in items):
            raise RunError("no such item")
    named = [item for item in items if _name(menu, item) == text]
    if not named and text and not text.isdigit():
        named = [item for item in items if (_name(menu, item) or "").startswith(text)]
        if len(named) > 1:
            raise RunError("ambiguous value of numbers, more than one possible value matches input")
    if not named:
        if not menu.named and not menu.keyed:
            raise RunError("invalid internal item number" if not text.isdigit() else "no such item")
        raise RunError("no such item")
    return named[0]


def _name(menu: Menu, item: Item) -> str | None:
    return item.get(menu, menu.ident) if menu.keyed else item.name()


def ids(items: list[Item]) -> Array:
    return Array([Id(item.id) for item in items])
