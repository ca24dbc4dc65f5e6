# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords of users. No export shows them, so the user's comment says which one was set last: ``… sandi:1a2b3c4d``.

That word is a keyed fingerprint (HMAC) of name and password: who reads it can try no password against it. A user
without it, or with another one, is given the intended password. What cannot be read cannot be brought back: a change
that is undone leaves the new password, and takes the word away, so that the next run sets it again. The user whom we
log in as is left to enrolment: an undone change of its password would lock us out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...secrecy import Fingerprints
from ...state import Change, Item
from .compare import match
from .inverse import guarded
from .items import Config, Entry
from .quote import quote, string
from .users import PATH

_WORD = re.compile(r" ?\bsandi:([0-9a-f]{8,})\Z")
_DIGITS = re.compile(r"[0-9a-f]{8,}")


@dataclass(frozen=True)
class Password:
    """One to be set. ``differs``: a user that stands has another one; comments are without fingerprints."""

    name: str
    secret: str
    fingerprint: str
    comment: str
    former: str
    differs: bool

    @property
    def forward(self) -> str:
        """The line that sets it."""
        told = " ".join(part for part in (self.comment, f"sandi:{self.fingerprint}") if part)
        return f"{PATH} set [{PATH} find name={string(self.name)}] password={quote(self.secret)} comment={quote(told)}"

    @property
    def inverse(self) -> str:
        """The line that says that nobody knows which one is set."""
        where = f'[{PATH} find name={string(self.name)} comment~"sandi:{self.fingerprint}"]'
        return guarded(f"{PATH} set {where} comment={quote(self.former)}")

    def change(self, hide: Fingerprints) -> Change:
        """What people read of it."""
        item = Item(PATH, "running", f"{self.name} (kata sandi)")
        return Change(item, "belum diketahui atau lain\n", f"{hide.of(self.secret)}\n")


def split(config: Config) -> Mapping[str, str]:
    """Take the fingerprints out of the comments of a device's users; return them by the user's name."""
    found: dict[str, str] = {}
    users: list[Entry] = []
    for entry in config.of(PATH):
        word = _WORD.search(entry.values.get("comment", ""))
        if word is not None:
            found[entry.values.get("name", "")] = word[1]
            rest = entry.values["comment"][: word.start()]
            values = {name: value for name, value in entry.values.items() if name != "comment"}
            entry = Entry(entry.menu, values | ({"comment": rest} if rest else {}), entry.complete, entry.line)
        users.append(entry)
    if found:
        config.entries[PATH] = users
    return found


def wanted(
    intended: Config, running: Config, told: Mapping[str, str], login: str, hide: Fingerprints
) -> Iterator[Password]:
    """Yield the passwords that must be set, as far as fingerprints compare from run to run."""
    if not hide.lasting:
        return
    for pair in match(intended, running, PATH).pairs:
        entry = pair.intended
        assert entry is not None
        name, secret = entry.values.get("name", ""), entry.values.get("password", "")
        if not name or not secret or name == login:
            continue
        former = pair.running.values.get("comment", "") if pair.running else ""
        comment = entry.values.get("comment", "" if entry.complete else former)
        digits = _DIGITS.search(hide.of(f"{PATH} {name} {secret}"))
        assert digits is not None
        before = told.get(pair.running.values.get("name", "") if pair.running else "")
        # A line that sets the comment takes the fingerprint away.
        if before != digits[0] or comment != former:
            yield Password(name, secret, digits[0], comment, former, before != digits[0] and pair.running is not None)
