# SPDX-License-Identifier: GPL-3.0-or-later
"""The IOS line editor: `?` helps at once, long lines scroll, ^Z ends configuration."""

from collections.abc import Callable

from ..core.editor import LineEditor

END = "\x1a"


class IosEditor(LineEditor):
    """`help(text)` returns what `?` shows. `width` 0: no scrolling."""

    def __init__(self, prompt: str, width: int, help_text: Callable[[str], str] | None) -> None:
        super().__init__(prompt)
        self._width = width
        self._help = help_text
        self._literal = False
        self._ended = False

    @property
    def line(self) -> str:
        return self.buffer + (END if self._ended else "")

    def typed(self, key: str) -> str:
        if key == "?" and self._help is not None and not self._literal:
            return f"?\r\n{self._help(self.buffer)}\r\n{self.prompt}{self.buffer}"
        self._literal = False
        self.buffer += key
        column = len(self.prompt) + len(self.buffer)
        room = self._width - len(self.prompt) - 2
        if not self._width or column < self._width or room < 12:
            return key
        # IOS shifts the line to the left and marks that with a dollar sign, ten columns at a time.
        if (column - self._width) % 10:
            return key
        return f"\r{self.prompt}${self.buffer[-(room - 10) :]}"

    def special(self, key: str) -> str:
        if key == "\x16":
            self._literal = True
            return ""
        if key == END:
            self._ended, self.done = True, True
            return "^Z\r\n"
        if key == "\x01":
            return ""
        return super().special(key)
