# SPDX-License-Identifier: GPL-3.0-or-later
"""export: the configuration as a script that makes it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import RunError
from ..schema.menu import Kind, Menu, Path
from ..schema.tree import EXPORT
from ..script.interpreter import Invocation
from ..script.values import NOTHING
from ..store.factory import random_mac
from ..store.item import Item
from . import order
from .edit import UNSET
from .quoting import quoted
from .registry import command, common
from .selection import matching
from .wrapping import wrap

if TYPE_CHECKING:
    from ..device import Device


@dataclass(frozen=True)
class Style:
    """`secrets`: show them; `verbose`: defaults too; `terse`: the path on every line, no line breaks."""

    terse: bool = False
    verbose: bool = False
    secrets: bool = True
    header: bool = True


@command("", EXPORT)
async def export_all(call: Invocation) -> object:
    return await export(call)


@common("export")
async def export(call: Invocation) -> object:
    device = call.context.device
    wanted = call.has("show-sensitive") or (not device.version.hides_secrets and not call.has("hide-sensitive"))
    if call.has("show-sensitive") and not device.version.hides_secrets:
        raise RunError("expected end of command")
    secrets = wanted and call.context.may("sensitive")
    style = Style(terse=call.has("terse"), verbose=call.has("verbose"), secrets=secrets)
    chosen = None
    if call.command.where is not None and call.menu is not None:
        chosen = await matching(call.context, call.menu, call.command.where)
    text = render(device, style, call.command.path, chosen)
    if call.has("file"):
        if not call.context.may("ftp"):
            raise RunError("not enough permissions (9)")
        name = call.text("file")
        device.store_file(name if name.endswith(".rsc") else f"{name}.rsc", text.replace("\n", "\r\n").encode())
        return NOTHING
    await call.context.write(text)
    return NOTHING


def render(device: Device, style: Style, under: Path = (), chosen: list[Item] | None = None) -> str:
    """The export of everything at or below `under`."""
    lines = device.export_header() if style.header else []
    for menu in order.ordered(device.menus.values()):
        if menu.path[: len(under)] != under or menu.hidden is True or menu.virtual:
            continue
        made = [line for item in device.items(menu) if chosen is None or item in chosen
                for line in _lines(device, menu, item, style)]  # fmt: skip
        if not made:
            continue
        path = "/" + " ".join(menu.path)
        if style.terse:
            lines += [line if line.startswith("#") else f"{path} {line}" for line in made]
        else:
            lines += [path, *(line if line.startswith("#") else wrap(line) for line in made)]
    return "".join(f"{line}\n" for line in lines)


def _lines(device: Device, menu: Menu, item: Item, style: Style) -> list[str]:
    if item.dynamic or "builtin" in item.marks:
        return []
    added = item.factory is None and menu.kind is Kind.LIST
    words = _words(menu, item, style)
    if not words and not (added and menu.kind is Kind.LIST):
        return []
    if menu.kind is Kind.SINGLE:
        head = "set"
    elif added:
        head = "add"
    else:
        head = f"set {_ident(device, menu, item)}"
    remark = device.volatile_remark(menu, item)
    return [*([f"# {remark}"] if remark else []), " ".join([head, *words])]


def _ident(device: Device, menu: Menu, item: Item) -> str:
    match menu.ident:
        case "default-name":
            return f"[ find default-name={item.facts['default-name']} ]"
        case "default":
            return "[ find default=yes ]"
        case "number":
            return str(device.items(menu).index(item))
        case "id":
            return item.id
    return quoted(item.get(menu, menu.ident) or "")


def _words(menu: Menu, item: Item, style: Style) -> list[str]:
    words: list[str] = []
    group = ""
    # Without defaults only what was ever set can be shown.
    for name in sorted(menu.properties if style.verbose else {**item.values, **(item.factory or {})}):
        prop = menu.properties[name]
        if menu.hides(name) or (prop.secret and not style.secrets):
            continue
        value = item.values.get(name)
        if not _differs(menu, item, name, style.verbose):
            continue
        head = name.partition(".")[0] if "." in name else ""
        shown = name[len(head) :] if head and head == group else name
        group = head
        if value is None and style.verbose and prop.default is not None:
            # Bridges without an address of their own show another one in every verbose export.
            value = random_mac() if name == "admin-mac" else prop.default
        if value is None or value == UNSET:
            words.append(f"!{shown}" if item.factory is None or value == UNSET or prop.default is None
                         else f"{shown}={quoted(prop.default)}")  # fmt: skip
        elif prop.type.is_flag:
            words.append(shown)
        else:
            words.append(f"{shown}={quoted(value)}")
    return words


def _differs(menu: Menu, item: Item, name: str, verbose: bool) -> bool:
    """Whether an export says something about the property."""
    value, prop = item.values.get(name), menu.properties[name]
    if item.factory is not None:
        if verbose and (value is not None or prop.default is not None):
            return True
        return value != item.factory.get(name)
    if value is None:
        return verbose and prop.default is not None
    return True
