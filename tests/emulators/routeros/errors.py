# SPDX-License-Identifier: GPL-3.0-or-later
"""How RouterOS refuses: at parsing (nothing ran) and while running (what stood before it stays)."""

from dataclasses import dataclass


class ConsoleError(Exception):
    """Base of everything that the console reports."""


class ParseError(ConsoleError):
    """`message (line L column C)`: found before anything of the script ran; `offset`: in characters of the source."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset

    def describe(self, source: str) -> str:
        """The device's sentence; line and column count from 1, as the console prints them."""
        before = source[: self.offset]
        line = before.count("\n") + 1
        column = self.offset - (before.rfind("\n") + 1) + 1
        return f"{self.message} (line {line} column {column})"


class RunError(ConsoleError):
    """A command refused. `where`: the command's path (`/ip/address/add`), filled in by the interpreter; `line`: of the
    script; `script_error`: RouterOS 7 puts `Script Error: ` before it wherever it happens (missing arguments)."""

    def __init__(self, message: str, *, script_error: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.where = ""
        self.line = 0
        self.script_error = script_error
        # Set when it already tells its place, as errors that come out of an import do.
        self.placed = False

    def describe(self, *, places: bool) -> str:
        """`places`: RouterOS 7 tells command and line behind the sentence."""
        text = self.message
        if places and self.where and not self.placed:
            text += f" ({self.where}; line {self.line})"
        return f"Script Error: {text}" if places and self.script_error and not self.placed else text


class PermissionFailureError(RunError):
    def __init__(self) -> None:
        super().__init__("not enough permissions (9)")


@dataclass
class ScriptReturn(Exception):  # noqa: N818
    """`:return value` on its way out of a function."""

    value: object


class ScriptExit(Exception):  # noqa: N818
    """`:quit`, `:exit` or the end of a script from within."""


class UserError(RunError):
    """`:error "text"`: `on-error` catches it; otherwise the text is shown as it is."""

    def describe(self, *, places: bool) -> str:  # noqa: ARG002
        return self.message
