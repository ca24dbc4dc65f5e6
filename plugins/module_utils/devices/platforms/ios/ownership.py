# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a running configuration is ours, and what is only told.

Ours is what the intended text names (a section with all its lines, a single-valued line whatever its value) and what an
``! own:`` directive claims by its beginning. Everything else is foreign: reported, never touched.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from . import modes, secrets
from .accounts import CHAIN, AccountClaim, user_of
from .rules import section_key, slots
from .tree import FACTORY_GLOBAL, Tree, empty

if TYPE_CHECKING:
    from hier_config import HConfig


class Claim:
    """What a configuration claims of a device: asked of one top-level line after the other."""

    def __init__(self, headers: Iterable[str], own: Sequence[str], login: str = "", chain: Iterable[str] = ()) -> None:
        """``headers``: the intended top-level lines; ``own``: prefixes of ``! own:`` directives.

        ``login``: the account that we log in by; ``chain``: those whose keys are intended.
        """
        self._headers = frozenset(headers)
        self.accounts = AccountClaim(self._headers, own, login, chain)
        self._own = own
        self._keys = {section_key(header) for header in self._headers} - {None}
        self._secret_keys = {secrets.key_of(header) for header in self._headers}
        self._slots = frozenset().union(*map(slots, self._headers))

    def covers(self, header: str) -> bool:
        """Whether a running top-level line, with all below it, is ours."""
        if header in self._headers:
            return True
        user = user_of(header)
        if user is not None:
            return self.accounts.account(user)
        if header == CHAIN:
            return bool(self.accounts)
        if claimed(header, self._own):
            return True
        other = header.removeprefix("no ") if header.startswith("no ") else f"no {header}"
        if other in self._headers or secrets.key_of(header) in self._secret_keys:
            return True
        return section_key(header) in self._keys or not self._slots.isdisjoint(slots(header))


def owned(running: Tree, claim: Claim) -> tuple[HConfig, tuple[str, ...]]:
    """Return the running lines that are ours, and the names of those that are not (without secrets)."""
    ours = empty()
    foreign: list[str] = []
    for child in running.config.children:
        if claim.covers(child.text):
            copy = ours.add_deep_copy_of(child)
            if child.text == CHAIN:
                for user in [user for user in copy.children if not claim.accounts.keys(user_of(user.text) or "")]:
                    user.delete()
        elif not is_factory(child.text, [line.text for line in child.children]):
            foreign.append(shown(child.text))
    return ours, tuple(foreign)


def claimed(header: str, own: Sequence[str]) -> bool:
    """Whether a directive claims a top-level line; prefixes end at a word, or where they say `*`."""
    bare = header.removeprefix("no ")
    return any(
        bare.startswith(prefix[:-1]) if prefix.endswith("*") else bare == prefix or bare.startswith(f"{prefix} ")
        for prefix in own
    )


def is_factory(header: str, lines: Collection[str]) -> bool:
    """Whether a top-level line, with those directly below it, is what every device prints. ``lines`` without factory
    settings of their own.
    """
    if modes.PHYSICAL.match(header) and not [line for line in lines if line != "shutdown"]:
        return True
    if header.startswith(("interface Vlan1", "line ")) and lines:
        return header == "interface Vlan1" and list(lines) == ["shutdown"]
    return FACTORY_GLOBAL.match(header) is not None


def shown(text: str) -> str:
    """A foreign line as it is told: its first line, without secrets."""
    line = text.partition("\n")[0]
    secret = secrets.find(line)
    if secret is not None:
        line = f"{line[: secret.start]}<rahasia>{line[secret.end :]}"
    return re.sub(r"(://[^\s:/@]+:)[^\s@/]+@", r"\1<rahasia>@", line)
