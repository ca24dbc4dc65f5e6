# SPDX-License-Identifier: GPL-3.0-or-later
r"""Reads configuration scripts: what `/export` prints, terse or wrapped, of version 6 or 7, and what people write so.

Only configuration is read, no programs: menus, ``add``, ``set``, ``remove``, values, ``[find …]`` with conditions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from .lexer import Reader, ScriptError, commands

__all__ = ["ScriptError", "Statement", "Target", "statements"]

_VERBS = frozenset({"add", "set", "remove", "move", "unset", "enable", "disable", "print", "export", "edit", "reset"})
_NAME = re.compile(r"!?[A-Za-z0-9][A-Za-z0-9.-]*\Z")


@dataclass(frozen=True)
class Target:
    """What a ``set`` is about: a name or number as written, or the conditions of a ``[find …]``."""

    name: str | None = None
    conditions: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        if self.name is not None:
            return self.name
        return " ".join(f"{name}={value}" for name, value in self.conditions.items())


@dataclass(frozen=True)
class Statement:
    """One command. ``path`` is spelled ``/ip/address``; an empty ``verb`` is a menu line without a command.

    ``flags`` are bare words (``blackhole``), ``unset`` the names that stood behind a ``!``.
    """

    line: int
    path: str
    verb: str = ""
    target: Target | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    unset: tuple[str, ...] = ()


def statements(text: str, wanted: Callable[[str], bool] | None = None) -> Iterator[Statement]:
    """Yield the statements of a script. Commands of menus that are not ``wanted`` are skipped unread.

    Raises `ScriptError`.
    """
    path = ""
    for number, line in commands(text):
        reader = Reader(line, number)
        words: list[str] = []
        absolute = reader.peek() == "/"
        if reader.peek() == ":":
            raise ScriptError(number, f"perintah skrip {line.split()[0]!r} tidak didukung; tulis hanya konfigurasi")
        verb = ""
        while not reader.at_end():
            mark = reader.position
            if reader.peek() in '["{(':
                break
            word = reader.word()
            if "=" in word or word.startswith("!") or not word:
                reader.position = mark
                break
            parts = [part for part in word.split("/") if part]
            if parts and parts[-1] in _VERBS:
                words += parts[:-1]
                verb = parts[-1]
                break
            if not verb and not _NAME.match(parts[-1] if parts else ""):
                if parts:
                    raise ScriptError(number, f"{word!r} bukan nama menu atau perintah")
                reader.space()
                continue
            words += parts
        if absolute:
            path = "/" + "/".join(words)
        elif words or not path:
            raise ScriptError(
                number, f"perintah {' '.join(words) or line[:40]!r} tidak dikenal; menu harus diawali dengan /"
            )
        if wanted is not None and not wanted(path):
            continue
        if not verb:
            if not reader.at_end():
                raise ScriptError(number, f"tidak ada perintah (add, set) di {path} sebelum {reader.rest()[:40]!r}")
            yield Statement(number, path)
            continue
        yield _arguments(reader, number, path, verb)


def _arguments(reader: Reader, number: int, path: str, verb: str) -> Statement:
    target: Target | None = None
    values: dict[str, str] = {}
    flags: list[str] = []
    unset: list[str] = []
    group = ""
    while not reader.at_end():
        if reader.peek() == "[":
            if target is not None or values:
                raise ScriptError(number, "[find …] hanya boleh berdiri setelah perintahnya")
            target = Target(conditions=reader.find())
            continue
        if reader.peek() == '"':
            if verb == "add" or target is not None:
                raise ScriptError(number, "nilai tanpa nama")
            target = Target(reader.quoted())
            reader.space()
            continue
        word = reader.name()
        # `local.address=… .role=…` is how an export writes two properties of one group.
        word = group + word if word.startswith(".") else word
        group = word.partition(".")[0] if "." in word else ""
        if reader.take("="):
            if not _NAME.match(word):
                raise ScriptError(number, f"{word!r} bukan nama sifat")
            if word in values:
                raise ScriptError(number, f"{word} ditulis dua kali")
            values[word] = reader.value()
        elif word.startswith("!"):
            unset.append(word[1:])
        elif verb == "add" or target is not None or values:
            flags.append(word)
        else:
            target = Target(word)
        reader.space()
    return Statement(number, path, verb, target, values, tuple(flags), tuple(unset))
