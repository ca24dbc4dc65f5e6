# SPDX-License-Identifier: GPL-3.0-or-later
"""Where commands announce what they are called, what they take and what runs them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ..schema.menu import Path
from ..schema.tree import Signature

if TYPE_CHECKING:
    from ..script.interpreter import Invocation

type Handler = Callable[[Invocation], Awaitable[object]]

# Commands that stand at one place of the tree.
SIGNATURES: list[tuple[Path, Signature]] = []
_PLACED: dict[tuple[Path, str], Handler] = {}
# Commands of every menu of items (add, set, print, …).
_COMMON: dict[str, Handler] = {}


def command(path: str, signature: Signature) -> Callable[[Handler], Handler]:
    """Puts a command at `path` ("" = the root, where `:` finds it)."""
    place: Path = tuple(part for part in path.split("/") if part)

    def register(function: Handler) -> Handler:
        SIGNATURES.append((place, signature))
        _PLACED[place, signature.name] = function
        return function

    return register


def common(name: str) -> Callable[[Handler], Handler]:
    def register(function: Handler) -> Handler:
        _COMMON[name] = function
        return function

    return register


def handler(path: Path, name: str) -> Handler:
    return _PLACED.get((path, name)) or _COMMON[name]
