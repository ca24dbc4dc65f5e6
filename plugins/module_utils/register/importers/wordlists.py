# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of words written as people read them."""

from __future__ import annotations


def listed(text: str) -> tuple[str, ...]:
    """``a, b c, d`` → the parts between commas, line breaks being blanks."""
    return tuple(part for part in (" ".join(piece.split()) for piece in text.split(",")) if part)


def meanings(text: str) -> dict[str, str]:
    """Lines ``meaning: word, word`` → word → meaning. A line without a colon goes on with the one above."""
    parts: dict[str, list[str]] = {}
    meaning = ""
    for line in text.splitlines():
        head, colon, rest = line.partition(":")
        if colon:
            meaning = head.strip()
        parts.setdefault(meaning, []).append(rest if colon else line)
    return {word: meaning for meaning, lines in parts.items() for word in listed(" ".join(lines))}
