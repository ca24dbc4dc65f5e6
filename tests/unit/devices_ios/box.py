# SPDX-License-Identifier: GPL-3.0-or-later
"""A second, much smaller IOS for property tests: it knows nothing of the platform's rules and shares no code with them.

It keeps lines as IOS does for the few commands that `configurations` generates: single-valued ones by a slot, access
lists by number, addresses that may not overlap. `problems` collects what a real device would have complained about.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

SLOTS = (
    r"(hostname) ",
    r"(snmp-server location) ",
    r"(banner motd)\b",
    r"(enable secret) ",
    r"(username \S+) ",
    r"(ip prefix-list \S+ seq \d+) ",
    r"(description) ",
    r"(ip address) (?!.*secondary)",
    r"(ip access-group) \S+ (in|out)$",
    r"(ip ospf cost) ",
    r"(switchport mode) ",
    r"(switchport access vlan) ",
    r"(name) ",
    r"(router-id) ",
    r"(transport input) ",
    r"(exec-timeout) ",
    r"(access-class) \S+ (in)$",
    r"(set metric) ",
)
SECTION = re.compile(
    r"^(interface|vlan|router|line|ip access-list (standard|extended)|route-map|policy-map|aaa group server) "
)
FIXED = re.compile(r"^(interface GigabitEthernet|line )")
ACL = re.compile(r"^ip access-list (standard|extended) (\S+)$")


def slot(line: str) -> str | None:
    for pattern in SLOTS:
        match = re.match(pattern, line)
        if match:
            return " ".join(group for group in match.groups() if group)
    return None


class Box:
    """``sections``: header → lines in order of entry; ``lists``: access list header → entries by number."""

    def __init__(self, text: str = "") -> None:
        self.sections: dict[str, list[str]] = {"": []}
        self.lists: dict[str, dict[int, str]] = {}
        self.problems: list[str] = []
        self._where: list[str] = []
        self._text: tuple[str, str, list[str]] | None = None
        self.enter(text.split("\n"))

    def copy(self) -> Box:
        fresh = Box()
        fresh.sections = {header: list(lines) for header, lines in self.sections.items()}
        fresh.lists = {header: dict(entries) for header, entries in self.lists.items()}
        return fresh

    def state(self) -> dict[str, object]:
        """What counts: order only in access lists and policies."""
        ordered = ("policy-map ", "aaa group server ")
        found: dict[str, object] = {
            header: tuple(lines) if header.startswith(ordered) else frozenset(lines)
            for header, lines in self.sections.items()
            if lines or not header.startswith("interface GigabitEthernet")
        }
        found |= {
            header: tuple(entries[number] for number in sorted(entries)) for header, entries in self.lists.items()
        }
        return found

    def enter(self, lines: Iterable[str]) -> None:
        self._where = []
        for raw in lines:
            line = raw.strip(" ")
            if self._text is not None:
                head, mark, body = self._text
                if mark in line:
                    self._put("", "\n".join([head, *body]))
                    self._text = None
                else:
                    body.append(raw)
            elif line and not line.startswith("!") and line != "end":
                self._line(line)

    def _line(self, line: str) -> None:
        banner = re.match(r"^(banner motd) (\^C|\S)$", line)
        if banner:
            self._where, self._text = [], (banner[1], banner[2], [])
        elif line == "exit":
            self._where = self._where[:-1]
        elif SECTION.match(line) and (match := ACL.match(line)):
            other = f"ip access-list {'extended' if match[1] == 'standard' else 'standard'} {match[2]}"
            if other in self.lists:
                self.problems.append(f"{line}: access-list type conflict")
            self.lists.setdefault(line, {})
            self._where = [line]
        elif line.startswith("ip access-list resequence "):
            self._resequence(line)
        elif SECTION.match(line):
            self._open(line)
        elif line.startswith(("no ", "default ")) and line != "no switchport":
            self._negate(line.partition(" ")[2])
        elif self._where and self._where[-1] in self.lists:
            self._entry(self.lists[self._where[-1]], line)
        else:
            self._put(
                self._where[-1] if self._where and not line.startswith(("ip route", "ip prefix-list")) else "", line
            )

    def _open(self, line: str) -> None:
        conflict = re.match(r"^route-map (\S+) \w+ (\d+)$", line)
        if conflict:
            for header in list(self.sections):
                if header != line and re.match(rf"^route-map {conflict[1]} \w+ {conflict[2]}$", header):
                    self.sections[line] = self.sections.pop(header)
        self.sections.setdefault(line, [])
        self._where = [line]

    def _resequence(self, line: str) -> None:
        *_, name, start, step = line.split()
        for header, entries in self.lists.items():
            if header.endswith(f" {name}"):
                ordered = [entries[number] for number in sorted(entries)]
                entries.clear()
                entries.update({int(start) + int(step) * index: text for index, text in enumerate(ordered)})
                self._where = []
                return
        self.problems.append(f"{line}: no such list")

    def _entry(self, entries: dict[int, str], line: str) -> None:
        number, _, text = line.partition(" ") if line[0].isdigit() else ("", "", line)
        if text in entries.values():
            self.problems.append(f"{line}: duplicate entry ignored")
        elif number and int(number) in entries:
            self.problems.append(f"{line}: duplicate sequence number")
        else:
            entries[int(number) if number else max(entries, default=0) // 10 * 10 + 10] = text

    def _put(self, section: str, line: str) -> None:
        lines = self.sections[section]
        if line == "switchport":
            lines[:] = [other for other in lines if other != "no switchport"]
            return
        address = re.match(r"^ip address (\S+) (\S+)$", line)
        if address and section.startswith("interface"):
            mine = ipaddress.IPv4Network(f"{address[1]}/{address[2]}", strict=False)
            for header, others in self.sections.items():
                for other in others if header != section else ():
                    found = re.match(r"^ip address (\S+) (\S+)$", other)
                    if found and mine.overlaps(ipaddress.IPv4Network(f"{found[1]}/{found[2]}", strict=False)):
                        self.problems.append(f"{section}: {line} overlaps with {header}")
                        return
        key = slot(line)
        taken = line not in lines and any(slot(other) == key for other in lines)
        if taken and key is not None and key.startswith("ip prefix-list"):
            self.problems.append(f"{line}: prefix-list entry exists")
            return
        if key is not None:
            lines[:] = [other for other in lines if slot(other) != key]
        if line not in lines:
            lines.append(line)

    def _negate(self, text: str) -> None:
        if text in self.sections and not FIXED.match(text):
            del self.sections[text]
            self._where = []
            return
        if text in self.lists:
            del self.lists[text]
            self._where = []
            return
        if SECTION.match(text):
            self.problems.append(f"no {text}: not there")
            return
        section = self._where[-1] if self._where else ""
        if section in self.lists:
            self._negate_entry(self.lists[section], text)
            return
        for candidate in dict.fromkeys((section, "")):
            lines = self.sections[candidate]
            gone = [line for line in lines if line == text or line.startswith((f"{text} ", f"{text}\n"))]
            if gone:
                lines[:] = [line for line in lines if line not in gone]
                return
        if text != "shutdown":
            self.problems.append(f"no {text}: not there")

    def _negate_entry(self, entries: dict[int, str], text: str) -> None:
        numbers = [number for number, entry in entries.items() if entry == text or str(number) == text]
        if not numbers:
            self.problems.append(f"no {text}: no such entry")
        for number in numbers:
            del entries[number]
