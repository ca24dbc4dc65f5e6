# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions in parentheses, conditions after `where`, and all other values."""

from __future__ import annotations

import re
from abc import abstractmethod

from ..errors import ParseError
from .nodes import ArrayLiteral, Binary, Code, Literal, Node, Property, Script, Substitution, Unary, Word
from .scanner import Scanner
from .values import Duration, Ip, Nothing, Prefix, typed

# Weakest first.
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("||", "or"),
    ("&&", "and"),
    ("!=", ">=", "<=", "=", "<", ">", "~", "in"),
    (",", "."),
    ("+", "-"),
    ("*", "/", "%"),
    ("|", "^", "&", "<<", ">>"),
)
_OPERAND = re.compile(
    r"""\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?|(?:\d+w)?(?:\d+d)?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?|(?:\d+(?:ms|[wdhms]))+
        |0x[0-9A-Fa-f]+|\d+|\*[0-9A-F]+|[A-Za-z_.][A-Za-z0-9_.-]*""",
    re.VERBOSE,
)
_BARE_OPERAND = re.compile(r"[^\s;\[\](){}\"$=<>~&|!]+")


class ExpressionParser(Scanner):
    def __init__(self, source: str) -> None:
        super().__init__(source)
        # Properties that may be named; None outside of a condition.
        self._askable: set[str] | None = None
        self._nested = 0
        self._bad_parameter = False

    # -- values of arguments

    def _value(self, *, code: bool = False) -> Node:
        char = self._peek()
        if char == "" or char in " \t\r\n;]})":
            return Literal(self.at, "", quoted=True)
        if char == '"':
            value = self._quoted()
        elif char == "$":
            value = self._variable()
        elif char == "(":
            value = self._parenthesis()
        elif char == "[":
            here = self.at
            value = Substitution(here, self._substituted())
        elif char == "{":
            here = self.at
            value = Code(here, self._block()) if code else self._array()
        else:
            return self._bare_value()
        if self._peek() not in ("", *" \t\r\n;]})") and not self._continuation():
            raise ParseError("expected end of command", self.at)
        return value

    def _array(self) -> Node:
        """`{1; 2; "x"=3}`; `{}` is a mistake, as on the device."""
        start = self.at
        self.at += 1
        elements: list[tuple[str | None, Node]] = []
        while True:
            self._skip_space()
            if self._peek() == "}":
                break
            key = self._argument_name()
            if (
                key is None
                and self._peek() == '"'
                and (match := re.compile(r'"([^"\\]*)"=').match(self.source, self.at))
            ):
                key = match[1]
                self.at = match.end()
            elements.append((key, self._element()))
            self._skip_space()
            if self._peek() == ";":
                self.at += 1
            elif self._peek() != "}":
                raise ParseError("syntax error", self.at)
        if not elements:
            raise ParseError("syntax error", self.at)
        self.at += 1
        return ArrayLiteral(start, elements)

    def _element(self) -> Node:
        if self._peek() in '"$([{':
            return self._value()
        here = self.at
        text = self._bare("};\n").rstrip()
        return Literal(here, typed(text))

    def _skip_space(self) -> None:
        while self._peek() in (" ", "\t", "\r", "\n") or self._continuation():
            self.at += 1

    def _in_text(self) -> Node:
        self.at += 1
        char = self._peek()
        if char == "(":
            return self._parenthesis()
        if char == "[":
            here = self.at
            return Substitution(here, self._substituted())
        self.at -= 1
        return self._variable()

    # -- expressions

    def _parenthesis(self) -> Node:
        start = self.at
        self.at += 1
        self._nested += 1
        self._gap()
        if self._peek() == ")":
            self.at += 1
            self._nested -= 1
            return Literal(start, Nothing())
        value = self._level(0)
        self._gap()
        if self._peek() != ")":
            raise ParseError("syntax error", self.at)
        self.at += 1
        self._nested -= 1
        return value

    def condition(self, askable: set[str], bad_parameter: bool) -> Node:
        """Everything up to the end of the command: `a=b c~"d" !dynamic`."""
        former, self._askable = self._askable, askable
        nested, self._nested = self._nested, 0
        self._bad_parameter = bad_parameter
        value = self._level(0)
        self._skip_blank()
        while not self._at_end():
            value = Binary(self.at, "and", value, self._level(0))
            self._skip_blank()
        self._askable, self._nested = former, nested
        return value

    def _gap(self) -> None:
        if self._nested:
            self._skip_space()
        else:
            self._skip_blank()

    def _level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        left = self._level(level + 1)
        while True:
            self._gap()
            here = self.at
            operator = self._operator(level)
            if operator is None:
                return left
            self._gap()
            right = self._compared() if level == 2 else self._level(level + 1)
            left = Binary(here, operator, left, right)

    def _compared(self) -> Node:
        """The right side of a comparison: in conditions a bare word is a text, whatever it is called."""
        if self._askable is not None and self._peek() not in ("", *'"$([{!'):
            match = _BARE_OPERAND.match(self.source, self.at)
            if match is None:
                return Literal(self.at, "", quoted=True)
            here, self.at = self.at, match.end()
            return Word(here, match.group())
        if self._askable is not None and not self._nested and self._at_end():
            return Literal(self.at, "", quoted=True)
        return self._level(3)

    def _operator(self, level: int) -> str | None:
        # In conditions without parentheses, signs are part of words, and two conditions side by side mean `and`.
        if self._askable is not None and not self._nested and level > 2:
            return None
        for operator in _LEVELS[level]:
            if not self.source.startswith(operator, self.at):
                continue
            following = self.source[self.at + len(operator) : self.at + len(operator) + 1]
            if operator.isalpha() and (following.isalnum() or following in "_-"):
                continue
            if operator in "|&<>" and following and operator + following in ("||", "&&", "<<", ">>", "<=", ">="):
                continue
            if operator == "-" and following == ">":
                continue
            self.at += len(operator)
            return operator
        return None

    def _unary(self) -> Node:
        here = self.at
        for operator in ("!", "-", "~", "not "):
            if self.source.startswith(operator, self.at):
                self.at += len(operator)
                self._gap()
                return Unary(here, operator.strip(), self._level(2) if operator in "!not " else self._unary())
        value = self._operand()
        while self.source.startswith("->", self.at):
            self.at += 2
            value = Binary(here, "->", value, self._operand())
        return value

    def _operand(self) -> Node:
        char, here = self._peek(), self.at
        if char == '"':
            return self._quoted()
        if char == "$":
            return self._variable()
        if char == "(":
            return self._parenthesis()
        if char == "[":
            return Substitution(here, self._substituted())
        if char == "{":
            return self._array()
        match = _OPERAND.match(self.source, self.at)
        if match is None:
            raise ParseError("syntax error", here)
        self.at = match.end()
        return self._named(here, match.group())

    def _named(self, here: int, text: str) -> Node:
        if self._askable is not None and re.match(r"[A-Za-z_.]", text):
            if text in self._askable:
                return Property(here, text)
            if text in ("true", "false", "yes", "no"):
                return Literal(here, text in ("true", "yes"))
            raise ParseError(f"bad parameter {text}" if self._bad_parameter else "expected end of command", here)
        value = typed(text)
        if isinstance(value, int | Duration | Ip | Prefix):
            return Literal(here, value)
        return Literal(here, text, quoted=True)

    # -- filled in by the parser of statements

    @abstractmethod
    def _block(self) -> Script:
        """A block of statements between braces."""

    @abstractmethod
    def _substituted(self) -> Script:
        """A command between brackets, whose result is the value."""
