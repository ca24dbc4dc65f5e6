# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration as entries of menus: what a script says, read once, for the intended side and for an export alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from . import script
from .forms import malformed
from .menus import TABLE
from .menus.model import FIXED, ORDERED, SINGLETON, Menu, Property
from .values import canonical
from .version import Version

#: how the comment of an owned item begins; the key is the comment up to the first space
OWNER = "terpusat:"
_KEY = re.compile(r"terpusat:[A-Za-z0-9._:/-]+\Z")


@dataclass(frozen=True)
class Entry:
    """One item, or one menu's settings. ``values`` as written, flags as ``yes``, what it was found by included.

    ``complete``: it came from an ``add``, so that what is not named has its default; else only the named is meant.
    """

    menu: Menu
    values: Mapping[str, str]
    complete: bool
    line: int = 0
    target: script.Target | None = None

    @cached_property
    def owner_key(self) -> str | None:
        """``terpusat:key`` when the comment says that the item is ours."""
        comment = self.values.get("comment", "")
        return comment.split(" ", 1)[0] if comment.startswith(OWNER) else None

    def natural(self, key: tuple[str, ...]) -> tuple[str, ...] | None:
        """Canonical values of a natural key; None when its first part is not known."""
        fields = self.menu.fields(None)
        found = [canonical(fields[name].kind, self.values.get(name, fields[name].default or "")) for name in key]
        return tuple(found) if found and found[0] else None

    @property
    def name(self) -> str:
        """How people and diffs name it: the owner key, a natural key, or what selects it."""
        if self.menu.kind == SINGLETON:
            return "pengaturan"
        if self.owner_key:
            return self.owner_key
        for key in self.menu.keys:
            if any(self.menu.fields(None)[name].secret for name in key):
                # A name that is a secret (an SNMP community) must not become part of a report.
                return f"baris {self.line}"
            natural = self.natural(key)
            if natural:
                return " ".join(part for part in natural if part)
        return str(self.target) if self.target else self.brief

    @property
    def brief(self) -> str:
        """The first values, for messages about items that have no name; no secrets."""
        fields = self.menu.fields(None)
        parts = [
            f"{name}={value}"
            for name, value in self.values.items()
            if name in fields and not fields[name].secret and fields[name].kind != "text"
        ]
        comment = self.values.get("comment")
        return " ".join(parts[:5]) + (f" ({comment})" if comment else "")


@dataclass
class Config:
    """Entries by menu path, in the order in which they stand; ``claimed`` are all menus that the text mentions.

    ``whole``: menus of which everything is ours that has a name, but the item called ``spared``.
    """

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    lines: dict[str, int] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    spared: str = ""

    def takes(self, path: str, entry: Entry) -> bool:
        """Whether an item that nobody marked as ours is so nevertheless."""
        name = entry.values.get("name")
        return path in self.whole and bool(name) and name != self.spared

    def of(self, path: str) -> list[Entry]:
        """Entries of a menu, empty when there are none."""
        return self.entries.get(path, [])

    def settings(self, path: str) -> Mapping[str, str]:
        """Values of a singleton menu."""
        found = self.of(path)
        return found[0].values if found else {}


def load(text: str, wanted: Callable[[str], bool] | None = None) -> Config:
    """Read a script into entries. Raises `script.ScriptError` naming the line."""
    config = Config()
    for statement in script.statements(text, wanted):
        menu = TABLE.get(statement.path)
        if menu is None:
            raise script.ScriptError(statement.line, f"menu {statement.path} tidak ada dalam tabel Terpusat")
        config.claimed.add(menu.path)
        config.lines.setdefault(menu.path, statement.line)
        if not statement.verb:
            continue
        entry = _entry(menu, statement)
        known = config.entries.setdefault(menu.path, [])
        if menu.kind == SINGLETON and known:
            known[0] = Entry(menu, {**known[0].values, **entry.values}, False, known[0].line)
        else:
            known.append(entry)
    return config


def _entry(menu: Menu, statement: script.Statement) -> Entry:
    line, target = statement.line, statement.target
    values = {**statement.values, **dict.fromkeys(statement.flags, "yes")}
    if statement.verb == "add":
        if menu.kind in (SINGLETON, FIXED):
            raise script.ScriptError(line, f"{menu.path} tidak mengenal add; gunakan set")
        return Entry(menu, values, True, line)
    if statement.verb != "set":
        raise script.ScriptError(
            line, f"perintah {statement.verb} tidak didukung; tulis keadaan yang diinginkan dengan add atau set"
        )
    for name in statement.unset:
        values[name] = ""
    if menu.kind == SINGLETON:
        if target is not None:
            raise script.ScriptError(line, f"{target} bukan sifat {menu.path}")
        return Entry(menu, values, False, line)
    if target is None:
        raise script.ScriptError(line, f"set di {menu.path} harus menyebut itemnya, misalnya [find name=…]")
    found_by = dict(target.conditions) if target.name is None else dict(_by_name(menu, target.name))
    return Entry(menu, {**found_by, **values}, False, line, target)


def _by_name(menu: Menu, name: str) -> Iterable[tuple[str, str]]:
    for key in menu.keys:
        if len(key) == 1 and key[0] in ("name", "interface"):
            return ((key[0], name),)
    return ()


def effective(value: str | None, prop: Property) -> str:
    """Canonical value of a property, its default where it is not named, empty when it has none."""
    return canonical(prop.kind, prop.default or "" if value is None else value)


def check(config: Config, version: Version | None) -> tuple[list[str], list[str]]:
    """Return problems of an intended configuration: what is wrong in itself, and what that version lacks."""
    wrong: list[str] = []
    lacking: list[str] = []
    for path, line in config.lines.items():
        if not TABLE[path].exists_in(version):
            lacking.append(f"baris {line}: menu {path} tidak ada di RouterOS versi ini")
    for path, entries in config.entries.items():
        menu = TABLE[path]
        if not menu.exists_in(version):
            continue
        seen: dict[str, int] = {}
        for entry in entries:
            _check_properties(entry, version, wrong, lacking)
            problem = _check_identity(entry)
            if problem:
                wrong.append(f"baris {entry.line}: {problem}")
            elif menu.kind != SINGLETON:
                first = seen.setdefault(entry.name, entry.line)
                if first != entry.line:
                    wrong.append(f"baris {entry.line}: {entry.name!r} sudah ditulis di baris {first}")
    return wrong, lacking


def _check_properties(entry: Entry, version: Version | None, wrong: list[str], lacking: list[str]) -> None:
    everywhere, here = entry.menu.fields(None), entry.menu.fields(version)
    where = f"baris {entry.line}: {entry.menu.path}"
    for name, value in entry.values.items():
        prop = here.get(name)
        if prop is None:
            if entry.target is not None and name in entry.target.conditions:
                continue
            if name in everywhere:
                lacking.append(f"{where} {name} tidak ada di RouterOS versi ini")
            else:
                wrong.append(f"{where} tidak mengenal {name!r}")
        elif prop.values and value and (version is None or version >= (7,) or name == "action"):
            unknown = sorted(set(value.removeprefix("!").split(",")) - prop.values)
            if unknown:
                known = ", ".join(sorted(prop.values)[:12])
                wrong.append(f"{where} {name}={','.join(unknown)} bukan nilai yang dikenal ({known})")
        elif prop.kind == "bool" and value not in ("yes", "no", "true", "false", ""):
            wrong.append(f"{where} {name}={value} harus yes atau no")
        else:
            problem = malformed(prop.kind, value)
            if problem:
                wrong.append(f"{where} {name}: {problem}")


def _check_identity(entry: Entry) -> str:
    if entry.owner_key is not None:
        return (
            "" if _KEY.match(entry.owner_key) else f"kunci {entry.owner_key!r} hanya boleh huruf, angka dan . _ : / -"
        )
    if entry.menu.kind == SINGLETON or not entry.complete:
        return ""
    if entry.menu.kind == ORDERED and not entry.menu.keys:
        return f'item di {entry.menu.path} harus memiliki comment="{OWNER}kunci …" agar dapat dikenali kembali'
    if not any(entry.natural(key) for key in entry.menu.keys):
        return f'item tanpa nama; beri comment="{OWNER}kunci …"'
    return ""
