# SPDX-License-Identifier: GPL-3.0-or-later
"""Users, which an export leaves out: asked one value a line, and read as entries."""

from __future__ import annotations

import re

from .items import Entry
from .menus import TABLE
from .version import Version

PATH = "/user"
_LINE = re.compile(r"pengguna\.([a-z-]+)=(.*)\Z")


def question(version: Version | None) -> str:
    """The script that prints them."""
    fields = TABLE[PATH].fields(version or (6,))
    shown = "; ".join(
        f':put ("pengguna.{name}=" . [:tostr [{PATH} get $u {name}]])'
        for name, prop in fields.items()
        if not prop.secret and not prop.read_only
    )
    return f':foreach u in=[{PATH} find] do={{:put "pengguna.baru="; {shown}}}'


def answer(output: str) -> list[Entry]:
    """The users that `question` printed; a value may go on over the following lines."""
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
    menu = TABLE[PATH]
    return [Entry(menu, {key: value for key, value in values.items() if value}, True) for values in found]
