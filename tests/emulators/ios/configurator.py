# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration mode: one line after the other changes a Config, as typed or from a file."""

import re
from dataclasses import dataclass

from . import effects, interfaces
from .act import EFFECTS, Act, Answer, Collector, Confirm, Refused
from .config import Config
from .grammar import BadLine, Match
from .tree import Section

del effects  # importing it registered the effects

INVALID = "% Invalid input detected at '^' marker.\n"


@dataclass
class Reply:
    """What one line led to: `text` for the terminal; a `confirm` to ask; `do`: an EXEC command to run; `left`: back to
    EXEC; `failed`: the line was no success."""

    text: str = ""
    confirm: Confirm | None = None
    do: str | None = None
    left: bool = False
    failed: bool = False


class Configurator:
    """`interactive`: a person types (hints are shown); otherwise a file is applied."""

    def __init__(self, config: Config, *, interactive: bool) -> None:
        self.config = config
        self.interactive = interactive
        self.line = ""
        # The open modes from the top down; several sections at once for `interface range` and line ranges.
        self.stack: list[list[Section]] = [[config.root]]
        self.collector: Collector | None = None
        self._said: list[str] = []
        self._entered: list[Section] | None = None
        self._range = False

    @property
    def prompt(self) -> str:
        """What stands in brackets in the prompt."""
        section = self.stack[-1][0]
        if section.mode.name == "interface":
            if self._range:
                return "(config-if-range)"
            return "(config-subif)" if interfaces.kind(section.name) == "subinterface" else "(config-if)"
        return f"({section.mode.prompt})"

    # -- called by effects

    def say(self, text: str) -> None:
        self._said.append(text)

    def enter(self, sections: list[Section]) -> None:
        self._entered = sections

    def leave(self) -> None:
        if len(self.stack) > 1:
            self.stack.pop()

    # -- lines

    def feed(self, line: str, indent: int = 0) -> Reply:
        """One line; `indent`: columns of the prompt before it, for the error marker."""
        if self.collector is not None:
            return self._collect(line)
        self.line = line
        words = line.split()
        if not words or words[0].startswith("!"):
            return Reply()
        first = words[0].lower()
        if first == "end" and len(words) == 1:
            return Reply(left=True)
        if first in ("exit", "exi", "ex", "quit") and len(words) == 1:
            if len(self.stack) == 1:
                return Reply(left=True)
            self.leave()
            self._range = False
            return Reply()
        if first == "do" and len(words) > 1:
            return Reply(do=line.split(None, 1)[1])
        try:
            return self._run(line)
        except BadLine as error:
            return Reply(complaint(error, line, indent), failed=True)
        except Refused as error:
            return Reply(f"{error}\n", failed=True)

    def _collect(self, line: str) -> Reply:
        assert self.collector is not None
        if self.collector.take(line):
            self.collector = None
        return Reply(self._spoken())

    def _spoken(self) -> str:
        text = "".join(f"{part}\n" for part in self._said)
        self._said = []
        return text

    def _run(self, line: str) -> Reply:
        start = re.match(r"\s*(no|default)(\s+|$)", line, re.IGNORECASE)
        negated = start is not None
        offset = start.end() if start else 0
        if start and start[1].lower() == "default":
            wiped = self._default_interface(line[offset:])
            if wiped:
                return Reply(wiped)
        if not negated and re.match(r"\s*int\w*\s+ran\w*\s", line, re.IGNORECASE):
            return self._interface_range(line)
        level, match = self._understand(line, negated, offset)
        texts: list[str] = []
        confirm: Confirm | None = None
        opened: list[Section] = []
        for section in self.stack[level]:
            self._entered = None
            answer = self._apply(section, match, negated)
            if isinstance(answer, Collector):
                self.collector = answer
            elif isinstance(answer, Confirm):
                confirm = answer
            elif answer:
                texts.append(answer)
            if negated:
                continue
            opened += self._entered if self._entered is not None else self._opened(section, match)
        if opened:
            self.stack = [*self.stack[: level + 1], opened]
            self._range = False
        elif level < len(self.stack) - 1 and match.rule.effect != "leave":
            self.stack = self.stack[: level + 1]
        text = "".join(f"{part}\n" for part in dict.fromkeys(texts))
        return Reply(self._spoken() + text, confirm=confirm)

    def _understand(self, line: str, negated: bool, offset: int) -> tuple[int, Match]:
        """The innermost open mode that knows the line; the complaint is that of the mode that got furthest."""
        worst: BadLine | None = None
        for level in range(len(self.stack) - 1, -1, -1):
            section = self.stack[level][0]
            try:
                return level, section.mode.parse(line, self.config.traits(section), negated=negated, offset=offset)
            except BadLine as error:
                if worst is None or error.column > worst.column:
                    worst = error
        assert worst is not None
        raise worst

    def _apply(self, section: Section, match: Match, negated: bool) -> Answer:
        act = Act(self.config, section, match, negated, self)
        answer = EFFECTS[match.rule.effect](act) if match.rule.effect else act.usual()
        if match.words[:2] == ("service", "password-encryption") and not negated:
            self.config.encrypt_all()
        return answer

    def _opened(self, section: Section, match: Match) -> list[Section]:
        if match.rule.mode is None:
            return []
        key = match.words[: match.key]
        for entry in section.entries.values():
            if entry.rule is match.rule and entry.words[: match.key] == key and entry.section is not None:
                return [entry.section]
        return []

    def _interface_range(self, line: str) -> Reply:
        found = re.match(r"\s*\S+\s+\S+\s+", line)
        assert found is not None
        sections = []
        names = interfaces.spread(line[found.end() :])
        for name in names:
            if interfaces.kind(name) == "svi" and "switch" in self.config.box:
                self.config.section_of(f"interface {name}")
            section = self.config.interface(name)
            if section is None:
                raise BadLine("invalid", found.end())
            sections.append(section)
        if not sections:
            raise BadLine("invalid", found.end())
        self.stack = [self.stack[0], sections]
        self._range = True
        return Reply()

    def _default_interface(self, rest: str) -> str | None:
        found = re.match(r"int\w*\s+(\S.*)$", rest, re.IGNORECASE)
        name = interfaces.canonical(found[1].strip()) if found else None
        section = self.config.interface(name) if name else None
        if section is None or name is None:
            return None
        section.entries.clear()
        section.touch()
        if "router" in self.config.box and interfaces.kind(name) == "physical":
            self.config.line(section, "shutdown")
        return f"Interface {name} set to default configuration\n"


def complaint(error: BadLine, line: str, indent: int) -> str:
    """What IOS prints for a line it does not understand."""
    if error.kind == "incomplete":
        return "% Incomplete command.\n\n"
    if error.kind == "ambiguous":
        return f'% Ambiguous command:  "{line.strip()}"\n'
    return " " * (indent + error.column) + "^\n" + INVALID + "\n"


def apply_text(config: Config, text: str, *, fails_at: int | None = None) -> list[tuple[int, str, str]]:
    """Applies a file line by line, going on after errors, as `copy file running-config` does; returns (line number from
    1, line, complaint) of the lines that failed. `fails_at`: this line fails whatever it says."""
    worker = Configurator(config, interactive=False)
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        if number == fails_at:
            problems.append((number, line, complaint(BadLine("invalid", 0), line, 0)))
            continue
        reply = worker.feed(line.rstrip("\r"))
        if reply.confirm is not None:
            reply.confirm.then()
        if reply.failed:
            problems.append((number, line, reply.text))
        if reply.left:
            break
    return problems
