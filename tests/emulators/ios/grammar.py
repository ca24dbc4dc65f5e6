# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands written as Cisco's command references write them, and the parser that accepts exactly those.

    mode interface (config-if)
    ip helper-address A.B.C.D
    switchport mode :: {access | trunk | dynamic {auto | desirable}} -- if=switchport
    shutdown

`{a | b}` is a choice, `[a]` may be left out, `...` repeats the item before it; capitals and `<1-9>` are arguments
(words.py). `::` ends what identifies the line: a line that is equal so far replaces the former one; without it the
whole line identifies itself. `~` marks where a `no` form may stop. After ` -- ` come attributes, see Rule.
"""

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path

from .words import TYPES, Taker, taker

FOLDER = Path(__file__).parent / "commands"
_PIECE = re.compile(r"[\[\]{}|]|\.\.\.|::|~|<\d+-\d+>|(?:(?!\.\.\.)[^\s\[\]{}|])+")


@dataclass(eq=False, repr=False)
class Node:
    """A place within a command: `edges` lead on (item, next, what was passed: subset of {"::", "~"}), `ends` says that
    the command may stop here."""

    edges: list[tuple["Item", "Node", frozenset[str]]] = field(default_factory=list)
    silent: list[tuple["Node", str]] = field(default_factory=list)
    ends: frozenset[str] | None = None


@dataclass(frozen=True, eq=False)
class Item:
    """A keyword (`take` None) or an argument."""

    text: str
    take: Taker | None


@dataclass(eq=False)
class Rule:
    """One command of one mode.

    on / off      a switch; default on is shown as `no …` when off, default off is shown when on
    both          a switch that is shown either way (`on both`, `off both`)
    mode=M        opens the sub-mode M
    do=F          effects.F does the work
    absent="T"    this line is shown while the command is not configured
    default="T"   this form of the line is the default: never shown
    sort=S        order among lines of the same rule: entry (default), number, interface, address, prefix
    if=T,!U       exists only where the traits hold (switch, router, l3, xe, physical, svi, routed, switchport, …)
    hidden        accepted, never shown
    negative      `no …` is itself a setting that is shown
    as="T"        another spelling: the leading keywords are replaced by T and the line is read again
    print=P       config.PRINTERS[P] prints it
    indent=N      the sub-mode is printed N columns further in, not 1
    """

    text: str
    order: int
    start: Node
    attributes: dict[str, str]
    group: int = 0

    def __post_init__(self) -> None:
        self.mode = self.attributes.get("mode")
        self.effect = self.attributes.get("do")
        self.absent = self.attributes.get("absent")
        self.default = self.attributes.get("default")
        self.sort = self.attributes.get("sort", "entry")
        self.switch = "on" in self.attributes or ("off" in self.attributes and "both" in self.attributes)
        self.default_on = "on" in self.attributes
        self.both = "both" in self.attributes
        self.hidden = "hidden" in self.attributes
        wanted = [name for name in self.attributes.get("if", "").split(",") if name]
        self.needs = frozenset(name for name in wanted if name[0] != "!")
        self.forbids = frozenset(name[1:] for name in wanted if name[0] == "!")
        self.keyed = "::" in self.text
        self.alias = self.attributes.get("as")
        self.printer = self.attributes.get("print")
        self.indent = int(self.attributes.get("indent", "1"))
        leading = re.match(r"[^A-Z<\[{:~]*", self.text)
        self.lead = len(leading.group().split()) if leading else 0

    def applies(self, traits: frozenset[str]) -> bool:
        return self.needs <= traits and not self.forbids & traits


@dataclass(frozen=True)
class Match:
    """A line understood: `words` in canonical form, the first `key` of them identify it; `whole` is False when a `no`
    form stopped early."""

    rule: Rule
    words: tuple[str, ...]
    key: int
    whole: bool

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def identity(self) -> str:
        return " ".join(self.words[: self.key])


class BadLine(Exception):  # noqa: N818
    """A line that is no command here. `column` counts from 0; `kind` is invalid, incomplete or ambiguous."""

    def __init__(self, kind: str, column: int) -> None:
        super().__init__(kind)
        self.kind = kind
        self.column = column


@dataclass(eq=False, repr=False)
class Mode:
    """All commands of one configuration mode; `prompt` is what stands in the prompt's brackets."""

    name: str
    prompt: str
    rules: list[Rule] = field(default_factory=list)
    by_word: dict[str, list[Rule]] = field(default_factory=dict)
    # Places of the rules that are printed even when nothing was configured.
    always: set[int] = field(default_factory=set)

    def add(self, rule: Rule) -> None:
        self.rules.append(rule)
        if rule.absent or rule.printer or rule.both:
            self.always.add(rule.order)
        for item, _, _ in rule.start.edges:
            self.by_word.setdefault(item.text if item.take is None else "", []).append(rule)

    def parse(self, line: str, traits: frozenset[str], *, negated: bool = False, offset: int = 0) -> Match:
        """Understands `line` from `offset` on; BadLine when it is not a command of this mode. With `negated` the line
        is what followed `no`."""
        return _parse(self, line, traits, negated, offset)

    def parse_anew(self, line: str, traits: frozenset[str], negated: bool, offset: int) -> Match:
        """As `parse`, without remembering."""
        position = _skip(line, offset)
        first = line[position:].split(None, 1)[0].lower() if position < len(line) else ""
        rules = [rule for word, listed in self.by_word.items() if not word or word.startswith(first) for rule in listed]
        paths = [_Path(rule, rule.start, (), None, False) for rule in dict.fromkeys(rules) if rule.applies(traits)]
        if not paths:
            known = [word for word, listed in self.by_word.items() if any(rule.applies(traits) for rule in listed)]
            raise BadLine("invalid", position + _agreement(first, known))
        while True:
            position = _skip(line, position)
            if position >= len(line):
                match = _finish(paths, position, negated)
                if match.rule.alias is None:
                    return match
                words = (*match.rule.alias.split(), *match.words[match.rule.lead :])
                return self.parse(" ".join(words), traits, negated=negated)
            paths, position = _step(paths, line, position)

    def following(self, text: str, traits: frozenset[str]) -> list[str]:
        """The words that may stand next: after a blank all of them, else those that start like the last word."""
        done, partial = (
            (text, "") if not text or text.endswith(" ") else (text[: text.rfind(" ") + 1], text.split()[-1])
        )
        paths = [_Path(rule, rule.start, (), None, False) for rule in self.rules if rule.applies(traits)]
        position = _skip(done, 0)
        while position < len(done.rstrip()):
            paths, position = _step(paths, done, position)
            position = _skip(done, position)
        words = {item.text for path in paths for item, _, _ in path.node.edges if item.text.startswith(partial)}
        ends = ["<cr>"] if not partial and any(path.node.ends is not None for path in paths) else []
        return [*sorted(words), *ends]


@dataclass(frozen=True)
class _Path:
    rule: Rule
    node: Node
    words: tuple[str, ...]
    key: int | None
    may_stop: bool


@functools.lru_cache(maxsize=16384)
def _parse(mode: Mode, line: str, traits: frozenset[str], negated: bool, offset: int) -> Match:
    """Remembers what lines mean: fleets share most of theirs."""
    return mode.parse_anew(line, traits, negated, offset)


def _skip(line: str, position: int) -> int:
    while position < len(line) and line[position] == " ":
        position += 1
    return position


def _step(paths: list[_Path], line: str, position: int) -> tuple[list[_Path], int]:
    """Reads one word or argument. Keywords go before arguments, exact keywords before abbreviated ones."""
    rest = line[position:]
    word = rest.split(None, 1)[0]
    lower = word.lower()
    exact: list[_Path] = []
    partly: dict[str, list[_Path]] = {}
    arguments: list[tuple[int, _Path]] = []
    known: list[str] = []
    for path in paths:
        for item, node, passed in path.node.edges:
            key = len(path.words) if "::" in passed and path.key is None else path.key
            if item.take is None:
                known.append(item.text)
                if item.text.lower().startswith(lower):
                    step = _Path(path.rule, node, (*path.words, item.text), key, False)
                    if item.text.lower() == lower:
                        exact.append(step)
                    partly.setdefault(item.text, []).append(step)
                continue
            taken = item.take(rest)
            if taken is not None:
                arguments.append((taken[0], _Path(path.rule, node, (*path.words, taken[1]), key, False)))
    if exact:
        return exact, position + len(word)
    if len(partly) == 1:
        return next(iter(partly.values())), position + len(word)
    if arguments:
        longest = max(used for used, _ in arguments)
        return [path for used, path in arguments if used == longest], position + longest
    if partly:
        raise BadLine("ambiguous", position)
    raise BadLine("invalid", position + _agreement(lower, known))


def _agreement(word: str, known: list[str]) -> int:
    """How many characters of `word` agree with some keyword: IOS puts its marker behind them."""
    best = 0
    for text in known:
        same = 0
        for ours, theirs in zip(word, text.lower(), strict=False):
            if ours != theirs:
                break
            same += 1
        best = max(best, same)
    return min(best, max(0, len(word) - 1))


def _finish(paths: list[_Path], position: int, negated: bool) -> Match:
    for path in paths:
        if path.node.ends is not None:
            key = path.key if path.key is not None else len(path.words)
            return Match(path.rule, path.words, key, True)
    if negated:
        for path in paths:
            # What may follow is behind the mark: a `no` form needs no more.
            marks = frozenset[str]().union(*(passed for _, _, passed in path.node.edges))
            if path.key is not None or marks:
                return Match(path.rule, path.words, path.key if path.key is not None else len(path.words), False)
    raise BadLine("incomplete", position)


# -- reading the command files


def load(folder: Path = FOLDER) -> dict[str, Mode]:
    """All modes of the `*.txt` files, in the order of their names; a rule's place is its order in the configuration."""
    modes: dict[str, Mode] = {}
    mode: Mode | None = None
    group = 0
    for path in sorted(folder.glob("*.txt")):
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            line = raw.split("#", 1)[0].strip()
            if not line:
                continue
            if line == "!":
                group += 1
                continue
            header = re.fullmatch(r"mode (\S+) \((.+)\)", line)
            if header:
                mode = modes.setdefault(header[1], Mode(header[1], header[2]))
                continue
            if mode is None:
                raise ValueError(f"{path.name}:{number}: perintah sebelum mode")
            try:
                mode.add(_rule(line, len(mode.rules), group))
            except (ValueError, KeyError) as error:
                raise ValueError(f"{path.name}:{number}: {error}: {line}") from error
    return modes


def _rule(line: str, order: int, group: int) -> Rule:
    text, _, tail = line.partition(" -- ")
    attributes: dict[str, str] = {}
    for name, quoted, plain in re.findall(r'([\w-]+)(?:=(?:"([^"]*)"|(\S+)))?', tail):
        attributes[name] = quoted or plain
    pieces = _PIECE.findall(text)
    start = Node()
    end = _sequence(pieces, start)
    if pieces:
        raise ValueError(f"kurung tidak seimbang di {pieces}")
    end.ends = frozenset()
    _without_silent(start)
    return Rule(text.strip(), order, start, attributes, group)


def _sequence(pieces: list[str], start: Node) -> Node:
    """Builds nodes for items up to a closing bracket or bar; returns the last node."""
    here = start
    while pieces and pieces[0] not in ("]", "}", "|"):
        piece = pieces.pop(0)
        before = here
        if piece in ("[", "{"):
            here = _choice(pieces, here, optional=piece == "[")
        elif piece in ("::", "~"):
            after = Node()
            here.silent.append((after, piece))
            here = after
        else:
            after = Node()
            is_argument = piece[0] == "<" or piece in TYPES
            if piece.isupper() and not is_argument and piece not in ("RO", "RW", "1.5"):
                raise ValueError(f"jenis argumen {piece} tidak dikenal")
            here.edges.append((Item(piece, taker(piece) if is_argument else None), after, frozenset()))
            here = after
        if pieces and pieces[0] == "...":
            pieces.pop(0)
            here.silent.append((before, ""))
    return here


def _choice(pieces: list[str], start: Node, *, optional: bool) -> Node:
    end = Node()
    while True:
        branch = Node()
        start.silent.append((branch, ""))
        _sequence(pieces, branch).silent.append((end, ""))
        if pieces.pop(0) != "|":
            break
    if optional:
        start.silent.append((end, ""))
    return end


def _without_silent(start: Node) -> None:
    """Replaces silent steps by direct edges."""
    todo, seen = [start], {id(start)}
    while todo:
        node = todo.pop()
        for item, after, passed in _reachable(node):
            if (item, after, passed) not in node.edges:
                node.edges.append((item, after, passed))
            if id(after) not in seen:
                seen.add(id(after))
                todo.append(after)
        if node.ends is None and any(reached.ends is not None for reached, _ in _closure(node)):
            node.ends = frozenset()


def _closure(node: Node) -> list[tuple[Node, frozenset[str]]]:
    found: list[tuple[Node, frozenset[str]]] = [(node, frozenset())]
    for here, passed in found:
        for after, mark in here.silent:
            step = (after, passed | {mark} if mark else passed)
            if step not in found:
                found.append(step)
    return found


def _reachable(node: Node) -> list[tuple[Item, Node, frozenset[str]]]:
    edges = []
    for here, passed in _closure(node):
        for item, after, own in list(here.edges):
            edges.append((item, after, passed | own))
    return edges
