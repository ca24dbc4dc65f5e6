# SPDX-License-Identifier: GPL-3.0-or-later
"""Users and their SSH keys, which an export leaves out: asked one value a line, and read as entries."""

from __future__ import annotations

import re

from .commands import spelled
from .items import Entry
from .menus import TABLE
from .version import Version

PATH = "/user"
KEYS = "/user/ssh-keys"
GROUPS = "/user/group"
PATHS = (PATH, KEYS)
#: what no device tells, or tells in a form of its own
_UNTOLD = frozenset({(KEYS, "key")})
#: the first version whose keys have a comment of their own
_COMMENTED = (7, 12)
_LINE = re.compile(r"pengguna\.([a-z-]+)=(.*)\Z")


def question(path: str, version: Version | None) -> str:
    """The script that prints them."""
    fields = TABLE[path].fields(version or (6,))
    # Before 7.12 a key's only word for whose it is stands in its file (key_files.py).
    called = {"comment": "key-owner"} if path == KEYS and (version or (6,)) < _COMMENTED else {}
    shown = "; ".join(
        f':put ("pengguna.{name}=" . [:tostr [{spelled(path)} get $u {called.get(name, name)}]])'
        for name, prop in fields.items()
        if not prop.secret and not prop.read_only and (path, name) not in _UNTOLD
    )
    return f':foreach u in=[{spelled(path)} find] do={{:put "pengguna.baru="; {shown}}}'


def answer(path: str, output: str) -> list[Entry]:
    """The items that `question` printed; a value may go on over the following lines."""
    found: list[dict[str, str]] = []
    name = ""
    for line in output.splitlines():
        told = _LINE.match(line)
        if told is None:
            if found and name:
                found[-1][name] += "\n" + line
        elif told[1] == "baru":
            found.append({})
            name = ""
        elif found:
            name = told[1]
            # A list is told with semicolons.
            found[-1][name] = told[2] if name in ("comment", "name") else told[2].replace(";", ",")
    menu = TABLE[path]
    return [Entry(menu, {key: value for key, value in values.items() if value}, True) for values in found]
