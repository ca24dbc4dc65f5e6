# SPDX-License-Identifier: GPL-3.0-or-later
r"""Reads configuration scripts: what `/export` prints, terse or wrapped, of version 6 or 7, and what people write so.

Only configuration is read, no programs: menus, ``add``, ``set``, ``remove``, values, ``[find …]`` with conditions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from . import quote

_VERBS = frozenset({"add", "set", "remove", "move", "unset", "enable", "disable", "print", "export", "edit", "reset"})
#: a backslash at the end of a line joins it with the next, whose indentation does not count
_JOIN = re.compile(r"\\\r?\n[ \t]*")
_NAME = re.compile(r"!?[A-Za-z0-9][A-Za-z0-9.-]*\Z")
_OUTSIDE = re.compile(r'[\\"#{}\[\]\n;]')
_IN_QUOTES = re.compile(r'[\\"\n]')
_WORD = re.compile(r'[^ \t\r\n="\[\]{}();]*')
_VALUE = re.compile(r'[^ \t\r\n"\[\]{};]*')
_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_BARE_END = re.compile(r"[\s;\[\]{}\"]")


class ScriptError(ValueError):
    """A line that is not configuration; ``line`` counts from 1, the message is one clause in Bahasa."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


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
    for number, line in _commands(text):
        reader = _Reader(line, number)
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


def _arguments(reader: _Reader, number: int, path: str, verb: str) -> Statement:
    target: Target | None = None
    values: dict[str, str] = {}
    flags: list[str] = []
    unset: list[str] = []
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


class _Reader:
    """Reads one command from left to right."""

    def __init__(self, text: str, line: int) -> None:
        self.text = text
        self.line = line
        self.position = 0
        self.space()

    def at_end(self) -> bool:
        return self.position >= len(self.text)

    def peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def rest(self) -> str:
        return self.text[self.position :]

    def space(self) -> None:
        self._take(_SPACE)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.position)
        if match is None:
            return ""
        self.position = match.end()
        return match[0]

    def take(self, text: str) -> bool:
        if self.text.startswith(text, self.position):
            self.position += len(text)
            return True
        return False

    def word(self) -> str:
        """The next bare word, and the space after it."""
        match = _BARE_END.search(self.text, self.position)
        end = match.start() if match else len(self.text)
        word, self.position = self.text[self.position : end], end
        self.space()
        return word

    def name(self) -> str:
        word = self._take(_WORD)
        if not word:
            raise ScriptError(self.line, f"tidak terbaca mulai {self.rest()[:40]!r}")
        return word

    def value(self, end: str = "") -> str:
        opening = self.peek()
        if opening == '"':
            return self.quoted()
        if opening == "{":
            return self._block()
        if opening in ("[", "(", "$"):
            raise ScriptError(self.line, "nilai harus tertulis lengkap, tanpa [..], (..) atau $variabel")
        start = self.position
        word = self._take(_VALUE)
        after = self.peek()
        if after and after in '"[]{}' and after != end:
            raise ScriptError(self.line, f"nilai tidak terbaca: {self.text[start : self.position + 20]!r}")
        return word

    def quoted(self) -> str:
        match = _STRING.match(self.text, self.position)
        if match is None:
            raise ScriptError(self.line, "tanda kutip tidak ditutup")
        self.position = match.end()
        if self.peek() and self.peek() not in " \t\r\n;]":
            raise ScriptError(self.line, f"tidak terbaca setelah tanda kutip: {self.rest()[:20]!r}")
        try:
            return quote.unescape(match[1])
        except ValueError as error:
            raise ScriptError(self.line, f"urutan {str(error)!r} tidak dikenal di dalam tanda kutip") from error

    def find(self) -> dict[str, str]:
        self.take("[")
        self.space()
        if self.name() != "find":
            raise ScriptError(self.line, "hanya [find …] yang didukung di dalam kurung siku")
        conditions: dict[str, str] = {}
        self.space()
        while not self.take("]"):
            if self.at_end():
                raise ScriptError(self.line, "kurung siku tidak ditutup")
            name = self.name()
            if name != "where":
                if not self.take("="):
                    raise ScriptError(self.line, f"syarat [find {name} …] tidak didukung; tulis nama=nilai")
                conditions[name] = self.value("]")
            self.space()
        self.space()
        return conditions

    def _block(self) -> str:
        depth, start = 0, self.position + 1
        while not self.at_end():
            character = self.peek()
            if character == '"':
                end = self.position + 1
                while end < len(self.text) and self.text[end] != '"':
                    end += 2 if self.text[end] == "\\" else 1
                self.position = end
            depth += {"{": 1, "}": -1}.get(character, 0)
            self.position += 1
            if depth == 0:
                return self.text[start : self.position - 1]
        raise ScriptError(self.line, "kurung kurawal tidak ditutup")


def _commands(text: str) -> Iterator[tuple[int, str]]:
    """Yield each command with the number of the line on which it begins, lines joined, comments left out."""
    number, position, length = 1, 0, len(text)
    while position < length:
        start, first, quoted, depth = position, number, False, 0
        while position < length:
            mark = (_IN_QUOTES if quoted else _OUTSIDE).search(text, position)
            if mark is None:
                position = length
                break
            position = mark.start()
            character = text[position]
            if character == "\\":
                # Also a line end that is escaped.
                width = 3 if text.startswith("\r\n", position + 1) else 2
                number += text.count("\n", position, position + width)
                position += width
                continue
            if character == '"':
                quoted = not quoted
            elif character == "#":
                if not text[start:position].strip():
                    end = text.find("\n", position)
                    position = start = length if end < 0 else end
                    continue
            elif character in "{[":
                depth += 1
            elif character in "}]":
                depth -= 1
            elif not quoted and depth <= 0:
                break
            number += character == "\n"
            position += 1
        command = text[start:position]
        if quoted:
            raise ScriptError(first, "tanda kutip tidak ditutup")
        if command.strip():
            lead = len(command) - len(command.lstrip())
            plain = _JOIN.sub("", command) if "\\" in command else command
            yield first + command.count("\n", 0, lead), plain.strip()
        number += text[position : position + 1] == "\n"
        position += 1
