# SPDX-License-Identifier: GPL-3.0-or-later
"""How typed keys become a line, and what the terminal shows meanwhile. Platforms subclass LineEditor."""

import re
from collections.abc import Iterator

ENTER = ("\r", "\n")
_KEY = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1bO[A-Z]|\x1b[^\[O]|.", re.DOTALL)


def keys(text: str) -> Iterator[str]:
    """Splits typed text in keys: one character each, or one whole escape sequence."""
    for match in _KEY.finditer(text):
        yield match.group()


class LineEditor:
    """Reads one line at one prompt: plain echo of every key, erase, ^U, ^C.

    `feed(key)` returns what the terminal shows for it; when `done`, `line` is the text typed. Hooks: `typed` (what is
    shown for an ordinary key), `special` (control keys), `entered` (what is shown for Enter).
    """

    def __init__(self, prompt: str, *, echo: bool = True) -> None:
        self.prompt = prompt
        self.echo = echo
        self.buffer = ""
        self.done = False

    @property
    def line(self) -> str:
        return self.buffer

    def start(self) -> str:
        """What stands on the terminal before the first key."""
        return self.prompt

    def feed(self, key: str) -> str:
        if key in ENTER:
            self.done = True
            return self.entered()
        if key in ("\x7f", "\x08"):
            if not self.buffer:
                return ""
            self.buffer = self.buffer[:-1]
            return self.erased()
        if key < " " or key[0] == "\x1b":
            return self.special(key)
        return self.typed(key)

    def typed(self, key: str) -> str:
        self.buffer += key
        return key if self.echo else ""

    def erased(self) -> str:
        return "\b \b" if self.echo else ""

    def entered(self) -> str:
        return "\r\n"

    def special(self, key: str) -> str:
        if key == "\x15":
            gone = len(self.buffer)
            self.buffer = ""
            return "\b \b" * gone if self.echo else ""
        if key == "\x03":
            self.buffer, self.done = "", True
            return "^C\r\n"
        return ""
