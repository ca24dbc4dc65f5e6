# SPDX-License-Identifier: GPL-3.0-or-later
"""print, find, get."""

from __future__ import annotations

from ..errors import RunError
from ..schema.menu import Kind, Menu
from ..script.context import Context
from ..script.interpreter import Invocation
from ..script.values import NOTHING, Array, Id, text_of, typed
from ..store.config import INTERFACE
from ..store.item import Item
from . import listing
from .edit import UNSET
from .registry import common
from .selection import chosen, ids, matching, shown


@common("find")
async def find(call: Invocation) -> object:
    assert call.menu is not None
    return ids(await matching(call.context, call.menu, call.command.where))


@common("get")
async def get(call: Invocation) -> object:
    menu = call.menu
    assert menu is not None
    if menu.kind is Kind.SINGLE:
        item = call.context.device.items(menu)[0]
    else:
        found = chosen(call, call.values["number"])
        if len(found) != 1:
            raise RunError("no such item" if not found else "invalid internal item number")
        item = found[0]
    if not call.has("value-name"):
        return Array([], {name: read(call.context, menu, item, name) for name in _set(call.context, menu, item)})
    name = call.text("value-name")
    if not menu.knows(name):
        fitting = [known for known in (*menu.properties, *menu.read) if known.startswith(name)]
        if len(fitting) != 1:
            raise RunError("input does not match any value of value-name")
        name = fitting[0]
    return read(call.context, menu, item, name)


def read(context: Context, menu: Menu, item: Item, name: str) -> object:
    """A property as a script's value."""
    if name == ".id":
        return Id(item.id)
    text = shown(context, menu, item, name)
    if text is None or text == UNSET:
        return NOTHING
    real = context.device.store.menu_of(menu.path, item) if menu.path == INTERFACE else menu
    prop = real.properties.get(name)
    if name in menu.flags or (prop is not None and (set(prop.type.words) == {"no", "yes"} or prop.type.is_flag)):
        return text == "yes"
    if prop is not None and (prop.type.is_script or name in ("name", "comment")):
        return text
    return typed(text)


def _set(context: Context, menu: Menu, item: Item) -> list[str]:
    names = [".id", *menu.properties, *menu.read, *menu.flags]
    return [name for name in names if shown(context, menu, item, name) not in (None, UNSET)]


@common("print")
async def print_(call: Invocation) -> object:
    menu = call.menu
    assert menu is not None
    context = call.context
    if menu.kind is Kind.SINGLE:
        item = context.device.items(menu)[0]
        if call.has("as-value"):
            return Array([], {name: read(context, menu, item, name) for name in _set(context, menu, item)})
        text = listing.single(context, menu, item)
    else:
        items = await _listed(call, menu)
        if call.has("count-only"):
            if not call.within:
                await context.write(f"{len(items)}\n")
            return len(items)
        if call.has("as-value"):
            names = call.text("proplist").split(",") if call.has("proplist") else None
            return Array(
                [Array([], {n: read(context, menu, i, n) for n in names or _set(context, menu, i)}) for i in items]
            )
        context.numbers[menu.path] = items
        text = listing.render(call, menu, items)
    if call.has("file"):
        context.device.store_file(f"{call.text('file')}.txt", text.encode())
        return NOTHING
    await context.write(text)
    return NOTHING


async def _listed(call: Invocation, menu: Menu) -> list[Item]:
    items = await matching(call.context, menu, call.command.where)
    wanted = call.values.get("from")
    if wanted is not None and text_of(wanted):
        some = chosen(call, wanted)
        items = [item for item in items if item in some]
    return items
