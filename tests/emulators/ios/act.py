# SPDX-License-Identifier: GPL-3.0-or-later
"""One configuration command at work: what an effect (effects/*.py) gets, and what it may answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .config import Config
from .grammar import Match
from .tree import Entry, Section

if TYPE_CHECKING:
    from .configurator import Configurator


class Refused(Exception):  # noqa: N818
    """The device does not do it; the text is what it prints."""


@dataclass
class Collector:
    """Takes the lines that follow until `take` returns True: banners, certificates, SSH keys."""

    take: Callable[[str], bool]
    prompt: str = ""


@dataclass
class Confirm:
    """A `[confirm]` question; `then` runs when the user presses Enter or y."""

    question: str
    then: Callable[[], None]


Answer = str | Collector | Confirm | None


@dataclass
class Act:
    """`no`: the line was negated. An effect returns text to print, a Collector or a Confirm, or raises Refused."""

    config: Config
    section: Section
    match: Match
    no: bool
    who: "Configurator"

    @property
    def words(self) -> tuple[str, ...]:
        return self.match.words

    def store(self, **more: object) -> Entry | None:
        return self.config.store(self.section, self.match, **more)

    def remove(self) -> bool:
        return self.config.remove(self.section, self.match)

    def usual(self) -> Answer:
        """What the line does without an effect; it prints nothing."""
        if self.no:
            self.remove()
        else:
            self.store()
        return None

    def replaced(self, *words: str, key: int | None = None) -> Match:
        """The same command with other words."""
        return Match(self.match.rule, words, len(words) if key is None else key, True)


Effect = Callable[[Act], Answer]
EFFECTS: dict[str, Effect] = {}


def effect(function: Effect) -> Effect:
    """Registers `do=<name of the function>`."""
    EFFECTS[function.__name__] = function
    return function
