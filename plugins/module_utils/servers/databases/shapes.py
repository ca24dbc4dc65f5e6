# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What both engines speak of: a database that is wanted, one that left, and a step from what stands to that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: Begins the comment of every database of ours; whatever an administrator made by hand has none and is left alone.
MARK = "terpusat: "

#: Runs SQL and gives its output; raises DatabaseError.
Ask = Callable[[str], str]


class DatabaseError(Exception):
    """The engine refused. The text is in Bahasa Indonesia and has no password in it."""


@dataclass(frozen=True)
class Wanted:
    """A database and the user of its name. ``clients`` are addresses; PostgreSQL has them in pg_hba.conf instead."""

    code: str
    name: str
    password: str
    clients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """A change: what the diff says of it, and its SQL."""

    text: str
    sql: str


@dataclass(frozen=True)
class Plan:
    """``steps`` in their order; ``unlisted`` are our databases that nobody wants any more, ``removals`` how they go."""

    steps: list[Step]
    unlisted: list[str]
    removals: dict[str, Step]


def code_of(comment: str | None) -> str | None:
    """The application's code in the comment of a database of ours; None of another's."""
    return comment[len(MARK) :] if comment and comment.startswith(MARK) else None


def quoted(text: str) -> str:
    """A string of SQL. Names, codes and hashes need no escapes; whatever would is refused."""
    if "'" in text or "\\" in text or "\n" in text:
        raise DatabaseError(f"'{text}' tidak dapat dipakai sebagai nama basis data.")
    return f"'{text}'"
