# SPDX-License-Identifier: GPL-3.0-or-later
"""The quick answer for a device that is as it should be: its sections read, line for line, as intended.

In a fleet nearly every device is, and comparing trees costs three times what logging in does. Whatever is not word for
word the same goes the long way; there IOS may still mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...state import Comparison
from . import ownership
from .parse import Intended
from .reading import Reading
from .text import Line, TextError, scan
from .tree import load

#: top-level lines whose order among each other decides; everywhere else it is that of the numbers in them
_ORDERED = re.compile(r"^access-list \d+ ")

#: a section's header and, with their indentation, the lines below it
Section = tuple[Line, list[Line]]


def comparison(intended: Intended, reading: Reading) -> Comparison | None:
    """Nothing differs: then what is unmanaged; None when that cannot be told without comparing trees."""
    try:
        running = sections(scan(reading.text))
    except TextError:
        return None
    wanted = sections(intended.lines)
    bodies = {header.text: _body(lines) for header, lines in running}
    if len(bodies) != len(running) or len({header.text for header, _ in wanted}) != len(wanted):
        return None  # a section in two pieces
    if any(bodies.get(header.text) != _body(lines) for header, lines in wanted):
        return None
    names = {header.text for header, _ in wanted}
    if _ordered(wanted) != [text for text in _ordered(running) if text in names]:
        return None
    # What the device has beyond: somebody else's, or ours and too much.
    rest = [line for header, lines in running if header.text not in names for line in (header, *lines)]
    ours, unmanaged = ownership.owned(load(rest), intended.tree, intended.own)
    return None if ours.children else Comparison({}, {}, unmanaged)


def sections(lines: Iterable[Line]) -> list[Section]:
    """The lines by their top-level line."""
    found: list[Section] = []
    for line in lines:
        if line.indent and found:
            found[-1][1].append(line)
        else:
            found.append((line, []))
    return found


def _body(lines: list[Line]) -> list[tuple[int, str]]:
    return [(line.indent, line.text) for line in lines]


def _ordered(found: list[Section]) -> list[str]:
    return [header.text for header, _ in found if _ORDERED.match(header.text)]
