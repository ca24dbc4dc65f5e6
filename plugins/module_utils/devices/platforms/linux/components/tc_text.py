# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``tc qdisc/class/filter show`` print: made comparable, and turned back into commands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: what differs between two devices with the same configuration: reference counts, the driver's queue length, offload
#: marks, automatic handles
_VOLATILE = re.compile(
    r" refcnt \d+| direct_packets_stat \d+| direct_qlen \d+| (not_)?in_hw(_count \d+)?\b| leaf 8[0-9a-f]{3}:|\s+$"
)
_AUTOMATIC = re.compile(r"^(qdisc \S+) 8[0-9a-f]{3}:")
#: queueing that the kernel puts on an interface by itself
_KERNEL_OWN = re.compile(r"^qdisc \S+ 0: ")
_QDISC = re.compile(
    r"qdisc (?P<kind>\S+)(?: (?P<handle>[0-9a-f]+:))? (?P<parent>root|parent \S+|ingress\S* \S+)(?P<options>.*)"
)
_CLASS = re.compile(r"class (?P<kind>\S+) (?P<id>\S+) (?P<parent>root|parent \S+)(?: leaf \S+)?(?P<options>.*)")
_U32 = re.compile(
    r"filter (?P<parent>parent \S+) protocol (?P<protocol>\S+) pref (?P<pref>\d+) u32 .*?"
    r"(?:flowid|classid) (?P<flow>\S+)(?P<rest>.*)"
)
_U32_MATCH = re.compile(r"match ([0-9a-f]{8})/([0-9a-f]{8}) at (-?\d+)")
_FLOWER = re.compile(
    r"filter (?P<parent>parent \S+) protocol (?P<protocol>\S+) pref (?P<pref>\d+) flower .*?"
    r"(?:flowid|classid) (?P<flow>\S+)(?P<rest>.*)"
)
_RULE = re.compile(r" handle | fh [0-9a-f]*:[0-9a-f]*:[0-9a-f]+ ")
#: where the kernel put a rule, which it decides itself
_RULE_PLACE = re.compile(r" chain 0| fh \S+| order \d+| key ht \S+ bkt \S+| handle 0x[0-9a-f]+")
#: sizes and times are printed with units that tc does not read back in these options
_UNREADABLE = re.compile(r"(?<=limit )(\d+)p\b|(?<=perturb )(\d+)sec\b")


@dataclass(frozen=True)
class Shaping:
    """Canonical lines of one interface, sorted within each kind."""

    qdiscs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()

    def lines(self) -> str:
        """Canonical text."""
        return "".join(f"{line}\n" for line in (*self.qdiscs, *self.classes, *self.filters))


def parse(output: str) -> Shaping:
    """Parse the three ``show`` outputs of one interface, one after the other."""
    found: dict[str, list[str]] = {"qdisc": [], "class": [], "filter": []}
    for line in _joined(output):
        if _KERNEL_OWN.match(line):
            continue
        text = _AUTOMATIC.sub(r"\1", _VOLATILE.sub("", line))
        kind = text.split(" ", 1)[0]
        # A classifier also lists itself and its hash tables; only entries that lead somewhere are rules.
        if kind == "filter":
            if not _RULE.search(text):
                continue
            text = _RULE_PLACE.sub("", text)
        if kind in found:
            found[kind].append(" ".join(text.split()))
    return Shaping(*(tuple(sorted(lines)) for lines in found.values()))


def update(device: str, wanted: Shaping, present: Shaping) -> list[str] | None:
    """``tc`` commands that turn ``present`` into ``wanted`` while packets flow.

    None when that cannot be: the queueing itself differs, or a line is of a kind we cannot write as a command. Then it
    must be built anew.
    """
    if wanted.qdiscs != present.qdiscs:
        return None
    if {_place(line) for line in wanted.classes if _class_id(line) in map(_class_id, present.classes)} - {
        _place(line) for line in present.classes
    }:
        return None  # a class cannot be moved to another parent
    commands: list[str] = []
    if wanted.filters != present.filters:
        parents = sorted({match[0] for line in present.filters if (match := re.search(r"parent \S+", line))})
        commands += [f"filter del dev {device} {parent}" for parent in parents]
    kept = {_class_id(line) for line in wanted.classes}
    removed = [line for line in present.classes if _class_id(line) not in kept]
    commands += [f"class del dev {device} classid {_class_id(line)}" for line in reversed(_parents_first(removed))]
    for line in _parents_first(set(wanted.classes) - set(present.classes)):
        command = class_command(device, line)
        if command is None:
            return None
        commands.append(command)
    if wanted.filters != present.filters:
        for line in wanted.filters:
            command = filter_command(device, line)
            if command is None:
                return None
            commands.append(command)
    return commands


def rebuild(device: str, shaping: Shaping) -> list[str] | None:
    """``tc`` commands that build a shaping on an interface that has none; None when a line cannot be written so."""
    commands = [
        *(qdisc_command(device, line) for line in shaping.qdiscs if " root" in line),
        *(class_command(device, line) for line in _parents_first(shaping.classes)),
        *(qdisc_command(device, line) for line in shaping.qdiscs if " root" not in line),
        *(filter_command(device, line) for line in shaping.filters),
    ]
    return None if None in commands else [command for command in commands if command is not None]


def qdisc_command(device: str, line: str) -> str | None:
    """``qdisc add`` from a canonical line."""
    match = _QDISC.fullmatch(line)
    if match is None:
        return None
    handle = f" handle {match['handle']}" if match["handle"] else ""
    if match["kind"] in ("ingress", "clsact"):
        return f"qdisc add dev {device} {match['kind']}"
    return f"qdisc add dev {device} {match['parent']}{handle} {match['kind']}{_readable(match['options'])}"


def class_command(device: str, line: str) -> str | None:
    """``class replace`` from a canonical line."""
    match = _CLASS.fullmatch(line)
    if match is None:
        return None
    parent = f"parent {match['id'].split(':')[0]}:" if match["parent"] == "root" else match["parent"]
    return f"class replace dev {device} {parent} classid {match['id']} {match['kind']}{_readable(match['options'])}"


def filter_command(device: str, line: str) -> str | None:
    """``filter add`` from a canonical line, for u32 and flower."""
    match = _U32.fullmatch(line)
    if match:
        matches = " ".join(
            f"match u32 0x{value} 0x{mask} at {at}" for value, mask, at in _U32_MATCH.findall(match["rest"])
        )
        rule = f"u32 {matches or 'match u32 0 0'} flowid {match['flow']}"
    elif match := _FLOWER.fullmatch(line):
        keys = re.sub(r" ?eth_type \S+", "", match["rest"])
        rule = f"flower{keys} classid {match['flow']}"
    else:
        return None
    return f"filter add dev {device} {match['parent']} protocol {match['protocol']} prio {match['pref']} {rule}"


def _joined(output: str) -> Iterable[str]:
    """Lines with their indented continuations."""
    lines: list[str] = []
    for line in output.splitlines():
        if line[:1].isspace() and lines:
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        elif line.strip():
            lines.append(line.rstrip())
    return lines


def _class_id(line: str) -> str:
    return line.split()[2]


def _place(line: str) -> tuple[str, str]:
    match = _CLASS.fullmatch(line)
    return (match["id"], match["parent"]) if match else (line, "")


def _parents_first(lines: Iterable[str]) -> list[str]:
    remaining = sorted(lines)
    ordered: list[str] = []
    while remaining:
        pending = {_class_id(line) for line in remaining}
        ready = [line for line in remaining if not any(f" parent {one} " in line for one in pending)] or remaining
        ordered += ready
        remaining = [line for line in remaining if line not in ready]
    return ordered


def _readable(options: str) -> str:
    return _UNREADABLE.sub(lambda match: match[1] or match[2], options)
