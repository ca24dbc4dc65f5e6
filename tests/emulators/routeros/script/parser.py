# SPDX-License-Identifier: GPL-3.0-or-later
"""Parses console input and scripts against the tree of menus, the way RouterOS does: the whole text first, so an
unknown command or argument anywhere stops it before anything ran."""

from __future__ import annotations

from ..errors import ParseError
from ..schema.menu import Menu, Path
from ..schema.tree import Branch, Signature, Takes, descend
from ..schema.version import Version
from .expressions import ExpressionParser
from .nodes import (
    Argument,
    Block,
    Call,
    Code,
    Command,
    Evaluate,
    Literal,
    Navigate,
    Node,
    Script,
    Statement,
)

_WORD_END = ' \t\r\n;[](){}"$='


class Parser(ExpressionParser):
    """`menu`: where relative names start; it moves as the script navigates."""

    def __init__(self, source: str, root: Branch, version: Version, menu: Path = ()) -> None:
        super().__init__(source)
        self.root = root
        self.version = version
        self.menu = menu

    def parse(self) -> Script:
        """The whole source; ParseError."""
        script = self._statements(closing="")
        if self.at < len(self.source):
            raise ParseError("syntax error", self.at)
        return script

    def next_statement(self) -> Statement | None:
        """The next one of a source that is read piece by piece; None at its end."""
        self._skip_separators()
        if self.at >= len(self.source):
            return None
        if self._peek() in "]})":
            raise ParseError("syntax error", self.at)
        return self._statement()

    # -- statements

    def _statements(self, closing: str) -> Script:
        start = self.at
        script = Script()
        while True:
            self._skip_separators()
            if self.at >= len(self.source):
                break
            if self._peek() in "]})":
                if closing and self._peek() == closing:
                    break
                raise ParseError("syntax error", self.at)
            script.statements.append(self._statement())
        script.source = self.source[start : self.at]
        return script

    def _skip_separators(self) -> None:
        """Blank space, line ends, `;`, and comments (they start a statement)."""
        while self.at < len(self.source):
            char = self.source[self.at]
            if char in " \t\r\n;" or self._continuation():
                self.at += 1
            elif char == "#":
                end = self.source.find("\n", self.at)
                self.at = len(self.source) if end < 0 else end
            else:
                return

    def _statement(self) -> Statement:
        start, char = self.at, self._peek()
        if char == "{":
            return Block(start, self._block())
        if char in "[(":
            value = self._value()
            self._end_of_statement()
            return Evaluate(start, value)
        if char == "$":
            return self._call()
        if char == '"' or char in "=~<>&|":
            raise ParseError("syntax error", start)
        return self._command()

    def _call(self) -> Call:
        start = self.at
        function = self._variable()
        positional: list[Node] = []
        named: dict[str, Node] = {}
        while self._more_arguments():
            name = self._argument_name()
            if name is not None:
                named[name] = self._value(code=True)
            else:
                positional.append(self._value())
        return Call(start, function, positional, named)

    def _block(self) -> Script:
        """`{ … }`; the menu after it is the one before it."""
        start, menu = self.at, self.menu
        self.at += 1
        script = self._statements(closing="}")
        self._expect("}", start)
        self.menu = menu
        return script

    def _substituted(self) -> Script:
        start = self.at
        self.at += 1
        menu = self.menu
        script = self._statements(closing="]")
        self._expect("]", start)
        self.menu = menu
        return script

    def _expect(self, char: str, start: int) -> None:
        if self._peek() != char:
            raise ParseError("syntax error" if self.at < len(self.source) else f'expected closing "{char}"', start)
        self.at += 1

    # -- commands

    def _command(self) -> Statement:
        start = self.at
        branch = descend(self.root, self.menu)
        char = self._peek()
        if char in "/:":
            branch = self.root
            self.at += 1
            if self._at_end():
                self.menu = ()
                return Navigate(start, ())
        while True:
            self._skip_blank()
            if self._at_end():
                self.menu = branch.path
                return Navigate(start, branch.path)
            here = self.at
            if self.source.startswith("..", here):
                self.at += 2
                branch = descend(self.root, branch.path[:-1])
                self._slash(branch)
                continue
            if self._peek() in '{["($':
                raise ParseError("expected command name", here)
            word = self._bare(_WORD_END + ("/" if self.version.slash_paths else "") + "=")
            if not word:
                raise ParseError("expected command name", here)
            child = _pick(word, branch.children)
            if child is not None and not (word in branch.commands and word not in branch.children):
                branch = branch.children[child]
                self._slash(branch)
                continue
            name = _pick(word, branch.commands)
            if name is None:
                raise ParseError(f"bad command name {word}", here)
            return self._arguments(start, branch, branch.commands[name])

    def _slash(self, branch: Branch) -> None:
        if self._peek() == "/":
            self.at += 1
            if self._at_end() and branch.path:
                raise ParseError("expected command name", self.at)

    def _arguments(self, start: int, branch: Branch, signature: Signature) -> Command:
        menu, former = branch.menu, self.menu
        if branch.path:
            # What stands in brackets is looked up where the command is: /ip address set [find …].
            self.menu = branch.path
        arguments: list[Argument] = []
        condition: Node | None = None
        waiting = list(signature.positional)
        while self._more_arguments():
            here = self.at
            if signature.where and (self._keyword("where") or signature.name == "find"):
                condition = self._condition(menu)
                break
            negated = self._peek() == "!" and signature.properties
            if negated:
                self.at += 1
            name = self._argument_name()
            if name is not None:
                full = self._argument(name, menu, signature, here)
                if full in waiting:
                    waiting.remove(full)
                arguments.append(Argument(here, full, self._argument_value(full, menu, signature), negated))
                continue
            flag = self._flag(menu, signature, negated)
            if flag is not None:
                if flag in waiting:
                    waiting.remove(flag)
                arguments.append(Argument(here, flag, None, negated))
                continue
            if not waiting or negated:
                self._unknown(here)
            place = waiting.pop(0)
            arguments.append(Argument(here, place, self._positional(place, signature)))
        self.menu = former
        line = self.source.count("\n", 0, start) + 1
        self._end_of_statement()
        given = {argument.name for argument in arguments}
        command = Command(
            start, branch.path, signature, arguments, condition, line, self.source[start : self.at].strip()
        )
        if signature.name in ("local", "global", "set") and not branch.path and "name" not in given:
            raise ParseError("syntax error", self.at)
        return command

    def _argument(self, name: str, menu: Menu | None, signature: Signature, here: int) -> str:
        """The full name of an argument, also from an unambiguous beginning or from `.as` after `remote.address`."""
        known: list[str] = [*signature.arguments]
        if signature.properties and menu is not None:
            known += menu.properties
        if name.startswith(".") and self._group:
            name = self._group + name
        full = _pick(name, known)
        if full is None:
            raise ParseError(f"bad parameter {name}" if self.version.bad_parameter else "expected end of command", here)
        self._group = full.partition(".")[0] if "." in full else ""
        return full

    _group = ""

    def _unknown(self, here: int) -> None:
        self.at = here
        word = self._bare(_WORD_END)
        if word and self.version.bad_parameter and self._peek() == "=":
            raise ParseError(f"bad parameter {word}", here)
        raise ParseError("expected end of command", here)

    def _argument_value(self, name: str, menu: Menu | None, signature: Signature) -> Node:
        takes = signature.arguments.get(name)
        self._skip_blank_lines_after_continuation()
        if takes is Takes.CODE:
            return self._code()
        prop = menu.properties.get(name) if menu is not None and signature.properties else None
        if takes is Takes.SCRIPT or (prop is not None and prop.type.is_script):
            return self._script_text()
        return self._value(code=False)

    def _code(self) -> Node:
        if self._peek() == "{":
            return Code(self.at, self._block())
        return self._value()

    def _script_text(self) -> Node:
        if self._peek() != "{":
            return self._value()
        start = self.at
        self._block()
        return Literal(start, self.source[start + 1 : self.at - 1], quoted=True)

    def _positional(self, place: str, signature: Signature) -> Node:
        takes = signature.arguments.get(place)
        if takes is Takes.NAME:
            here = self.at
            if self._peek() == "(":
                return self._value()
            name = self._quoted_text() if self._peek() == '"' else self._bare(_WORD_END)
            if not name:
                raise ParseError("syntax error", here)
            return Literal(here, name.removeprefix("$"), quoted=True)
        if takes is Takes.CODE:
            return self._code()
        if takes is Takes.SCRIPT:
            return self._script_text()
        return self._value(code=False)

    def _flag(self, menu: Menu | None, signature: Signature, negated: bool) -> str | None:
        """A name that stands alone: a flag, `!property`, or a property without value."""
        here = self.at
        if self._peek() in '"$[({':
            return None
        word = self._bare(_WORD_END)
        flags = [name for name, takes in signature.arguments.items() if takes is Takes.FLAG]
        if signature.properties and menu is not None:
            flags += [name for name, prop in menu.properties.items() if negated or prop.type.is_flag]
        if negated and word.startswith(".") and self._group:
            word = self._group + word
        if word in flags:
            return word
        if negated or (word and not signature.positional):
            name = _pick(word, flags)
            if name is not None:
                return name
            self.at = here
            raise ParseError("expected end of command", here)
        self.at = here
        return None

    # -- conditions

    def _condition(self, menu: Menu | None) -> Node | None:
        self._skip_blank()
        if self._at_end():
            return None
        return self.condition(set() if menu is None else _askable(menu), self.version.bad_parameter)


def _askable(menu: Menu) -> set[str]:
    return {*menu.properties, *menu.read, *menu.flags, ".id", ".nextid", "about", "disabled", "dynamic", "invalid"}


def _pick(word: str, known: object) -> str | None:
    """The name itself, or the only one that begins so."""
    names = list(known)  # type: ignore[call-overload]
    if word in names:
        return word
    fitting = [name for name in names if word and name.startswith(word)]
    return fitting[0] if len(fitting) == 1 else None
