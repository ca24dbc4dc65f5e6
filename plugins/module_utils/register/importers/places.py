# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which place of an office a row speaks of, and rows that speak of the same one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..models import Location, Register
from .answers import Answers
from .cells import Flag, Suggestion, UncertainError
from .codes import propose_place
from .columns import BY_KEY
from .entries import Entry, Said
from .names import nearest, plain
from .offices import Office

_MAIN_PLACE = "kantor"


@dataclass(slots=True)
class Line:
    """What a row says of the office's own subscription."""

    entry: Entry
    said: dict[str, Said]
    flagged: set[str]


@dataclass(slots=True)
class SurveyPlace:
    code: str
    name: str
    is_new: bool
    said: dict[str, Said] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    flagged: set[str] = field(default_factory=set)


@dataclass(slots=True)
class SurveyOffice:
    """Everything the survey says of one office. ``said`` belongs to the office as a whole."""

    office: Office
    entry: Entry
    said: dict[str, Said] = field(default_factory=dict)
    flagged: set[str] = field(default_factory=set)
    places: dict[str, SurveyPlace] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        for place in self.places.values():
            yield from place.lines


def gather(
    register: Register, answers: Answers, offices: Iterable[Office], flags: list[Flag], notes: list[str]
) -> list[SurveyOffice]:
    """One SurveyOffice for each office; rows that contradict each other are flagged and left out."""
    gathered = []
    for office in offices:
        located: dict[str, list[Entry]] = {}
        for entry in office.entries:
            if "location" in entry.flagged:
                continue
            try:
                code = _place_of(register, answers, office, entry, located)
            except UncertainError as uncertain:
                flags.append(uncertain.flag)
            else:
                located.setdefault(code, []).append(entry)
        found = _gather_office(register, office, located, flags, notes)
        if found is not None:
            gathered.append(found)
    return gathered


def _place_of(
    register: Register,
    answers: Answers,
    office: Office,
    entry: Entry,
    located: dict[str, list[Entry]],
) -> str:
    """Code of the place, ``""`` when the row needs none. Raises UncertainError."""
    known = () if office.is_new else register.opd(office.code).locations
    said = entry.said.get("location")
    if said is None:
        return _place_unsaid(office, known, entry)
    name = str(said.value)
    answered = {plain_ref(key): code for key, code in answers.locations.items()}
    wanted = {plain_ref(key): code for key, code in answers.new_locations.items()}
    ref = plain_ref(f"{office.code}/{name}")
    if ref in answered:
        if any(location.code == answered[ref] for location in known):
            return answered[ref]
        raise _uncertain(
            entry,
            "location",
            f"jawaban '{answered[ref]}' bukan lokasi {office.code}.",
            "Betulkan di berkas jawaban.",
        )
    for location in known:
        if plain(name) in (plain(location.name), plain(location.code)):
            return location.code
    for code, entries in located.items():
        if any("location" in e.said and plain(str(e.said["location"].value)) == plain(name) for e in entries):
            return code
    if ref in wanted:
        return wanted[ref]
    taken = {location.code for location in known} | located.keys()
    if known:
        choices = ", ".join(f"{location.code} ({location.name})" for location in known)
        fresh = propose_place(name, taken)
        near = nearest(name, [location.name for location in known])
        same = next((location.code for location in known if location.name == near), known[0].code)
        raise _uncertain(
            entry,
            "location",
            f"lokasi '{name}' tidak ada di register; {office.code} punya: {choices}.",
            f"Di berkas jawaban: bila sama, locations: {{'{office.code}/{name}': {same}}}; bila lokasi baru, "
            f"new_locations: {{'{office.code}/{name}': {fresh}}}.",
            *(Suggestion("locations", f"{office.code}/{name}", location.code) for location in known),
            Suggestion("new_locations", f"{office.code}/{name}", fresh),
        )
    if plain(name).startswith(_MAIN_PLACE) and _MAIN_PLACE not in taken:
        return _MAIN_PLACE
    return propose_place(name, taken)


def plain_ref(ref: str) -> str:
    code, _, name = ref.partition("/")
    return f"{code.strip()}/{plain(name)}"


def _place_unsaid(office: Office, known: Sequence[Location], entry: Entry) -> str:
    usual = [location for location in known if location.kind != "data_centre"] or list(known)
    if not known:
        return _MAIN_PLACE
    if len(usual) == 1:
        return usual[0].code
    if any(BY_KEY[key].belongs in ("location", "circuit") for key in entry.said.keys() | entry.flagged):
        codes = ", ".join(location.code for location in usual)
        raise _uncertain(
            entry,
            "location",
            f"{office.code} punya beberapa lokasi ({codes}); baris ini tidak menyebut yang mana.",
            "Isi kolom Lokasi dengan kode atau nama lokasinya.",
        )
    return ""


def _gather_office(
    register: Register, office: Office, located: dict[str, list[Entry]], flags: list[Flag], notes: list[str]
) -> SurveyOffice | None:
    kept: dict[str, list[Entry]] = {}
    for code, entries in located.items():
        if _contradict(office, entries, flags):
            continue
        kept[code] = entries
        if len(entries) > 1 and len({_role(entry) for entry in entries}) < len(entries):
            rows = " dan ".join(str(entry.place) for entry in entries)
            notes.append(f"{office.name}: {rows} tidak saling bertentangan, digabung.")
    remaining = [entry for entries in kept.values() for entry in entries]
    if not remaining:
        return None
    result = SurveyOffice(office, remaining[0])
    _whole_office(result, remaining, flags)
    for code, entries in kept.items():
        if code:
            result.places[code] = _place(register, office, code, entries)
    return result


def _contradict(office: Office, entries: list[Entry], flags: list[Flag]) -> bool:
    """The same place twice with different values: neither is imported."""
    found = False
    for key in dict.fromkeys(key for entry in entries for key in entry.said):
        if key in ("opd_name", "opd_code", "location"):
            continue
        groups: dict[str, list[Entry]] = {}
        for entry in entries:
            # Two subscriptions of one place are told apart by their role.
            group = _role(entry) if BY_KEY[key].belongs == "circuit" else ""
            groups.setdefault(group, []).append(entry)
        for same in groups.values():
            said = [entry.said[key] for entry in same if key in entry.said]
            if len({_comparable(s.value) for s in said}) > 1:
                found = True
                others = ", ".join(f"{s.cell.place.ref} '{s.cell.text}'" for s in said)
                for s in said:
                    what = f"{office.name} diisi {len(entries)} kali dan isinya berbeda ({others}); tidak diimpor."
                    action = "Tanyakan mana yang benar, hapus baris yang lain."
                    flags.append(Flag(s.cell.place, s.title, s.cell.text, office.name, what, action))
    return found


def _role(entry: Entry) -> str:
    said = entry.said.get("role")
    return str(said.value) if said else ""


def _comparable(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value


def _whole_office(result: SurveyOffice, rows: list[Entry], flags: list[Flag]) -> None:
    keys = [key for key in BY_KEY if BY_KEY[key].belongs in ("opd", "bandwidth")]
    for key in keys:
        said = [entry.said[key] for entry in rows if key in entry.said]
        if any(key in entry.flagged for entry in rows):
            result.flagged.add(key)
        if len({_comparable(s.value) for s in said}) > 1:
            result.flagged.add(key)
            for s in said:
                what = f"'{s.title}' berlaku untuk seluruh OPD, tetapi berbeda di tiap baris {result.office.name}."
                action = "Isi jumlah seluruh OPD di satu baris saja, kosongkan di baris lain."
                flags.append(Flag(s.cell.place, s.title, s.cell.text, result.office.name, what, action))
        elif said and key not in result.flagged:
            result.said[key] = said[0]


def _place(register: Register, office: Office, code: str, entries: list[Entry]) -> SurveyPlace:
    known = None if office.is_new else register.opd(office.code).location(code)
    named = next((entry.said["location"] for entry in entries if "location" in entry.said), None)
    if known is not None:
        name = known.name
    elif named is not None:
        name = str(named.value)
    else:
        name = office.name if office.name.casefold().startswith("kantor") else f"Kantor {office.name}"
    place = SurveyPlace(code, name, is_new=known is None)
    for entry in entries:
        for key, said in entry.said.items():
            if BY_KEY[key].belongs == "location":
                place.said.setdefault(key, said)
        place.flagged |= {key for key in entry.flagged if BY_KEY[key].belongs == "location"}
    by_role: dict[str, Line] = {}
    for entry in entries:
        said_here = {key: said for key, said in entry.said.items() if BY_KEY[key].belongs == "circuit"}
        flagged = {key for key in entry.flagged if BY_KEY[key].belongs == "circuit"}
        if said_here.keys() - {"role", "media"} or flagged:
            line = by_role.setdefault(_role(entry), Line(entry, {}, set()))
            for key, said in said_here.items():
                line.said.setdefault(key, said)
            line.flagged |= flagged
    place.lines = list(by_role.values())
    return place


def _uncertain(entry: Entry, key: str, what: str, action: str, *suggestions: Suggestion) -> UncertainError:
    found = entry.said[key].cell.text if key in entry.said else ""
    return UncertainError(Flag(entry.place_of(key), BY_KEY[key].title, found, entry.name, what, action, suggestions))
