# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of domains to filter: one a line, as people write it, as hosts files and as ad blockers do."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LABEL = r"_?[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+", re.ASCII)
_HOSTS_ADDRESS = re.compile(r"(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+", re.ASCII)
#: With the name that RPZ puts behind it, a name must stay below 255 octets.
_LONGEST = 220


@dataclass(frozen=True)
class Feed:
    """``domains`` sorted, each once; ``unread``: number and text of the lines that are no domain."""

    domains: tuple[str, ...]
    unread: tuple[tuple[int, str], ...]


def read_feed(text: str) -> Feed:
    domains: set[str] = set()
    unread: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.partition("#")[0].strip().casefold()
        if not bare or bare.startswith("!"):
            continue
        domain = _domain(bare)
        if domain is None:
            unread.append((number, line.strip()))
        else:
            domains.add(domain)
    return Feed(tuple(sorted(domains)), tuple(unread))


def _domain(text: str) -> str | None:
    """``0.0.0.0 iklan.example``, ``||iklan.example^``, ``*.iklan.example`` and ``iklan.example.`` all mean the same."""
    text = _HOSTS_ADDRESS.sub("", text, count=1).removeprefix("||").removesuffix("^").removeprefix("*.").rstrip(".")
    if not text.isascii():
        try:
            text = text.encode("idna").decode()
        except UnicodeError:
            return None
    return text if _DOMAIN.fullmatch(text) and len(text) <= _LONGEST else None
