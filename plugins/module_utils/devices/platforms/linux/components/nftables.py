# SPDX-License-Identifier: GPL-3.0-or-later
"""nftables: the packet filter and NAT.

The intended file is loaded into a fresh network namespace on the device itself, and both rulesets are printed by the
same nft: that is the canonical form. So interfaces must be named with iifname/oifname; iif/oif need the interface to
exist in the scratch namespace and are refused by nft there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import ClassVar, override

from ..bundle import File
from ..services import Unit
from ..shell import write_file
from .base import Component, Parts, View

PATH = "/etc/nftables.conf"
_TABLE = re.compile(r"^table (?P<family>\w+) (?P<name>\S+) \{", re.MULTILINE)
_FLUSH = re.compile(r"^\s*flush ruleset\s*;?\s*$", re.MULTILINE)
_DYNAMIC = re.compile(r"^\s*flags .*\b(dynamic|timeout)\b", re.MULTILINE)


class Nftables(Component):
    """A file with ``flush ruleset`` owns the whole ruleset; otherwise only the tables that it names are ours."""

    name = "nftables"
    globs = (PATH,)
    tools: ClassVar[Mapping[str, str]] = {"nft": "nftables", "unshare": "util-linux"}
    units = (Unit("nftables.service"),)

    @override
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        return {
            "wanted": f"unshare -n sh -c 'nft -f \"$STAGE\"{PATH} && nft -s list ruleset'",
            "running": "nft -s list ruleset",
        }

    @override
    def intended(self, view: View) -> Parts:
        return _parts(tables(view.answers.out("wanted")))

    @override
    def running(self, view: View) -> Parts:
        return _parts(self._owned(view))

    @override
    def apply(self, view: View) -> str:
        return _load(self._clear(view) + view.text(PATH))

    @override
    def restore(self, view: View) -> str:
        return _load(self._clear(view) + "".join(self._owned(view).values()))

    def _owned(self, view: View) -> dict[str, str]:
        """The tables on the device that are ours: those wanted, and those that our former file named."""
        running = tables(view.answers.out("running"))
        if _owns_all(view):
            return running
        ours = {*tables(view.answers.out("wanted")), *named(view.live_text(PATH))}
        return {name: text for name, text in running.items() if name in ours}

    def _clear(self, view: View) -> str:
        if _owns_all(view):
            return "flush ruleset\n"
        ours = {*tables(view.answers.out("wanted")), *named(view.live_text(PATH))}
        # Declared first, so that deleting a table that does not exist is no error.
        return "".join(f"table {name} {{ }}\ndelete table {name}\n" for name in sorted(ours))


def tables(ruleset: str) -> dict[str, str]:
    """Split a listed ruleset: ``family name`` → its text. Elements that packets put into sets are left out."""
    return {f"{match['family']} {match['name']}": text for match, text in _blocks(ruleset)}


def named(text: str) -> set[str]:
    """``family name`` of the tables that a file declares; without a family it is ip."""
    return {
        " ".join(words) if len(words) == 2 else f"ip {words[0]}"
        for match in re.finditer(r"^\s*(?:add )?table ((?:\w+ )?[\w-]+)\s*\{?", text, re.MULTILINE)
        if (words := match[1].split())
    }


def _owns_all(view: View) -> bool:
    return bool(_FLUSH.search(view.text(PATH)))


def _parts(by_table: Mapping[str, str]) -> dict[str, str]:
    return {f"tabel {name}": text for name, text in by_table.items()}


def _blocks(ruleset: str) -> Iterator[tuple[re.Match[str], str]]:
    # nft warns in comments about tables that iptables-nft made.
    ruleset = re.sub(r"^#.*\n", "", ruleset, flags=re.MULTILINE)
    starts = list(_TABLE.finditer(ruleset))
    for start, following in zip_longest(starts, starts[1:]):
        text = ruleset[start.start() : following.start() if following else len(ruleset)]
        yield start, _without_learned_elements(text.rstrip() + "\n")


def _without_learned_elements(table: str) -> str:
    def clean(match: re.Match[str]) -> str:
        block = match[0]
        return re.sub(r"\n\t\telements = \{[^}]*\}", "", block) if _DYNAMIC.search(block) else block

    return re.sub(r"^\t(?:set|map|meter) \S+ \{.*?^\t\}", clean, table, flags=re.MULTILINE | re.DOTALL)


def _load(rules: str) -> str:
    return write_file('"$WORK/nft"', rules) + 'nft -f "$WORK/nft"\n'
