# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose rows they are: each row joined to an office of the register, or to a new one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..models import Register
from .answers import Answers
from .cells import Flag, Suggestion, UncertainError
from .codes import propose
from .entries import Entry
from .names import Known, Names, foreign_letter


@dataclass(slots=True)
class Office:
    """An office with its rows, in the order of the survey. ``proposed``: nobody gave its code."""

    code: str
    name: str
    is_new: bool
    proposed: bool = False
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class _Names:
    """Names of the register and of the survey, what a person answered, and the new offices so far; keys as in Names."""

    register: Names
    answers: dict[str, str]
    new: dict[str, str]
    joined: dict[str, Office] = field(default_factory=dict)


def join_offices(register: Register, answers: Answers, entries: Iterable[Entry], flags: list[Flag]) -> list[Office]:
    """The offices of the survey. A row whose office is not certain is flagged and left out."""
    rows = list(entries)
    names = Names(register.government.name)
    for opd in register.opds:
        names.add(Known(opd.code, opd.name))
    answered = {names.key(name): code for name, code in answers.offices.items()}
    wanted = {names.key(name): code for name, code in answers.new_offices.items()}
    resolved = _Names(names, answered, wanted)
    _learn_new_names(resolved, rows)
    offices: dict[str, Office] = {}
    taken = {opd.code for opd in register.opds} | set(wanted.values()) | {e.code for e in rows if e.code}
    for entry in rows:
        if {"opd_name", "opd_code"} & entry.flagged:
            continue
        try:
            _office(resolved, entry, offices, taken).entries.append(entry)
        except UncertainError as uncertain:
            flags.append(uncertain.flag)
    return list(offices.values())


def _learn_new_names(names: _Names, rows: list[Entry]) -> None:
    """Names that nobody knows yet may be two spellings of one: they are told from each other too."""
    for entry in rows:
        key = names.register.key(entry.name)
        if (
            key not in names.answers
            and names.register.exact(entry.name) is None
            and not names.register.by_code(entry.code)
        ):
            names.register.add(Known("", entry.name))


def _office(names: _Names, entry: Entry, offices: dict[str, Office], taken: set[str]) -> Office:
    key = names.register.key(entry.name)
    known = names.register.by_code(entry.code) if entry.code else None
    if known is None and (letter := foreign_letter(entry.name)):
        raise _uncertain(
            entry,
            f"nama '{entry.name}' memuat '{letter}' yang bukan huruf Latin, walaupun mungkin tampak sama.",
            "Ketik ulang namanya di sel itu.",
        )
    if key in names.answers:
        known = names.register.by_code(names.answers[key])
        if known is None:
            raise _uncertain(
                entry,
                f"jawaban '{names.answers[key]}' bukan kode OPD di register.",
                "Betulkan di berkas jawaban.",
            )
    elif known is not None:
        if entry.name != entry.code and not _fits(names, entry.name, known):
            raise _uncertain(
                entry,
                f"kode {known.code} milik '{known.name}' di register, tetapi namanya di sini '{entry.name}'.",
                "Betulkan kode atau namanya.",
            )
    else:
        known = names.register.exact(entry.name)
        if known is not None and not known.code:
            known = None
        if known is not None and entry.code and entry.code != known.code:
            raise _uncertain(
                entry, f"kodenya di register {known.code}, di sini {entry.code}.", "Betulkan kode di survei."
            )
    if known is not None:
        return offices.setdefault(known.code, Office(known.code, known.name, is_new=False))
    return _new_office(names, entry, key, offices, taken)


def _new_office(names: _Names, entry: Entry, key: str, offices: dict[str, Office], taken: set[str]) -> Office:
    if key not in names.new:
        near = [known for known in names.register.near(entry.name) if names.register.key(known.name) != key]
        if near:
            raise _question(entry, near, entry.code or propose(key, taken))
    found = names.joined.get(key)
    if found is not None:
        if entry.code and entry.code != found.code:
            raise _uncertain(
                entry, f"OPD ini berkode {found.code} di baris lain, di sini {entry.code}.", "Samakan kodenya."
            )
        return found
    given = names.new.get(key) or entry.code
    if given and (given in offices or names.register.by_code(given)):
        raise _uncertain(
            entry, f"kode {given} sudah dipakai OPD lain.", "Pilih kode lain (new_offices di berkas jawaban)."
        )
    code = given or propose(key, taken)
    taken.add(code)
    offices[code] = names.joined[key] = Office(code, entry.name, is_new=True, proposed=not given)
    return offices[code]


def _fits(names: _Names, name: str, known: Known) -> bool:
    return names.register.key(name) in (names.register.key(known.name), known.code) or known in names.register.near(
        name
    )


def _question(entry: Entry, near: list[Known], code: str) -> UncertainError:
    meant = " atau ".join(
        f"'{known.name}'" + (f" ({known.code})" if known.code else " (di survei ini)") for known in near
    )
    if near[0].code:
        same = f"bila sama, offices: {{'{entry.name}': {near[0].code}}}"
    else:
        same = "bila sama, samakan namanya di survei"
    return _uncertain(
        entry,
        f"nama '{entry.name}' mirip {meant}; tidak digabung sendiri.",
        f"Di berkas jawaban: {same}; bila OPD lain, new_offices: {{'{entry.name}': {code}}}.",
        *(Suggestion("offices", entry.name, known.code) for known in near if known.code),
        Suggestion("new_offices", entry.name, code),
    )


def _uncertain(entry: Entry, what: str, action: str, *suggestions: Suggestion) -> UncertainError:
    return UncertainError(Flag(entry.place, "Nama OPD", entry.name, entry.name, what, action, suggestions))
