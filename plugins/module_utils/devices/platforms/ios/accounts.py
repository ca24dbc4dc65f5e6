# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose account a line is about. Several people and our own login share the section of their keys.

``! own: username budi`` claims one account that is not intended, its keys with it; ``! own: username`` all of them but
the one that we log in by, which enrolment looks after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .text import Line

#: the section in which IOS keeps keys by account (Cisco's Secure Shell configuration guide)
CHAIN = "ip ssh pubkey-chain"
_USERNAME = re.compile(r"^(?:no )?username (\S+)")


def user_of(line: str) -> str | None:
    """The account that a line, at the top or in `CHAIN`, is about."""
    match = _USERNAME.match(line)
    return match[1] if match else None


def keys(lines: Iterable[Line]) -> dict[str, frozenset[str]]:
    """The lines below `CHAIN` by account."""
    found: dict[str, set[str]] = {}
    name = ""
    for line in lines:
        user = user_of(line.text)
        if user is not None:
            name = user
            found.setdefault(name, set())
        elif name:
            found[name].add(line.text)
    return {name: frozenset(texts) for name, texts in found.items()}


class AccountClaim:
    """Which accounts are ours: those that are intended, and those that a directive claims."""

    def __init__(self, headers: Iterable[str], own: Sequence[str], login: str, chain: Iterable[str] = ()) -> None:
        """``headers``: the intended top-level lines; ``chain``: accounts whose keys are intended."""
        self._named = frozenset(name for header in headers if (name := user_of(header)))
        self._chain = frozenset(chain)
        self._own = frozenset(prefix for prefix in own if prefix == "username" or prefix.startswith("username "))
        self._login = login

    def __bool__(self) -> bool:
        """Whether any account may be ours."""
        return bool(self._named or self._chain or self._own)

    def account(self, name: str) -> bool:
        """Whether the account is ours."""
        return name in self._named or self._claims(name)

    def keys(self, name: str) -> bool:
        """Whether an account's keys are ours: never those that let us in, unless they are written."""
        return name in self._chain or (name != self._login and self.account(name))

    def _claims(self, name: str) -> bool:
        return name != self._login and not self._own.isdisjoint(("username", f"username {name}"))
