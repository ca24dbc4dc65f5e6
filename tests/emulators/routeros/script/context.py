# SPDX-License-Identifier: GPL-3.0-or-later
"""Who runs a script, where its output goes, what it may do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from ..schema.menu import Path
from ..store.item import Item
from .scope import Scope

if TYPE_CHECKING:
    from ...core.session import Session
    from ..device import Device

type Writer = Callable[[str], Awaitable[None]]


async def nowhere(text: str) -> None:
    """The output of jobs and background scripts is not seen by anybody."""


class Subject(Protocol):
    """The item that a condition asks about."""

    def get(self, name: str) -> object: ...

    def canonical(self, name: str, text: str) -> str:
        """`text` as the property would print it (`7000000` → `7M`), or as it is when it is no such value."""
        ...


@dataclass
class Context:
    """`user`: account name in logs and history; `policies`: what is allowed; `numbers`: per menu, what the numbers of
    the last print mean; `session`: the terminal, when there is one; `subject`: the item a condition is asked about."""

    device: Device
    user: str
    policies: frozenset[str]
    write: Writer
    scope: Scope
    session: Session | None = None
    numbers: dict[Path, list[Item]] = field(default_factory=dict)
    subject: Subject | None = None
    depth: int = 0

    def with_scope(self, scope: Scope) -> Context:
        return replace(self, scope=scope)

    def fresh(self) -> Context:
        """For an import or a stored script: own variables and numbers, the same person and terminal."""
        return replace(self, scope=Scope(self.device.globals), numbers={}, depth=self.depth + 1)

    def may(self, policy: str) -> bool:
        return policy in self.policies
