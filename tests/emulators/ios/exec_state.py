# SPDX-License-Identifier: GPL-3.0-or-later
"""What one vty knows of its user, and what an EXEC command gets to work with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..core.session import Session
from .configurator import Configurator

if TYPE_CHECKING:
    from .device import Device


@dataclass(eq=False)
class Vty:
    """`level`: privilege level; `work`: configuration mode while it is open."""

    line: int
    level: int
    work: Configurator | None = None
    monitor: bool = False
    history: list[str] = field(default_factory=list)
    # A suspended outgoing telnet connection.
    outgoing: str = ""
    password_tries: int = 0

    @property
    def privileged(self) -> bool:
        return self.level == 15


@dataclass
class Run:
    """One EXEC command: canonical `words` of the line understood."""

    device: "Device"
    session: Session
    vty: Vty
    words: tuple[str, ...]

    @property
    def who(self) -> str:
        """As IOS names the user of a terminal: `admin on vty0 (10.0.0.5)`."""
        return f"{self.session.user} on vty{self.vty.line} ({self.device.source})"

    def after(self, word: str) -> str | None:
        """The word behind a keyword, None when the keyword was not given."""
        return self.words[self.words.index(word) + 1] if word in self.words else None


Command = Callable[[Run], Awaitable[str | None]]
COMMANDS: dict[str, Command] = {}


def command(function: Command) -> Command:
    """Registers `do=<name of the function>` of the mode exec."""
    COMMANDS[function.__name__] = function
    return function
