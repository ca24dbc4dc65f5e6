# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms of `print`: table, detail, terse, and the properties of a singleton."""

from __future__ import annotations

from ..schema.menu import Menu
from ..script.context import Context
from ..script.interpreter import Invocation
from ..store.config import INTERFACE
from ..store.item import Item
from .edit import UNSET
from .quoting import quoted
from .selection import shown

_FLAG_NAMES = {"disabled": "X"}


def render(call: Invocation, menu: Menu, items: list[Item]) -> str:
    if menu.virtual == "log" and not call.has("terse") and not call.has("detail"):
        return "".join(" ".join(("", i.facts["time"], i.facts["topics"], i.facts["message"])) + "\n" for i in items)
    if call.has("terse"):
        return "".join(_terse(call, menu, number, item) for number, item in enumerate(items))
    if not call.has("detail") and menu.columns:
        return _table(call, menu, items)
    return _detail(call, menu, items)


def _letters(context: Context, menu: Menu, item: Item) -> str:
    letters = "X" if item.disabled else ""
    real = context.device.store.menu_of(menu.path, item) if menu.path == INTERFACE else menu
    return letters + "".join(letter for name, letter in real.flags.items() if shown(context, menu, item, name) == "yes")


def _pairs(context: Context, menu: Menu, item: Item, wanted: list[str] | None = None) -> list[tuple[str, str]]:
    real = context.device.store.menu_of(menu.path, item) if menu.path == INTERFACE else menu
    names = wanted or [
        n for n in (*real.properties, *menu.read) if n not in ("disabled", "comment") and n not in menu.flags
    ]
    pairs = []
    for name in names:
        value = shown(context, menu, item, name)
        if value is not None and value != UNSET:
            prop = real.properties.get(name)
            if prop is not None and prop.secret and not context.may("sensitive"):
                value = "*****"
            if name == "password" and menu.path == ("user",):
                continue
            pairs.append((name, value))
    return pairs


def _proplist(call: Invocation) -> list[str] | None:
    return call.text("proplist").split(",") if call.has("proplist") else None


def _terse(call: Invocation, menu: Menu, number: int, item: Item) -> str:
    context = call.context
    values = " ".join(f"{name}={value}" for name, value in _pairs(context, menu, item, _proplist(call)))
    comment = item.values.get("comment")
    head = f"{number} {_letters(context, menu, item):<3}"
    return f"{head} " + (f"comment={comment} " if comment else "") + values + " \n"


def _legend(call: Invocation, menu: Menu) -> str:
    version = call.context.device.version
    names = {"X": "disabled"} if "disabled" in menu.properties else {}
    names |= {letter: name for name, letter in menu.flags.items()}
    if not names:
        return ""
    if version.major < 7:
        return "Flags: " + ", ".join(f"{letter} - {name}" for letter, name in names.items()) + " \n"
    return "Flags: " + "; ".join(f"{letter} - {name.upper()}" for letter, name in names.items()) + "\n"


def _detail(call: Invocation, menu: Menu, items: list[Item]) -> str:
    lines = [_legend(call, menu)]
    for number, item in enumerate(items):
        letters = _letters(call.context, menu, item)
        head = f"{number:>2} {letters:<3}"
        if item.values.get("comment"):
            lines.append(f"{head} ;;; {item.values['comment']}\n")
            head = " " * len(head)
        pairs = _pairs(call.context, menu, item, _proplist(call))
        width, row = call.context.session.width if call.context.session else 80, head
        for name, value in pairs:
            word = f" {name}={quoted(value, always=not value.replace('.', '').replace('/', '').isalnum())}"
            if len(row) + len(word) > max(width, 40) - 1 and row.strip():
                lines.append(row.rstrip() + "\n")
                row = " " * len(head)
            row += word
        lines.append(row.rstrip() + " \n\n")
    return "".join(lines)


def _table(call: Invocation, menu: Menu, items: list[Item]) -> str:
    context = call.context
    columns = _proplist(call) or list(menu.columns)
    rows = [[shown(context, menu, item, name) or "" for name in columns] for item in items]
    rows = [["" if cell == UNSET else cell.replace("\n", " ") for cell in row] for row in rows]
    letters = [_letters(context, menu, item) for item in items]
    modern = context.device.version.major >= 7
    if modern and not rows:
        return _legend(call, menu)
    widths = [
        max(len(name), *(len(row[place]) for row in rows)) if rows else len(name) for place, name in enumerate(columns)
    ]
    mark = max((len(text) for text in letters), default=0)
    text = _legend(call, menu)
    if modern and rows:
        text += "Columns: " + ", ".join(name.upper() for name in columns) + "\n"
    number_width = len(str(max(len(rows) - 1, 0))) if modern else 2
    title = f"{'#':>{number_width}} {' ' * mark} " if mark else f"{'#':>{number_width}}  "
    text += (
        title + "  ".join(f"{name.upper():<{width}}" for name, width in zip(columns, widths, strict=True))
    ).rstrip() + "\n"
    for number, (row, letter, item) in enumerate(zip(rows, letters, items, strict=True)):
        if item.values.get("comment"):
            text += (
                f"{'':{number_width}} ;;; {item.values['comment']}\n"
                if modern
                else f"{number:>2} ;;; {item.values['comment']}\n"
            )
        head = f"{number:>{number_width}} {letter:<{mark}} " if mark else f"{number:>{number_width}}  "
        text += (head + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))).rstrip() + "\n"
    return text


def single(context: Context, menu: Menu, item: Item) -> str:
    pairs = _pairs(context, menu, item)
    width = max((len(name) for name, _ in pairs), default=0) + 2
    return "".join(f"{name:>{width}}: {value}".rstrip() + "\n" for name, value in pairs)
