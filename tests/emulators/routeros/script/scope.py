# SPDX-License-Identifier: GPL-3.0-or-later
"""Variables: local ones in nested scopes, global ones once declared where they are used."""

from __future__ import annotations

from .values import NOTHING


class Scope:
    """`outer`: the enclosing block; None for a script, a function, a session."""

    def __init__(self, globals_: dict[str, object], outer: Scope | None = None) -> None:
        self.globals = globals_
        self.outer = outer
        self.local: dict[str, object] = {}
        self.declared: set[str] = set()

    def inner(self) -> Scope:
        return Scope(self.globals, self)

    def get(self, name: str) -> object:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.local:
                return scope.local[name]
            if name in scope.declared:
                return self.globals.get(name, NOTHING)
            scope = scope.outer
        return NOTHING

    def set(self, name: str, value: object) -> bool:
        """False when nobody declared the variable."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.local:
                scope.local[name] = value
                return True
            if name in scope.declared:
                self.globals[name] = value
                return True
            scope = scope.outer
        return False

    def declare_local(self, name: str, value: object) -> None:
        self.local[name] = value

    def declare_global(self, name: str) -> None:
        self.local.pop(name, None)
        self.declared.add(name)
        self.globals.setdefault(name, NOTHING)
