# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands of configuration mode, in order, and the lines that are typed for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...secrecy import Fingerprints
from . import modes, secrets

if TYPE_CHECKING:
    from hier_config import HConfigChild

_DELIMITERS = "#~@|$%&+=`"
_HEX_WIDTH = 8


@dataclass(frozen=True)
class Command:
    """One command. ``depth`` is that of the mode it is entered in; text behind a newline belongs to the command."""

    depth: int
    text: str

    def lines(self) -> list[str]:
        """What is typed: more than one line for a banner or a certificate."""
        head, newline, body = self.text.partition("\n")
        if not newline:
            return [head]
        if head.startswith("certificate"):
            rows = [body[start : start + _HEX_WIDTH * 8] for start in range(0, len(body), _HEX_WIDTH * 8)]
            return [head, *(_grouped(row) for row in rows), "quit"]
        if head.startswith("macro"):
            return [head, *body.split("\n"), "@"]
        mark = next((sign for sign in _DELIMITERS if sign not in body), "#")
        return [f"{head} {mark}", *body.split("\n"), mark]


@dataclass(frozen=True)
class Patch:
    """Commands in their order. From ``protected`` on they touch the path of the management session."""

    commands: tuple[Command, ...] = ()
    protected: int = 0

    def before_protected(self, commands: Sequence[Command]) -> Patch:
        """The patch with more commands, before those that touch the path of the management session."""
        first, last = self.commands[: self.protected], self.commands[self.protected :]
        return Patch((*first, *commands, *last), self.protected + len(commands))

    def lines(self) -> list[str]:
        """Every line that is typed."""
        return [line for command in self.commands for line in command.lines()]

    def file(self) -> bytes:
        """The patch as a file for ``copy <file> running-config``."""
        return ("\n".join([*self.lines(), "end"]) + "\n").encode()

    def describe(self, hide: Fingerprints) -> str:
        """For people: indented, secrets masked, certificates not spelled out."""
        shown: list[str] = []
        opened = ""
        for command in self.commands:
            head, newline, body = command.text.partition("\n")
            opened = opened if command.depth else head
            text = secrets.mask(head, hide, opened)
            if newline and head.startswith("banner"):
                text = "\n".join([head, *body.split("\n")])
            elif newline:
                text = f"{head} … ({len(command.lines()) - 1} baris)"
            shown += [f"{' ' * command.depth}{line}\n" for line in text.split("\n")]
        return "".join(shown)


def section(node: HConfigChild, depth: int = 0) -> Iterator[Command]:
    """The commands that enter a line with all lines below it, and leave its mode again."""
    yield Command(depth, node.text)
    for child in sorted(node.children):
        yield from section(child, depth + 1)
    leave = exit_of(node, depth)
    if leave:
        # At the top a mode is left from inside; IOS takes it wherever the cursor is.
        yield Command(depth + 1, leave)


def exit_of(node: HConfigChild, depth: int) -> str | None:
    """What leaves the mode that a line opened; None when it opened none."""
    if node.children:
        return node.sectional_exit
    enters = depth == 0 and not node.text.startswith("no ") and modes.ENTERS.match(node.text)
    return "exit" if enters else None


def block(header: str, lines: Sequence[str]) -> list[Command]:
    """A section with plain lines below it."""
    return [Command(0, header), *(Command(1, line) for line in lines), Command(1, "exit")]


def _grouped(row: str) -> str:
    return "  " + " ".join(row[start : start + _HEX_WIDTH] for start in range(0, len(row), _HEX_WIDTH))
