# SPDX-License-Identifier: GPL-3.0-or-later
"""A script's characters: where its commands begin and end, and the words and values of one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import quote

#: a backslash at the end of a line joins it with the next, whose indentation does not count
_JOIN = re.compile(r"\\\r?\n[ \t]*")
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


class Reader:
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


def commands(text: str) -> Iterator[tuple[int, str]]:
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
