# SPDX-License-Identifier: GPL-3.0-or-later
"""add, set, remove, enable, disable, comment, unset, move."""

from __future__ import annotations

from ..errors import RunError
from ..schema.menu import Kind, Menu, Rule
from ..script.interpreter import Invocation
from ..script.values import Id, argument_text
from ..services import behaviour
from ..store import references
from ..store.config import INTERFACE
from ..store.item import Item
from ..values.base import ValueRefusedError
from .registry import common
from .selection import chosen

# A property that was taken away although it has a default (`!keepalive`).
UNSET = "\0"
_ORDERS = ("numbers", "copy-from", "place-before")


@common("add")
async def add(call: Invocation) -> object:
    menu = call.menu
    assert menu is not None
    device, store = call.context.device, call.context.device.store
    values: dict[str, str] = {}
    if call.has("copy-from"):
        values = dict(chosen(call, call.values["copy-from"])[0].values)
        values.pop("name", None)
    _judge(call, menu, values)
    missing = [name for name in menu.required if name not in values and menu.properties[name].default is None]
    if missing:
        raise RunError(f"missing value(s) of argument(s) {' '.join(missing)}", script_error=True)
    if menu.one_of and menu.one_of.says and not any(values.get(name) for name in menu.one_of.of):
        raise RunError(f"failure: {menu.one_of.says}")
    item = store.new_item(menu.path, values)
    behaviour.adding(device, menu, item, call.context)
    _unique(call, menu, item)
    index = None
    if call.has("place-before"):
        before = chosen(call, call.values["place-before"])
        index = store.items(menu.path).index(before[0]) if before else None
    with device.recording(call, f"{_noun(menu)} added"):
        store.insert(menu.path, item, index)
    return Id(item.id)


@common("set")
async def set_(call: Invocation) -> object:
    menu = call.menu
    assert menu is not None
    single = menu.kind is Kind.SINGLE
    items = call.context.device.items(menu) if single else chosen(call, call.values["numbers"])
    with call.context.device.recording(call, f"{_noun(menu)} changed"):
        for item in items:
            change(call, menu, item)
    return None


def change(call: Invocation, menu: Menu, item: Item) -> None:
    """Sets what the call says on one item."""
    device, store = call.context.device, call.context.device.store
    real = store.menu_of(menu.path, item) if menu.path == INTERFACE else menu
    if item.dynamic or "builtin" in item.marks:
        raise RunError(f"can not change {'dynamic' if item.dynamic else 'builtin'} item")
    values = dict(item.values)
    _judge(call, real, values)
    trial = Item(item.number, values, item.marks, item.facts)
    behaviour.changing(device, real, item, trial, call.context)
    _unique(call, real, trial, but=item)
    former = item.name()
    store.update(real.path, item, trial.values)
    if former and item.name() and former != item.name():
        references.renamed(store, real, former, item.name() or "")


def _judge(call: Invocation, menu: Menu, values: dict[str, str]) -> None:
    """Puts the call's arguments in `values`, canonical; RunError for the first that is none."""
    device = call.context.device
    for name in call.unset:
        if name not in menu.properties:
            raise RunError(f"unknown argument {name}")
        if menu.properties[name].default is None or menu.properties[name].type.is_flag:
            values.pop(name, None)
        else:
            values[name] = UNSET
    for name, value in call.values.items():
        if name in _ORDERS:
            continue
        prop = menu.properties[name]
        try:
            text = prop.type.parse(argument_text(value), device)
        except ValueRefusedError as refusal:
            raise RunError(refusal.template.format(name=name)) from None
        if menu.explicit and text == prop.default and name not in values and call.command.signature.name == "set":
            continue
        if prop.type.is_flag:
            values[name] = ""
        elif (
            (text == prop.default and not menu.explicit)
            or (text == "" and prop.default is None and name != "comment")
            or (text == "" and name == "comment")
        ):
            values.pop(name, None)
        else:
            values[name] = text


def _unique(call: Invocation, menu: Menu, item: Item, but: Item | None = None) -> None:
    if menu.interface:
        _free_interface_name(call, item, but)
        return
    for rule in menu.unique:
        key = _key(menu, item, rule)
        if key is None:
            continue
        for other in call.context.device.store.items(menu.path):
            if other is not but and _key(menu, other, rule) == key:
                raise RunError(f"failure: {rule.says}")


def _key(menu: Menu, item: Item, rule: Rule) -> tuple[str, ...] | None:
    values = [item.get(menu, name) or "" for name in rule.of]
    return tuple(values) if any(values) else None


def _free_interface_name(call: Invocation, item: Item, but: Item | None) -> None:
    device = call.context.device
    name = item.values.get("name", "")
    if any(other is not but and other.name() == name for other in device.store.items(INTERFACE)):
        places = device.version.places_errors
        raise RunError(f"failure: already have interface with {'name ' + name if places else 'such name'}")


@common("remove")
async def remove(call: Invocation) -> object:
    menu = call.menu
    assert menu is not None
    device = call.context.device
    items = chosen(call, call.values["numbers"])
    with device.recording(call, f"{_noun(menu)} removed"):
        for item in items:
            if item.dynamic and menu.path not in device.removable_dynamic:
                raise RunError("can not remove dynamic item")
            if "builtin" in item.marks or ("default" in item.marks and menu.path != ("user",)):
                raise RunError(
                    "can not remove default item" if "default" in item.marks else "can not remove builtin item"
                )
            behaviour.removing(device, menu, item)
            device.store.delete(menu.path, item)
            references.removed(device.store, menu, item)
    return None


async def _flip(call: Invocation, value: str) -> object:
    menu = call.menu
    assert menu is not None
    device = call.context.device
    with device.recording(call, f"{_noun(menu)} changed"):
        for item in chosen(call, call.values["numbers"]):
            real = device.store.menu_of(menu.path, item) if menu.path == INTERFACE else menu
            values = dict(item.values)
            if value == "no" and not real.explicit and real.properties["disabled"].default == "no":
                values.pop("disabled", None)
            else:
                values["disabled"] = value
            device.store.update(real.path, item, values)
    return None


@common("enable")
async def enable(call: Invocation) -> object:
    return await _flip(call, "no")


@common("disable")
async def disable(call: Invocation) -> object:
    return await _flip(call, "yes")


@common("comment")
async def comment(call: Invocation) -> object:
    menu = call.menu
    assert menu is not None
    items = chosen(call, call.values.pop("numbers"))
    call.values.setdefault("comment", "")
    with call.context.device.recording(call, f"{_noun(menu)} changed"):
        for item in items:
            change(call, menu, item)
    return None


@common("unset")
async def unset(call: Invocation) -> object:
    menu = call.menu
    assert menu is not None
    name = call.text("value-name")
    if name not in menu.properties:
        raise RunError("input does not match any value of value-name")
    with call.context.device.recording(call, f"{_noun(menu)} changed"):
        for item in chosen(call, call.values["numbers"]):
            values = {key: value for key, value in item.values.items() if key != name}
            call.context.device.store.update(menu.path, item, values)
    return None


@common("move")
async def move(call: Invocation) -> object:
    menu = call.menu
    assert menu is not None
    store = call.context.device.store
    items = chosen(call, call.values["numbers"])
    target = chosen(call, call.values["destination"]) if call.has("destination") else []
    with call.context.device.recording(call, f"{_noun(menu)} moved"):
        for item in items:
            if target and item is target[0]:
                continue
            rest = [other for other in store.items(menu.path) if other is not item]
            store.move(menu.path, item, rest.index(target[0]) if target else len(rest))
    return None


def _noun(menu: Menu) -> str:
    """What the history calls an item of the menu."""
    known = {("ip", "address"): "address", ("ip", "route"): "route", ("ip", "firewall", "filter"): "filter rule",
             ("ip", "firewall", "nat"): "nat rule", ("system", "scheduler"): "scheduled script entry"}  # fmt: skip
    return known.get(menu.path, " ".join(menu.path[1:] or menu.path))
