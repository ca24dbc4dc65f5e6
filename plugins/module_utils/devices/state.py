# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparable state: named texts, and the differences between two sets of them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["file", "running"]

_HEADERS: Mapping[str, str] = {"file": "berkas", "running": "berjalan"}
_SUMMARY_LINES = 3
_SUMMARY_WIDTH = 100
#: changes named in a message; the rest are counted
_LISTED = 6


@dataclass(frozen=True, order=True)
class Item:
    """What a text is about: a file of a component, or a part of what a component runs."""

    component: str
    kind: Kind
    name: str

    @property
    def title(self) -> str:
        """``berkas /etc/frr/frr.conf`` or ``berjalan: nftables tabel inet filter``."""
        if self.kind == "file":
            return f"{_HEADERS[self.kind]} {self.name}"
        return f"{_HEADERS[self.kind]}: {self.component} {self.name}"


State = Mapping[Item, str]


@dataclass(frozen=True)
class Comparison:
    """Both sides in the same canonical form. An item absent on one side is an empty text there.

    ``unmanaged`` names what is on the device and nobody declared ours: it is told, and never touched.
    """

    intended: State
    running: State
    unmanaged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """One item that is not as intended. ``before`` is what the device has, ``after`` what is wanted."""

    item: Item
    before: str
    after: str

    def lines(self) -> list[str]:
        """The changed lines, each behind ``-`` (the device has it) or ``+`` (it should)."""
        before, after = self.before.splitlines(), self.after.splitlines()
        # The first two lines are the headers of a unified diff; a changed line may itself begin with +++ or ---.
        diff = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
        return [line for line in diff if line[:1] in "+-"]

    @property
    def summary(self) -> str:
        """The first changed lines, as ``-old; +new``."""
        lines = self.lines()
        shown = [f"{line[0]} {line[1:].strip()}"[:_SUMMARY_WIDTH] for line in lines if line[1:].strip()]
        more = len(shown) - _SUMMARY_LINES
        return "; ".join(shown[:_SUMMARY_LINES]) + (f"; … {more} baris lagi" if more > 0 else "")

    def as_diff(self) -> dict[str, str]:
        """The form that Ansible prints with ``--diff``."""
        return {
            "before_header": f"{self.item.title} (di perangkat)",
            "after_header": f"{self.item.title} (seharusnya)",
            "before": self.before,
            "after": self.after,
        }

    def as_result(self) -> dict[str, str | list[str]]:
        """The form that reports read: component, kind (file or running), name, summary, removed and added lines."""
        lines = self.lines()
        return {
            "component": self.item.component,
            "kind": self.item.kind,
            "name": self.item.name,
            "summary": self.summary,
            "removed": [line[1:] for line in lines if line[0] == "-"],
            "added": [line[1:] for line in lines if line[0] == "+"],
        }


def differences(running: State, intended: State) -> list[Change]:
    """Return one `Change` for each item whose texts differ, in the items' order."""
    return [
        Change(item, running.get(item, ""), intended.get(item, ""))
        for item in sorted({*running, *intended})
        if running.get(item, "") != intended.get(item, "")
    ]


#: what a reboot would bring is not what runs, and what runs is as intended
UNSAVED = Change(
    Item("startup", "file", "startup-config"), "berbeda dari yang berjalan\n", "sama dengan yang berjalan\n"
)


def titles(changes: Sequence[Change]) -> str:
    """The changed items by name, for a message; beyond the first six they are counted."""
    named = [change.item.title for change in changes]
    more = len(named) - _LISTED
    return ", ".join(named[:_LISTED]) + (f" dan {more} lagi" if more > 0 else "")
