# SPDX-License-Identifier: GPL-3.0-or-later
"""A parsed script."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..schema.menu import Path
from ..schema.tree import Signature


@dataclass
class Node:
    """`at`: offset in the source."""

    at: int


# -- values


@dataclass
class Literal(Node):
    """A constant of the language: text, int, bool, Duration, address."""

    value: object
    quoted: bool = False


@dataclass
class Word(Node):
    """An unquoted word; what it is depends on who reads it."""

    text: str


@dataclass
class Interpolated(Node):
    """A quoted text with `$x`, `$(…)` or `$[…]` in it."""

    parts: list[Node]


@dataclass
class Variable(Node):
    name: str


@dataclass
class Property(Node):
    """A property's name in a condition."""

    name: str


@dataclass
class Substitution(Node):
    """`[command]`."""

    script: Script


@dataclass
class ArrayLiteral(Node):
    """`{1; 2; key=3}`: key None for an element without one."""

    elements: list[tuple[str | None, Node]]


@dataclass
class Code(Node):
    """`{ … }` after `do=`: run where it stands, or kept as a function."""

    script: Script


@dataclass
class Unary(Node):
    operator: str
    operand: Node


@dataclass
class Binary(Node):
    operator: str
    left: Node
    right: Node


# -- statements


@dataclass
class Argument(Node):
    """`name=value`, `!name` (negated), a bare `name` (value None), or a positional value (name of its place)."""

    name: str
    value: Node | None
    negated: bool = False


@dataclass
class Statement(Node):
    pass


@dataclass
class Command(Statement):
    path: Path
    signature: Signature
    arguments: list[Argument]
    where: Node | None
    line: int
    text: str = ""

    @property
    def full_name(self) -> str:
        if not self.path and self.signature.name not in ("import", "export", "ping", "quit"):
            return f":{self.signature.name}"
        return "/" + "/".join((*self.path, self.signature.name)) if self.path else f":{self.signature.name}"


@dataclass
class Navigate(Statement):
    path: Path


@dataclass
class Call(Statement):
    """`$function arguments`."""

    function: Node
    positional: list[Node]
    named: dict[str, Node]


@dataclass
class Block(Statement):
    script: Script


@dataclass
class Evaluate(Statement):
    """`[…]` or `(…)` as a statement."""

    value: Node


@dataclass
class Script:
    statements: list[Statement] = field(default_factory=list)
    source: str = ""
