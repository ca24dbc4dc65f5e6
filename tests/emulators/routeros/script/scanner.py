# SPDX-License-Identifier: GPL-3.0-or-later
"""Characters, words and quoted texts of the console's language (help.mikrotik.com, Scripting)."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from ..errors import ParseError
from .nodes import Interpolated, Literal, Node, Variable, Word

_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "r": "\r", "t": "\t", "$": "$", "?": "?", "_": " ",
            "a": "\a", "b": "\b", "f": "\f", "v": "\v"}  # fmt: skip
_NAME = re.compile(r"\.?[A-Za-z][A-Za-z0-9_.-]*")
_CONTINUATION = re.compile(r"\\[ \t]*\r?(?=\n)")
_HEXADECIMAL = re.compile(r"(?:\\[0-9A-F]{2})+")
_VARIABLE = re.compile(r"[A-Za-z0-9]+")
BARE_END = " \t\r\n;]})"


class Scanner(ABC):
    """`at`: the offset read next."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _continuation(self) -> bool:
        r"""At a `\` that ends its line; moves on to the line end."""
        if self.source[self.at : self.at + 1] != "\\":
            return False
        match = _CONTINUATION.match(self.source, self.at)
        if match is None:
            return False
        self.at = match.end()
        return True

    def _skip_blank(self) -> None:
        while self.at < len(self.source) and (self.source[self.at] in " \t" or self._continuation()):
            self.at += 1

    def _skip_blank_lines_after_continuation(self) -> None:
        if self._continuation():
            self.at += 1
            self._skip_blank()

    def _at_end(self) -> bool:
        """Nothing more of this statement."""
        return self.at >= len(self.source) or self.source[self.at] in "\r\n;]})"

    def _more_arguments(self) -> bool:
        self._skip_blank()
        return not self._at_end()

    def _end_of_statement(self) -> None:
        self._skip_blank()
        if not self._at_end():
            raise ParseError("expected end of command", self.at)

    def _keyword(self, word: str) -> bool:
        """Reads the word if it stands here."""
        end = self.at + len(word)
        if self.source.startswith(word, self.at) and (end >= len(self.source) or self.source[end] in " \t\r\n]};("):
            self.at = end
            return True
        return False

    def _argument_name(self) -> str | None:
        """Reads `name=`; None when no such thing stands here."""
        match = _NAME.match(self.source, self.at)
        if match is None or self.source[match.end() : match.end() + 1] != "=":
            return None
        self.at = match.end() + 1
        return match.group()

    def _bare(self, end: str) -> str:
        parts, start = [], self.at
        while self.at < len(self.source) and self.source[self.at] not in end:
            here = self.at
            if self._continuation():
                parts.append(self.source[start:here])
                self.at += 1
                self._skip_blank()
                start = self.at
                continue
            self.at += 1
        parts.append(self.source[start : self.at])
        return "".join(parts)

    def _bare_value(self) -> Node:
        here = self.at
        return Word(here, self._bare(BARE_END))

    def _variable(self) -> Node:
        """`$name`, `$"any name"`, `$1`."""
        here = self.at
        self.at += 1
        if self._peek() == '"':
            return Variable(here, self._quoted_text())
        match = _VARIABLE.match(self.source, self.at)
        if match is None:
            raise ParseError("syntax error", self.at)
        self.at = match.end()
        return Variable(here, match.group())

    def _quoted_text(self) -> str:
        """A quoted text in which nothing may be substituted."""
        here = self.at
        node = self._quoted()
        if not isinstance(node, Literal):
            raise ParseError("syntax error", here)
        return str(node.value)

    def _quoted(self) -> Node:
        start = self.at
        self.at += 1
        parts: list[Node] = []
        text: list[str] = []
        while True:
            char = self._peek()
            if char == "":
                raise ParseError("expected closing quote", start)
            if char == '"':
                self.at += 1
                break
            if char == "\\":
                text.append(self._escape())
            elif char == "$" and self._substitutes():
                if text:
                    parts.append(Literal(self.at, "".join(text), quoted=True))
                    text = []
                parts.append(self._in_text())
            else:
                text.append(char)
                self.at += 1
        if not parts:
            return Literal(start, "".join(text), quoted=True)
        if text:
            parts.append(Literal(self.at, "".join(text), quoted=True))
        return Interpolated(start, parts)

    def _escape(self) -> str:
        here = self.at
        if self._continuation():
            self.at += 1
            while self._peek() in (" ", "\t"):
                self.at += 1
            return ""
        char = self.source[here + 1 : here + 2]
        if char in _ESCAPES and char:
            self.at += 2
            return _ESCAPES[char]
        if match := _HEXADECIMAL.match(self.source, here):
            self.at = match.end()
            return bytes.fromhex(match.group().replace("\\", "")).decode("utf-8", "replace")
        raise ParseError("syntax error", here)

    def _substitutes(self) -> bool:
        following = self.source[self.at + 1 : self.at + 2]
        return following != "" and (following.isalnum() or following in '"([')

    @abstractmethod
    def _in_text(self) -> Node:
        """`$x`, `$(expression)` or `$[command]` inside a quoted text."""
