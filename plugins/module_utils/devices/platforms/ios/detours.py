# SPDX-License-Identifier: GPL-3.0-or-later
"""Places that go over from one access list to another while the lists themselves change.

Each place shall judge a packet as it does now or as it will, at every moment. That holds by itself where the new list
is complete before the place's own turn comes and the former one is left alone until after it. Where that is not the
order of the patch, the place leaves its list first of all, for a copy of what the new one will be, and takes the new
one itself when everything else stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from .acl import AccessList
from .commands import Command, block
from .compare import Sides

if TYPE_CHECKING:
    from hier_config import HConfig

#: names of the copies; a number follows
COPY = "TERPUSAT-PINDAH"
_USE = re.compile(
    r"^(?P<command>ip access-group|ipv6 traffic-filter|(?:ipv6 )?access-class) (?P<name>\S+) (?P<way>in|out)\b"
)

#: section, command and direction: where one list can be in force
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Turn:
    """When the changes of something come in a patch: the first and the last of them, comparable."""

    first: tuple[int, int, int]
    last: tuple[int, int, int]


@dataclass(frozen=True)
class Detour:
    """``former`` and ``wanted``: the lines of the place, empty without a list; ``copy``: what is in force meanwhile.

    Without a copy the new list stands already and the place goes over to it at once, or to none.
    """

    place: Place
    former: str
    wanted: str
    copy: AccessList | None
    carrying: bool
    ends_carrying: bool

    def leave(self) -> tuple[Command, ...]:
        """Leave the former list, before anything else."""
        if self.copy is None:
            return tuple(block(self.place[0], [self.wanted or f"no {self.former}"]))
        made = block(self.copy.header, list(self.copy.entries))
        return (*made, *block(self.place[0], [self._copied()]))

    def arrive(self) -> tuple[Command, ...]:
        """Take the new list itself, when all else stands."""
        if self.copy is None:
            return ()
        return (*block(self.place[0], [self.wanted]), Command(0, f"no {self.copy.header}"))

    def back(self) -> tuple[Command, ...]:
        """What else a way back from any point has to undo."""
        if self.copy is None:
            return ()
        released = () if self.former else tuple(block(self.place[0], [f"no {self._copied()}"]))
        return (*released, Command(0, f"no {self.copy.header}"))

    def keeps(self, command: Command) -> bool:
        """Whether a command of the place's own section stays where it is."""
        if command.depth != 1 or (self.copy is None and self.wanted):
            return True
        return command.text not in (self.wanted, f"no {self.former}", f"no {self.wanted}")

    def _copied(self) -> str:
        assert self.copy is not None
        return _USE.sub(f"{self.place[1]} {self.copy.name} {self.place[2]}", self.wanted, count=1)


def find(found: Sides, lists: Mapping[str, Turn], sections: Mapping[str, Turn]) -> Iterator[Detour]:
    """The detours that a patch needs. ``lists``: changes by name; ``sections``: by header."""
    wanted_lists = {entry.name: entry for entry in found.intended.lists.values()}
    # What an aborted run left behind is not built upon.
    names = (name for number in count(1) if (name := f"{COPY}-{number}") not in _named(found.running.config))
    for section, turn in sections.items():
        former, wanted = _uses(found.running.config, section), _uses(found.after, section)
        for place in dict.fromkeys((*former, *wanted)):
            old, new = former.get(place, ("", "")), wanted.get(place, ("", ""))
            if old[0] == new[0]:
                continue
            leaving, coming = lists.get(old[0]), lists.get(new[0])
            if (leaving is None or turn.last < leaving.first) and (coming is None or coming.last < turn.first):
                continue
            copy = None
            if coming is not None:
                if new[0] not in wanted_lists:
                    continue
                entry = wanted_lists[new[0]]
                header = f"{entry.header.rpartition(' ')[0]} {next(names)}"
                copy = AccessList(header, entry.entries)
            carrying = bool(turn.first[0])
            late = carrying or (coming is not None and bool(coming.last[0]))
            yield Detour(place, old[1], new[1], copy, carrying, late)


def _named(config: HConfig) -> set[str]:
    return {child.text.split()[-1] for child in config.children if COPY in child.text}


def _uses(config: HConfig, header: str) -> dict[Place, tuple[str, str]]:
    """Name of the list and the line by place; empty for a section that does not exist."""
    section = config.children.get(header)
    found: dict[Place, tuple[str, str]] = {}
    for line in section.children if section is not None else ():
        match = _USE.match(line.text)
        if match is not None:
            found[header, match["command"], match["way"]] = match["name"], line.text
    return found
