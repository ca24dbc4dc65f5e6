# SPDX-License-Identifier: GPL-3.0-or-later
"""Access lists: ordered entries, compared without their numbers, and edited so that no step opens or closes anything.

The order of an edit, for any lists: keep what both have in common order; enter the new entries from the top down, each
before the old ones of its gap; then take the old ones back from the bottom up. Whatever packet arrives in between is
judged as the former or as the intended list would: while entering, the first entry that matches is either the first
one of the old list or the first of the new; while removing likewise, and a packet that nothing matches any more is
one that the new list does not match. An entry that moves cannot stand twice (IOS ignores a duplicate whatever its
number), so such a list is edited while a copy of the new one is in force (`access_lists`).

Sources: "IP Access List Entry Sequence Numbering" (Cisco): numbers from 10 in steps of 10 unless given,
``no <number>``, ``ip access-list resequence``, duplicates ignored.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_NUMBERED = re.compile(r"^(?:sequence )?(\d+) (.*)$")
_TRAILING = re.compile(r"^(.*) sequence (\d+)$")
_ENTRY = re.compile(r"^(permit|deny|evaluate|dynamic)\b")
#: IOS prints these ports by name (command reference "access-list (IP extended)"); both spellings are one
_TCP = {
    7: "echo", 9: "discard", 13: "daytime", 19: "chargen", 20: "ftp-data", 21: "ftp", 23: "telnet", 25: "smtp",
    37: "time", 43: "whois", 49: "tacacs", 53: "domain", 70: "gopher", 79: "finger", 80: "www", 101: "hostname",
    109: "pop2", 110: "pop3", 111: "sunrpc", 113: "ident", 119: "nntp", 179: "bgp", 194: "irc", 496: "pim-auto-rp",
    512: "exec", 513: "login", 514: "cmd", 515: "lpd", 517: "talk", 540: "uucp", 543: "klogin", 544: "kshell",
}  # fmt: skip
_UDP = {
    7: "echo", 9: "discard", 37: "time", 42: "nameserver", 49: "tacacs", 53: "domain", 67: "bootps", 68: "bootpc",
    69: "tftp", 111: "sunrpc", 123: "ntp", 137: "netbios-ns", 138: "netbios-dgm", 139: "netbios-ss", 161: "snmp",
    162: "snmptrap", 177: "xdmcp", 195: "dnsix", 434: "mobile-ip", 496: "pim-auto-rp", 500: "isakmp", 512: "biff",
    513: "who", 514: "syslog", 517: "talk", 520: "rip", 4500: "non500-isakmp",
}  # fmt: skip
#: port numbers by what IOS calls them
PORTS = {name: number for table in (_UDP, _TCP) for number, name in table.items()}


@dataclass(frozen=True)
class AccessList:
    """``entries`` in order, in one spelling and without numbers; ``numbers`` beside them where the device shows them.

    ``layout`` is all of it, remarks among the entries, as it is entered into an empty list.
    """

    header: str
    entries: tuple[str, ...] = ()
    numbers: tuple[int | None, ...] = ()
    layout: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The list's name or number."""
        return self.header.split()[-1]


def read(header: str, lines: Iterable[str]) -> AccessList:
    """Make an access list of the lines of its section."""
    entries: list[str] = []
    numbers: list[int | None] = []
    layout: list[str] = []
    for line in lines:
        number, text = split(line)
        text = canonical(header, text)
        if not _ENTRY.match(text):
            layout.append(text)
        elif text not in entries:
            entries.append(text)
            numbers.append(number)
            layout.append(text)
    return AccessList(header, tuple(entries), tuple(numbers), tuple(layout))


def split(line: str) -> tuple[int | None, str]:
    """Number (None where none is written) and text of an entry."""
    match = _NUMBERED.match(line)
    if match is not None:
        return int(match[1]), match[2]
    match = _TRAILING.match(line)
    return (int(match[2]), match[1]) if match is not None else (None, line)


def canonical(header: str, entry: str) -> str:
    """One spelling of an entry: the one that ``show running-config`` prints."""
    if not _ENTRY.match(entry):
        return entry
    entry = " ".join(entry.split())
    text = re.sub(r"\b0\.0\.0\.0 255\.255\.255\.255\b", "any", entry)
    text = re.sub(r"(?<![\d.])(\d+\.\d+\.\d+\.\d+) 0\.0\.0\.0(?![\d.])", r"host \1", text)
    if " standard " in header:
        return re.sub(r"\bhost ", "", text)
    text = re.sub(r"^(permit|deny) 6 ", r"\1 tcp ", text)
    text = re.sub(r"^(permit|deny) 17 ", r"\1 udp ", text)
    names = _TCP if " tcp " in text else _UDP if " udp " in text else {}

    def named(match: re.Match[str]) -> str:
        return match[1] + " ".join(names.get(int(port), port) if port.isdigit() else port for port in match[2].split())

    return re.sub(r"\b((?:eq|neq|gt|lt) |range (?=\S+ ))((?<=range )\S+ \S+|\S+)", named, text)


def normal_form(entries: Sequence[str]) -> str:
    """One text for all lists that decide alike because they differ only in the order among neighbours of one action."""
    runs: list[list[str]] = []
    for entry in entries:
        if runs and _action(runs[-1][0]) == _action(entry):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return "".join(f" {entry}\n" for run in runs for entry in sorted(run))


def align(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """``after`` with neighbours of one action in the order that ``before`` has them: fewer entries move."""
    place = {entry: index for index, entry in enumerate(before)}
    result: list[str] = []
    run: list[str] = []
    for entry in [*after, ""]:
        if run and (not entry or _action(run[0]) != _action(entry)):
            kept = iter(sorted((item for item in run if item in place), key=place.__getitem__))
            result += [next(kept) if item in place else item for item in run]
            run = []
        if entry:
            run.append(entry)
    return result


def edit(before: AccessList, after: Sequence[str]) -> tuple[list[str], list[str], bool]:
    """Change a list in place: commands below its header, those that undo them from any point, and whether some move.

    ``resequence <start> <step>`` as the first command stands for the global one. Undoing names entries by their text,
    as what stands where is not known then; entries that move cannot be undone so.
    """
    kept, gaps = _merge(before.entries, after)
    moving = {new for gap in gaps for new in gap[0]} & {old for gap in gaps for old in gap[1]}
    numbers, step = _numbers(before, kept, gaps)
    commands = [f"resequence {step} {step}"] if step else []
    position = 0
    low = 0
    removals: list[str] = []
    fresh: list[str] = []
    for index, (new, old) in enumerate(gaps):
        high = numbers[position] if position < len(numbers) else low + 10 * (len(new) + 1)
        for rank, entry in enumerate(new, 1):
            if entry in moving:
                commands.append(f"no {numbers[before.entries.index(entry)]}")
            commands.append(f"{low + (high - low) * rank // (len(new) + 1)} {entry}")
            fresh.append(entry)
        removals += [entry for entry in old if entry not in moving]
        position += len(old) + (1 if index < len(kept) else 0)
        low = numbers[position - 1] if position else 0
    commands += [f"no {numbers[before.entries.index(entry)]}" for entry in reversed(removals)]
    undo = [f"{numbers[before.entries.index(entry)]} {entry}" for entry in removals]
    undo += [f"no {entry}" for entry in reversed(fresh)]
    return commands, undo, bool(moving)


def _merge(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[tuple[list[str], list[str]]]]:
    """What both have, and the gaps around it: (new entries, old entries) before each common one and after the last."""
    kept: list[str] = []
    gaps: list[tuple[list[str], list[str]]] = [([], [])]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            for entry in before[a0:a1]:
                kept.append(entry)
                gaps.append(([], []))
        else:
            gaps[-1][1].extend(before[a0:a1])
            gaps[-1][0].extend(after[b0:b1])
    return kept, gaps


def _numbers(
    before: AccessList, kept: Sequence[str], gaps: Sequence[tuple[list[str], list[str]]]
) -> tuple[list[int], int]:
    """The numbers of the former entries, and the step to renumber them by first (0: they stay)."""
    if not before.entries:
        return [], 0
    known = [number for number in before.numbers if number is not None]
    if len(known) == len(before.entries):
        position, low, room = 0, 0, True
        for index, (new, old) in enumerate(gaps):
            if new and position < len(known):
                room &= known[position] - low > len(new)
            position += len(old) + (1 if index < len(kept) else 0)
            low = known[position - 1] if position else 0
        if room:
            return known, 0
    widest = max(len(new) for new, _ in gaps)
    step = 10 if widest < 10 else 100 if widest < 100 else 1000
    return [step * (index + 1) for index in range(len(before.entries))], step


def _action(entry: str) -> str:
    # `evaluate` and `dynamic` stand for entries that nobody sees here: nothing commutes with them.
    word = entry.split()[0]
    return word if word in ("permit", "deny") else entry
