# SPDX-License-Identifier: GPL-3.0-or-later
"""Blocks that change access lists, and those that bring them back from any point of the change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import acl
from .acl import AccessList
from .commands import Command, block
from .delta import Block, Kind
from .detours import Place
from .management import ManagementPath
from .rules import section_key
from .tree import Tree

if TYPE_CHECKING:
    from hier_config import HConfig

#: lists that stand in while one is edited, and while one is brought back
STAND_IN = "TERPUSAT-SEMENTARA"
STAND_IN_BACK = "TERPUSAT-KEMBALI"


@dataclass(frozen=True)
class Use:
    """A line that puts a list in force as a filter; another list's name in it replaces that list without a gap."""

    section: str
    line: str
    name: str

    @property
    def place(self) -> Place:
        """Where it is in force."""
        return (
            self.section,
            self.line.rpartition(f" {self.name} ")[0],
            self.line.rpartition(f" {self.name} ")[2].split()[0],
        )

    def switch(self, name: str) -> list[Command]:
        """Put another list in force here."""
        return block(self.section, [self.named(name)])

    def release(self, name: str) -> list[Command]:
        """Take a list away from here."""
        return block(self.section, [f"no {self.named(name)}"])

    def named(self, name: str) -> str:
        """The line with another list's name in it."""
        return re.sub(rf"(?<= ){re.escape(self.name)}(?= )", name, self.line, count=1)


@dataclass(frozen=True)
class Lists:
    """The lists of both sides by header, and the configurations that say who uses which list when one is changed.

    ``moved``: places that have left their former list before, and take their new one afterwards (`detours`).
    """

    before: Mapping[str, AccessList]
    after: Mapping[str, AccessList]
    running: Tree
    ours: HConfig
    goal: HConfig
    path: ManagementPath
    moved: frozenset[Place] = frozenset()

    @classmethod
    def of(
        cls,
        before: HConfig,
        after: HConfig,
        running: Tree,
        intended: Tree,
        path: ManagementPath,
        moved: frozenset[Place] = frozenset(),
    ) -> Lists:
        """Pick the lists that are ours out of those of both configurations."""
        return cls(
            {header: entry for header, entry in running.lists.items() if header in before.children},
            {header: entry for header, entry in intended.lists.items() if header in after.children},
            running,
            before,
            after,
            path,
            moved,
        )

    def patch(self) -> Iterator[Block]:
        """The blocks that lead from what runs to what is intended."""
        for header, wanted in self.after.items():
            former = self.before.get(header)
            if former is None:
                yield from self._new(wanted)
            else:
                yield from self._edit(former, wanted)
        for header in self.before:
            if header not in self.after and not self._other_kind(header, self.after):
                yield Block(Kind.REMOVE, header, (Command(0, f"no {header}"),), (f"no {header}",))

    def inverse(self) -> Iterator[Block]:
        """The blocks that bring back what ran, from any point of the patch; commands may find nothing to do."""
        for header, former in self.before.items():
            wanted = self.after.get(header)
            if wanted is None:
                other = self._other_kind(header, self.after)
                first = [Command(0, f"no {other}")] if other else []
                yield Block(Kind.ENTER, header, (*first, *block(header, _entering(former))), former.entries)
                continue
            target = acl.align(former.entries, wanted.entries)
            if acl.normal_form(former.entries) == acl.normal_form(wanted.entries):
                continue
            _, undo, moving = acl.edit(former, target)
            if moving or not _editable(former):
                yield self._rebuild(former, wanted)
            else:
                yield Block(Kind.ENTER, header, tuple(block(header, _worded(header, undo))), tuple(undo))
        for header in self.after:
            if header not in self.before and not self._other_kind(header, self.before):
                commands_gone = [f"no {header}"]
                if self._uses(self.after[header].name):
                    commands_gone.append(f"no {_stand_in(header, STAND_IN)}")
                yield Block(
                    Kind.REMOVE, header, tuple(Command(0, text) for text in commands_gone), tuple(commands_gone)
                )

    def _new(self, wanted: AccessList) -> Iterator[Block]:
        uses = self._uses(wanted.name)
        other = self._other_kind(wanted.header, self.before)
        first = [Command(0, f"no {other}")] if other else []
        if uses and not other:
            # In use without existing means "everything passes": its first entry alone would cut that off.
            yield self._beside(AccessList(wanted.header), wanted, list(block(wanted.header, _entering(wanted))))
        else:
            commands = (*first, *block(wanted.header, _entering(wanted)))
            yield Block(Kind.ENTER, wanted.header, commands, wanted.entries)

    def _edit(self, former: AccessList, wanted: AccessList) -> Iterator[Block]:
        if acl.normal_form(former.entries) == acl.normal_form(wanted.entries):
            return
        target = acl.align(former.entries, wanted.entries)
        lines, _, moving = acl.edit(former, target)
        header = former.header
        if not _editable(former):
            again = [Command(0, f"no {header}"), *block(header, _entering(wanted))]
            yield self._beside(former, wanted, again)
            return
        commands: list[Command] = []
        if lines and lines[0].startswith("resequence "):
            commands.append(Command(0, f"ip access-list resequence {former.name} {lines.pop(0).partition(' ')[2]}"))
        commands += block(header, _worded(header, lines))
        if moving:
            yield self._beside(former, wanted, commands)
        else:
            yield Block(Kind.ENTER, header, tuple(commands), tuple(lines))

    def _beside(self, former: AccessList, wanted: AccessList, edit: list[Command]) -> Block:
        """Edit while a copy of the new list is in force."""
        stand_in = _stand_in(wanted.header, STAND_IN)
        uses = self._uses(wanted.name, late=self.path.judge(wanted.header) is not None)
        commands: list[Command] = []
        if uses:
            if stand_in in self.running.config.children:
                commands.append(Command(0, f"no {stand_in}"))
            commands += block(stand_in, list(wanted.entries))
        for use in uses:
            commands += use.switch(STAND_IN)
        commands += edit
        for use in uses:
            commands += use.switch(wanted.name)
        if uses:
            commands.append(Command(0, f"no {stand_in}"))
        return Block(Kind.ENTER, former.header, tuple(commands), (*former.entries, *wanted.entries))

    def _rebuild(self, former: AccessList, wanted: AccessList) -> Block:
        """Bring a list back whatever it is now, while a copy of the former one is in force."""
        stand_in = _stand_in(former.header, STAND_IN_BACK)
        uses = self._uses(former.name)
        commands = [Command(0, f"no {stand_in}"), *block(stand_in, list(former.entries))]
        for use in self._uses(wanted.name, late=self.path.judge(wanted.header) is not None):
            if self._bare(use):
                # The patch put its stand-in there, where no list had been.
                commands += use.release(STAND_IN)
        for use in uses:
            commands += use.switch(STAND_IN_BACK)
        commands += [Command(0, f"no {former.header}"), *block(former.header, _entering(former))]
        for use in uses:
            commands += use.switch(former.name)
        commands += [Command(0, f"no {stand_in}"), Command(0, f"no {_stand_in(former.header, STAND_IN)}")]
        return Block(Kind.ENTER, former.header, tuple(commands), (*former.entries, *wanted.entries))

    def _uses(self, name: str, *, late: bool = False) -> list[Use]:
        """Where a list is in force when it is changed.

        ``late``: it is changed with what carries the management session; by then all other sections of ours are as
        intended. Without that every section still is as it runs.
        """
        pattern = re.compile(
            rf"^(?:ip access-group|ipv6 traffic-filter|(?:ipv6 )?access-class) {re.escape(name)} (?:in|out)\b"
        )
        found: list[Use] = []
        sections = dict.fromkeys(child.text for config in (self.running.config, self.goal) for child in config.children)
        for header in sections:
            if not header.startswith(("interface ", "line ")):
                continue
            settled = (
                late
                and self.path.judge(header) is None
                and (header in self.ours.children or header in self.goal.children)
            )
            section = (self.goal if settled else self.running.config).children.get(header)
            if section is not None:
                uses = [Use(header, line.text, name) for line in section.children if pattern.match(line.text)]
                found += [use for use in uses if use.place not in self.moved]
        return found

    def _bare(self, use: Use) -> bool:
        """Whether the place exists as it runs, without a list in that direction."""
        section = self.running.config.children.get(use.section)
        if section is None:
            return False
        command, direction = use.line.rpartition(f" {use.name} ")[0], use.line.split()[-1]
        lines = [line.text for line in section.children]
        return not any(line.startswith(f"{command} ") and line.endswith(f" {direction}") for line in lines)

    @staticmethod
    def _other_kind(header: str, others: Mapping[str, AccessList]) -> str | None:
        """The header of a list of the same name but of another kind, which has to go before this one comes."""
        key = section_key(header)
        return next((text for text in others if text != header and key is not None and section_key(text) == key), None)


def _stand_in(header: str, name: str) -> str:
    return f"{header.rpartition(' ')[0]} {name}"


def _editable(entry: AccessList) -> bool:
    """Whether single entries can be reached: IPv6 lists cannot be renumbered, so theirs have to be shown."""
    return entry.header.startswith("ip ") or all(number is not None for number in entry.numbers)


def _entering(entry: AccessList) -> list[str]:
    return list(entry.layout or entry.entries)


def _worded(header: str, lines: list[str]) -> list[str]:
    """Numbers are spelled with a word in IPv6 lists."""
    if header.startswith("ip "):
        return lines
    return [re.sub(r"^(no )?(\d+)\b", r"\1sequence \2", line) for line in lines]
