# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The nearest known word to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def closest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The one of ``known`` most like ``word`` (upper and lower case and _ - count as equal), or None."""
    folded = {_fold(candidate): candidate for candidate in known}
    matches = get_close_matches(_fold(word), folded, n=1, cutoff=cutoff)
    return folded[matches[0]] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Maksud Anda "x"?`` with a leading space, or an empty text when nothing is near."""
    near = closest(word, known)
    return f' Maksud Anda "{near}"?' if near else ""


def _fold(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")
