# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole configuration: what it knows of the box it is for, how lines change it, how it is printed."""

from collections.abc import Iterable

from . import grammar, interfaces
from .grammar import Match, Rule
from .hashes import encrypt7, hash_secret
from .printers import PRINTERS
from .tree import Entry, Section
from .words import Plain, PlainSecret

MODES = grammar.load()


class Config:
    """`box`: traits of the hardware and software (switch, router, l3, xe, isl); `ports`: physical interfaces;
    `factory`: nothing was ever saved."""

    def __init__(
        self, box: frozenset[str], ports: tuple[str, ...], root: Section | None = None, *, factory: bool = False
    ) -> None:
        self.box = box
        self.ports = ports
        self.root = root or Section(MODES["config"])
        #: SNMPv3 users by name: no configuration shows them, and no rollback touches them
        self.snmp_users: dict[str, dict[str, str]] = {}
        if root is None:
            for port in ports:
                section = self.section_of(f"interface {port}")
                if "router" in box and factory:
                    # Cisco ships router ports shut down; a saved configuration says which are.
                    self.line(section, "shutdown")
            if "switch" in box:
                self.section_of("interface Vlan1")

    def copy(self) -> "Config":
        copy = Config(self.box, self.ports, self.root.copy())
        copy.snmp_users = self.snmp_users
        return copy

    # -- traits

    def traits(self, section: Section) -> frozenset[str]:
        """What decides which commands exist in this section now."""
        found = set(self.box)
        if self.root.get("aaa new-model"):
            found.add("aaa")
        if "router" in found or self.root.get("ip routing"):
            found.add("routing")
        if section.mode.name == "interface":
            found |= self._port_traits(section)
        return frozenset(found)

    def _port_traits(self, section: Section) -> set[str]:
        kind = interfaces.kind(section.name)
        found = {kind}
        if "switch" not in self.box or kind not in ("physical", "portchannel"):
            return found | {"routed"}
        found.add("l2port")
        if "l3" in self.box:
            found.add("switchable")
        routed = any(entry.negated for entry in section.find("switchport"))
        return found | {"routed" if routed else "switchport"}

    # -- changing

    def line(self, section: Section, text: str) -> Entry | None:
        """Stores a line without side effects; for the emulator's own use."""
        match = section.mode.parse(text, self.traits(section))
        return self.store(section, match)

    def section_of(self, text: str, parent: Section | None = None) -> Section:
        """The section under a header line, made when it is missing."""
        entry = self.line(parent or self.root, text)
        assert entry is not None
        assert entry.section is not None
        return entry.section

    def store(self, section: Section, match: Match, **more: object) -> Entry | None:
        """The ordinary effect of a line: it stands in the configuration, unless it is the default."""
        rule = match.rule
        words = tuple(self.finished(word) for word in match.words)
        if rule.default == " ".join(words) or (rule.switch and rule.default_on and not rule.both):
            self._drop(section, match)
            return None
        entry = Entry(rule, words, match.key, **more)  # type: ignore[arg-type]
        entry = section.add(entry)
        if rule.mode and entry.section is None:
            entry.section = Section(MODES[rule.mode], words[: match.key], section)
        return entry

    def remove(self, section: Section, match: Match) -> bool:
        """The ordinary effect of `no`: the line is gone, a switch that is on by default is off. False: nothing was
        there."""
        rule = match.rule
        if (rule.switch and rule.default_on) or (rule.switch and rule.both):
            section.add(Entry(rule, match.words, match.key, negated=True))
            return True
        gone = self._drop(section, match)
        if "negative" in rule.attributes:
            head = match.words[: match.key]
            section.add(Entry(rule, head, len(head), negated=True))
        return gone

    def _drop(self, section: Section, match: Match) -> bool:
        start = match.words[: match.key] if match.rule.keyed else match.words
        found = [e for e in section.entries.values() if e.rule is match.rule and e.words[: len(start)] == start]
        for entry in found:
            section.discard(entry)
        return bool(found)

    def finished(self, word: str) -> str:
        """Secrets as they are stored."""
        if isinstance(word, PlainSecret):
            kind = 9 if "xe" in self.box else 5
            return f"{kind} {hash_secret(word, kind)}"
        if isinstance(word, Plain) and self.encrypts:
            return f"7 {encrypt7(word)}"
        return word

    @property
    def encrypts(self) -> bool:
        return self.root.get("service password-encryption") is not None

    def encrypt_all(self) -> None:
        """`service password-encryption` also hides what was typed before."""
        self.root.touch()
        for section in self.every_section(self.root):
            for entry in section.entries.values():
                entry.words = tuple(self.finished(word) for word in entry.words)

    def every_section(self, section: Section) -> Iterable[Section]:
        yield section
        for entry in section.entries.values():
            if entry.section is not None:
                yield from self.every_section(entry.section)

    # -- facts others ask for

    @property
    def hostname(self) -> str:
        entry = self.root.get("hostname")
        return entry.words[1] if entry else ("Switch" if "switch" in self.box else "Router")

    def interface(self, name: str) -> Section | None:
        return next(iter(self.root.sections(f"interface {name}")), None)

    def interfaces(self) -> list[Section]:
        return sorted(self.root.sections("interface"), key=lambda section: interfaces.order(section.name))

    # -- printing

    def lines(self) -> list[str]:
        """Everything from `version` on without the end; `!` between groups as IOS prints it."""
        if self.root.printed is None:
            self.root.printed = tuple(self._print())
        return list(self.root.printed)

    def _print(self) -> list[str]:
        out: list[str] = []
        group = None
        for rule, entries in self.root.visible(self.traits(self.root)):
            shown = self._shown(rule, entries, self.root, 0)
            if not shown:
                continue
            if group is not None and (rule.group != group or rule.mode):
                out.append("!")
            group = rule.group
            out += shown
        return out

    def body(self, section: Section, depth: int) -> list[str]:
        out: list[str] = []
        if section.mode.name in ("acl-std", "acl-ext"):
            return [" " * depth + line for line in self.acl_lines(section)]
        if section.mode.name == "class-map":
            for entry in sorted(section.entries.values(), key=lambda found: found.stamp):
                out += self.entry_lines(entry, depth)
            return out
        for rule, entries in section.visible(self.traits(section)):
            out += self._shown(rule, entries, section, depth)
        return out

    def _shown(self, rule: Rule, entries: list[Entry], section: Section, depth: int) -> list[str]:
        pad = " " * depth
        if rule.printer:
            return PRINTERS[rule.printer](self, section, entries)
        if not entries:
            text = rule.absent or ("" if rule.default_on else "no ") + rule.text
            if rule.absent == "hostname":
                text = f"hostname {self.hostname}"
            return [pad + text] if not self._contradicted(rule, section) else []
        out: list[str] = []
        for entry in entries:
            if out and entry.section and depth == 0:
                out.append("!")
            out += self.entry_lines(entry, depth)
        return out

    def entry_lines(self, entry: Entry, depth: int) -> list[str]:
        pad = " " * depth
        text = " ".join(f"0 {word}" if isinstance(word, Plain) and word.zero else word for word in entry.words)
        shown = [f"{pad}{'no ' if entry.negated else ''}{text}", *entry.raw]
        if entry.section is not None:
            shown += self.body(entry.section, depth + entry.rule.indent)
            if entry.section.mode.name in ("bgp-af", "vrf-af"):
                shown.append(f"{pad}exit-address-family")
        return shown

    def acl_lines(self, section: Section, *, numbers: bool | None = None) -> list[str]:
        """The entries of an access list; `deny` is padded to the width of `permit`."""
        shown = "xe" in self.box if numbers is None else numbers
        out = []
        for entry in sorted(section.entries.values(), key=lambda found: found.sequence or 0):
            text = " ".join(("deny  ", *entry.words[1:]) if entry.words[0] == "deny" else entry.words)
            out.append(f"{entry.sequence} {text}" if shown else text)
        return out

    def _contradicted(self, rule: Rule, section: Section) -> bool:
        """`no ip address` is not shown beside an address."""
        return rule.effect == "no_ip_address" and bool(section.find("ip address") or section.find("ip unnumbered"))
