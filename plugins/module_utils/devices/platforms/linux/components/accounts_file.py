# SPDX-License-Identifier: GPL-3.0-or-later
"""``/etc/terpusat/accounts.conf``: who may log in to this device. One word a column.

automation terpusat                       the account that Ansible logs in by; never touched
exclusive yes                             nobody else may administer this device
person siti full $y$j9T$… Siti Rahayu     rights full or read; - for no password on the console
departed budi
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NAME = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
_RIGHTS = ("full", "read")
NO_PASSWORD = "-"


@dataclass(frozen=True)
class Person:
    """Somebody who may log in. ``password``: a crypt(5) hash, or `NO_PASSWORD`."""

    name: str
    rights: str
    password: str
    full_name: str


@dataclass(frozen=True)
class Accounts:
    """The whole file."""

    people: dict[str, Person] = field(default_factory=dict)
    departed: frozenset[str] = frozenset()
    automation: str = ""
    exclusive: bool = False


def parse(text: str) -> Accounts:
    """Read the file; lines that say nothing known are left to `problems`."""
    people: dict[str, Person] = {}
    departed: set[str] = set()
    automation, exclusive = "", False
    for _, words in _lines(text):
        if words[0] == "person" and len(words) >= 4:
            people[words[1]] = Person(words[1], words[2], words[3], " ".join(words[4:]))
        elif words[0] == "departed" and len(words) == 2:
            departed.add(words[1])
        elif words[0] == "automation" and len(words) == 2:
            automation = words[1]
        elif words == ["exclusive", "yes"]:
            exclusive = True
    return Accounts(people, frozenset(departed), automation, exclusive)


def problems(path: str, text: str) -> Iterator[str]:
    """What is wrong with the file, each with its line."""
    seen: set[str] = set()
    for number, words in _lines(text):
        where = f"{path} baris {number}"
        if words[0] not in ("person", "departed", "automation", "exclusive"):
            yield f"{where}: {words[0]!r} tidak dikenal; yang berlaku person, departed, automation, exclusive"
            continue
        if words[0] == "exclusive":
            if words != ["exclusive", "yes"]:
                yield f"{where}: tulis 'exclusive yes', atau hapus barisnya"
            continue
        if len(words) < (4 if words[0] == "person" else 2):
            yield f"{where}: kolomnya kurang"
            continue
        name = words[1]
        if not _NAME.fullmatch(name) or name == "root":
            yield f"{where}: {name!r} tidak dapat menjadi nama akun"
        if name in seen:
            yield f"{where}: {name} tertulis dua kali; satu akun satu baris"
        seen.add(name)
        if words[0] == "person" and words[2] not in _RIGHTS:
            yield f"{where}: hak {words[2]!r} tidak dikenal; tulis full atau read"


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if words and not words[0].startswith("#"):
            yield number, words
