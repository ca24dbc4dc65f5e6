# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands that are printed otherwise than they are stored (`print=` in the command files)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from .tree import Entry, Section

if TYPE_CHECKING:
    from .config import Config

Printer = Callable[["Config", Section, list[Entry]], list[str]]


def _numbered(kind: str) -> Printer:
    def show(config: "Config", section: Section, _entries: list[Entry]) -> list[str]:
        """Numbered access lists as IOS 15 prints them: flat lines without sequence numbers."""
        if "xe" in config.box:
            return []
        lists = [found for found in section.sections(f"ip access-list {kind}") if found.name.isdecimal()]
        return [
            f"access-list {found.name} {line}"
            for found in sorted(lists, key=lambda found: int(found.name))
            for line in config.acl_lines(found, numbers=False)
        ]

    return show


def _named(config: "Config", _section: Section, entries: list[Entry]) -> list[str]:
    ordered = sorted(entries, key=lambda entry: (entry.words[-1].isdecimal(), entry.words[-1]))
    shown = [entry for entry in ordered if "xe" in config.box or not entry.words[-1].isdecimal()]
    return [line for entry in shown for line in config.entry_lines(entry, 0)]


def _vlans(config: "Config", section: Section, entries: list[Entry]) -> list[str]:
    """VLANs stand in the running configuration only where VTP does not own them."""
    mode = section.get("vtp mode")
    if mode is None or mode.words[-1] not in ("transparent", "off"):
        return []
    own = [entry for entry in entries if entry.words[1] != "1"]
    bare = [entry for entry in own if entry.section is None or not entry.section.entries]
    out: list[str] = []
    if bare:
        out.append("vlan " + ",".join(sorted((entry.words[1] for entry in bare), key=int)))
    for entry in sorted((entry for entry in own if entry not in bare), key=lambda found: int(found.words[1])):
        out += (["!"] if out else []) + config.entry_lines(entry, 0)
    return out


def _neighbors(config: "Config", section: Section, _entries: list[Entry]) -> list[str]:
    """BGP prints all lines of one neighbour, then those of the next."""
    found = section.find("neighbor")
    first: dict[str, int] = {}
    for entry in found:
        first[entry.words[1]] = min(entry.stamp, first.get(entry.words[1], entry.stamp))
    found.sort(key=lambda entry: (first[entry.words[1]], entry.rule.order, entry.stamp))
    return [line for entry in found for line in config.entry_lines(entry, 1)]


def _nothing(_config: "Config", _section: Section, _entries: list[Entry]) -> list[str]:
    return []


PRINTERS: dict[str, Printer] = {
    "numbered_standard": _numbered("standard"),
    "numbered_extended": _numbered("extended"),
    "named": _named,
    "vlans": _vlans,
    "neighbors": _neighbors,
    "nothing": _nothing,
}
