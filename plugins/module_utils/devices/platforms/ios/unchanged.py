# SPDX-License-Identifier: GPL-3.0-or-later
"""The quick answer for a device that is as it should be: its sections read, line for line, as intended.

In a fleet nearly every device is, and comparing trees costs three times what logging in does. Whatever is not word for
word the same goes the long way; there IOS may still mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...state import Comparison
from . import ownership
from .accounts import CHAIN, keys
from .outline import Section, sections
from .parse import Intended
from .reading import Reading
from .text import Line, TextError, scan
from .tree import headers, is_factory

#: top-level lines whose order among each other decides; everywhere else it is that of the numbers in them
_ORDERED = re.compile(r"^access-list \d+ ")


def comparison(intended: Intended, reading: Reading) -> Comparison | None:
    """Nothing differs: then what is unmanaged; None when that cannot be told without comparing trees."""
    try:
        running = sections(scan(reading.text))
    except TextError:
        return None
    wanted = intended.outline.sections
    bodies = {section.text: _body(section.lines) for section in running}
    if len(bodies) != len(running) or len(intended.outline.headers) != len(wanted):
        return None  # a section in two pieces
    if any(bodies.get(section.text) != _body(section.lines) for section in wanted if section.text != CHAIN):
        return None
    if _keys(intended, wanted) != _keys(intended, running):
        return None
    names = intended.outline.headers
    if _ordered(wanted) != [text for text in _ordered(running) if text in names]:
        return None
    # What the device has beyond: somebody else's, or ours and too much.
    unmanaged = _foreign(intended, [section for section in running if section.text not in names])
    return None if unmanaged is None else Comparison({}, {}, unmanaged)


def _keys(intended: Intended, found: Sequence[Section]) -> dict[str, frozenset[str]]:
    """The keys of the accounts that are ours; IOS prints them deeper than they are written."""
    chain = next((section.lines for section in found if section.text == CHAIN), [])
    return {name: lines for name, lines in keys(chain).items() if intended.claim.accounts.keys(name)}


def _foreign(intended: Intended, beyond: Sequence[Section]) -> tuple[str, ...] | None:
    """Names of sections that are somebody else's; None when one of them is ours."""
    found: dict[str, None] = {}
    for section in beyond:
        lines = [line.text for line in section.children() if not is_factory(section.text, line.text)]
        for header in headers(section.text):
            if header == CHAIN and intended.claim.accounts:
                continue  # judged account by account
            if intended.claim.covers(header):
                return None
            if not ownership.is_factory(header, lines):
                found[ownership.shown(header)] = None
    return tuple(found)


def _body(lines: list[Line]) -> list[tuple[int, str]]:
    return [(line.indent, line.text) for line in lines]


def _ordered(found: list[Section]) -> list[str]:
    return [section.text for section in found if _ORDERED.match(section.text)]
