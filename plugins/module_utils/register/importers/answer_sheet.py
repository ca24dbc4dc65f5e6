# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The answers file that the flags of an import ask for, to be copied and completed by a person."""

from __future__ import annotations

from collections.abc import Iterable

from .cells import Flag
from .edits import Tree, Word
from .yaml_words import flow, word

_SECTIONS = ("headers", "offices", "new_offices", "locations", "new_locations", "when_empty")
_UNKNOWN = "…"


def answer_sheet(flags: Iterable[Flag], *, several_files: bool = False) -> str:
    """YAML in which every possible answer is a comment; empty when nothing can be answered there.

    Keys of which several values are possible are listed one below the other: a person takes the mark from one.
    """
    listed = list(flags)
    lines: list[str] = []
    for section in _SECTIONS:
        found = dict.fromkeys((s.key, s.value) for flag in listed for s in flag.suggestions if s.section == section)
        if found:
            lines += [f"{section}:", *(f"  # {_word(key)}: {_value(value)}" for key, value in found)]
    cells = dict.fromkeys(_cell(flag, several_files) for flag in listed if flag.found and not flag.suggestions)
    if cells:
        lines += ["cells:", *(f"  # - {cell}" for cell in cells)]
    return "\n".join(lines)


def _word(text: str) -> str:
    return word(Word(text, is_text=True), in_flow=True)


def _value(value: str) -> str:
    return value if value == _UNKNOWN else _word(value)


def _cell(flag: Flag, several_files: bool) -> str:
    value: dict[str, Tree] = {"cell": Word(flag.place.ref), "found": Word(flag.found, is_text=True)}
    if flag.place.sheet:
        value = {"sheet": Word(flag.place.sheet, is_text=True), **value}
    if several_files:
        value = {"file": Word(flag.place.file, is_text=True), **value}
    return flow(value)[:-1] + f", use: {_UNKNOWN}, reason: {_UNKNOWN}}}"
