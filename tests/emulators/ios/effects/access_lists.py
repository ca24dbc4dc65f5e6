# SPDX-License-Identifier: GPL-3.0-or-later
"""Access lists: sequence numbers, and addresses as IOS writes them back."""

import ipaddress

from ..act import Act, Answer, Refused, effect
from ..config import MODES
from ..grammar import BadLine, Match
from ..tree import Entry, Section

_STEP = 10


@effect
def acl_list(act: Act) -> Answer:
    name = act.words[-1]
    kind = act.words[2]
    other = "standard" if kind == "extended" else "extended"
    if act.config.root.find(f"ip access-list {other} {name}"):
        raise Refused(
            "Access-list type conflicts with prior definition\n"
            f"% A named {other} IP access list with this name already exists"
        )
    act.usual()
    return None


def _tidy(words: tuple[str, ...], *, standard: bool) -> tuple[str, ...]:
    """`10.1.1.1 0.0.0.0` -> `host 10.1.1.1` (standard lists: the bare address), wild 255.255.255.255 -> `any`, bits
    under the wildcard cleared."""
    out: list[str] = []
    i = 0
    while i < len(words):
        word = words[i]
        if word == "host" and standard:
            out.append(words[i + 1])
            i += 2
            continue
        if word == "host":
            out += words[i : i + 2]
            i += 2
            continue
        if not _is_address(word):
            out.append(word)
            i += 1
            continue
        wild = words[i + 1] if i + 1 < len(words) and _is_address(words[i + 1]) else None
        i += 1 if wild is None else 2
        out += _source(word, wild, standard=standard)
    return tuple(out)


def _source(address: str, wild: str | None, *, standard: bool) -> list[str]:
    if wild in (None, "0.0.0.0"):
        return [address] if standard else ["host", address]
    if wild == "255.255.255.255":
        return ["any"]
    mask = int(ipaddress.IPv4Address(wild)) ^ 0xFFFFFFFF
    return [str(ipaddress.IPv4Address(int(ipaddress.IPv4Address(address)) & mask)), str(wild)]


def _is_address(word: str) -> bool:
    return word.count(".") == 3 and word.replace(".", "").isdecimal()


def _put(act: Act, section: Section, words: tuple[str, ...], wanted: int | None) -> None:
    # Remarks may be repeated, and entering one again does so.
    same = [entry for entry in section.entries.values() if entry.words == words and words[0] != "remark"]
    if wanted is None:
        if same:
            return
        last = max((entry.sequence or 0 for entry in section.entries.values()), default=0)
        wanted = last + _STEP
    elif any(entry.sequence == wanted and entry.words != words for entry in section.entries.values()):
        raise Refused("% Duplicate sequence number")
    elif same:
        if same[0].sequence == wanted:
            return
        raise Refused(
            "% Access rule can't be configured at higher sequence num as it is part of the existing rule "
            f"at sequence num {same[0].sequence}"
        )
    rule = act.match.rule
    section.put(Entry(rule, words, len(words), sequence=wanted))


@effect
def acl_entry(act: Act) -> Answer:
    words = act.words
    wanted = None
    if words[0].isdecimal():
        wanted, words = int(words[0]), words[1:]
    if words[0] != "remark":
        words = _tidy(words, standard=act.section.mode.name == "acl-std")
    if not act.no:
        _put(act, act.section, words, wanted)
        return None
    for entry in list(act.section.entries.values()):
        if entry.words == words and wanted in (None, entry.sequence):
            act.section.discard(entry)
    return None


@effect
def acl_by_number(act: Act) -> Answer:
    """`no 10` takes away the entry with that sequence number."""
    if not act.no:
        raise BadLine("incomplete", len(act.who.line))
    for entry in list(act.section.entries.values()):
        if entry.sequence == int(act.words[0]):
            act.section.discard(entry)
    return None


def _numbered(act: Act, kind: str) -> Answer:
    """`access-list 10 …`; the `no` form of any of its lines takes away the whole list, as it always did."""
    number = act.words[1]
    header = f"ip access-list {kind} {number}"
    if act.no:
        act.config.root.clear(header)
        return None
    section = act.config.section_of(header)
    words = act.words[2:]
    wanted = None
    if words[0].isdecimal():
        wanted, words = int(words[0]), words[1:]
    mode = MODES["acl-std" if kind == "standard" else "acl-ext"]
    inner = mode.parse(" ".join(words), act.config.traits(section))
    twin = Act(act.config, section, Match(inner.rule, inner.words, inner.key, True), False, act.who)
    _put(twin, section, _tidy(inner.words, standard=kind == "standard"), wanted)
    return None


@effect
def numbered_standard(act: Act) -> Answer:
    return _numbered(act, "standard")


@effect
def numbered_extended(act: Act) -> Answer:
    return _numbered(act, "extended")


@effect
def numbered_remark(act: Act) -> Answer:
    number = int(act.words[1])
    return _numbered(act, "standard" if number < 100 or 1300 <= number < 2000 else "extended")


@effect
def acl_resequence(act: Act) -> Answer:
    name, start, step = act.words[3], int(act.words[4]), int(act.words[5])
    for kind in ("standard", "extended"):
        for section in act.config.root.sections(f"ip access-list {kind} {name}"):
            entries = sorted(section.entries.values(), key=lambda entry: (entry.sequence or 0, entry.stamp))
            section.entries = {}
            for index, entry in enumerate(entries):
                entry.sequence = start + index * step
                section.put(entry)
    return None
