# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an import, or a rollout, wants done to the register's files, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..plain import KeyPath

Stem = Literal["opds", "bandwidth", "circuits"]
# In this order files are replaced, so that a register in which only the first ones are new is valid too: circuits and
# bandwidth refer to OPDs, never the other way round.
STEMS: tuple[Stem, ...] = ("opds", "bandwidth", "circuits")


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar as it will stand in YAML. ``is_text``: quoted where YAML would take it for something else."""

    text: str
    is_text: bool = False


type Tree = Word | list[Tree] | dict[str, Tree]


@dataclass(frozen=True, slots=True)
class SetValue:
    """Give the key at ``path`` this value.

    A key that is not there is added, behind the key ``after`` of the same mapping, else at its end.
    """

    stem: Stem
    path: KeyPath
    value: Tree
    after: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveKey:
    """Take the key at ``path`` out of its mapping, with its value and what stands behind it in its line."""

    stem: Stem
    path: KeyPath


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Take the item at ``path``, whose last step is its number, out of its list; never the only one."""

    stem: Stem
    path: KeyPath


@dataclass(frozen=True, slots=True)
class Append:
    """Add an item to the list at ``path``."""

    stem: Stem
    path: KeyPath
    value: Tree


type Edit = SetValue | Append | RemoveKey | RemoveItem


@dataclass(frozen=True, slots=True)
class Change:
    """One line for the operator. ``lowers``: a figure that people wrote becomes smaller."""

    text: str
    lowers: bool = False
