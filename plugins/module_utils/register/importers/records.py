# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what the survey says to edits of the register, one kind of record after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..models import Opd, Register
from ..plain import KeyPath
from ..refused import RefusedError
from ..units import format_bit_rate, format_rupiah
from .answers import Answers
from .cells import Cell, Flag, Place, Suggestion
from .codes import kind_of, place_kind_of
from .columns import BY_KEY
from .edits import Append, Change, Edit, SetValue, Stem, Tree, Word
from .entries import Entry, Said
from .names import plain
from .places import SurveyOffice, SurveyPlace
from .values import Value, parse

_FILLABLE = frozenset({"opd_kind", "public_service", "media", "contract_start", "contract_end", "budget_line"})
_RATES = frozenset({"requested", "domestic", "international"})


@dataclass(slots=True)
class Outcome:
    """Everything an import found out, in the order of the survey.

    ``absent`` collects columns that the survey lacks and new records need: (sheet, column) → the offices waiting.
    """

    register: Register
    answers: Answers
    confirmed: frozenset[Place] = frozenset()
    flags: list[Flag] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    absent: dict[tuple[Place, str, str], list[str]] = field(default_factory=dict)
    assumed: dict[str, list[str]] = field(default_factory=dict)

    def flag(self, said: Said, office: str, what: str, action: str) -> None:
        self.flags.append(Flag(said.cell.place, said.title, said.cell.text, office, what, action))

    def missing(self, entry: Entry, key: str, office: str, record: str) -> None:
        """A required value that nobody gave: at its cell, or once for all when there is no such column."""
        if key in entry.table.columns:
            self.flags.append(
                Flag(
                    entry.place_of(key),
                    BY_KEY[key].title,
                    "",
                    office,
                    f"belum diisi, padahal wajib untuk {record}; {record} itu tidak ditulis.",
                    "Isi selnya" + _or_when_empty(key) + ".",
                )
            )
        else:
            self.absent.setdefault((entry.place_of(key), key, record), []).append(office)

    def assume(self, what: str, whom: str) -> None:
        self.assumed.setdefault(what, []).append(whom)

    def close(self) -> None:
        """Tell once what concerns many."""
        self.notes += [f"{what}: {', '.join(whom)}." for what, whom in self.assumed.items()]
        self.notes = list(dict.fromkeys(self.notes))
        self._tell_absent_columns()
        self.flags.sort(key=lambda flag: (flag.place.file, flag.place.sheet, flag.place.row, flag.place.column))

    def _tell_absent_columns(self) -> None:
        for (place, key, record), offices in self.absent.items():
            names = ", ".join(dict.fromkeys(offices))
            title = BY_KEY[key].title
            self.flags.append(
                Flag(
                    place,
                    title,
                    "",
                    "",
                    f"tidak ada kolom '{title}', padahal wajib untuk {record}; tidak ditulis: {names}.",
                    f"Tambahkan kolom itu{_or_when_empty(key)}.",
                    (Suggestion("when_empty", key, "…"),) if key in _FILLABLE else (),
                )
            )


def _or_when_empty(key: str) -> str:
    return (
        f", atau beri nilai untuk semua yang kosong di berkas jawaban (when_empty: {{{key}: …}})"
        if key in _FILLABLE
        else ""
    )


def plan_offices(outcome: Outcome, offices: Iterable[SurveyOffice]) -> list[SurveyOffice]:
    """Edits of opds.yml. Returns the offices that are, or will be, in the register."""
    return [office for office in offices if (_new_opd if office.office.is_new else _known_opd)(outcome, office)]


def _known_opd(outcome: Outcome, office: SurveyOffice) -> bool:
    index, opd = next((n, opd) for n, opd in enumerate(outcome.register.opds) if opd.code == office.office.code)
    for key, before in (("users", opd.users), ("public_service", opd.public_service)):
        if said := office.said.get(key):
            change(outcome, "opds", ("opds", index, key), f"{opd.code} {key}", before, said.value)
    if (said := office.said.get("opd_kind")) and said.value != opd.kind:
        differs(outcome, said, "opds", ("opds", index, "kind"), opd.code, opd.kind)
    for place in office.places.values():
        _known_or_new_place(outcome, place, opd, index)
    return True


def _known_or_new_place(outcome: Outcome, place: SurveyPlace, opd: Opd, index: int) -> None:
    found = next(((n, location) for n, location in enumerate(opd.locations) if location.code == place.code), None)
    ref = f"{opd.code}/{place.code}"
    if found is None:
        outcome.edits.append(Append("opds", ("opds", index, "locations"), _location(place, opd.kind)))
        outcome.changes.append(Change(f"lokasi baru: {ref} ({place.name})"))
        return
    number, location = found
    path = ("opds", index, "locations", number)
    if said := place.said.get("address"):
        if location.address is None:
            change(outcome, "opds", (*path, "address"), f"{ref} address", None, said.value)
        elif plain(location.address) != plain(str(said.value)):
            differs(outcome, said, "opds", (*path, "address"), ref, location.address)
    if (said := place.said.get("location_kind")) and said.value != location.kind:
        differs(outcome, said, "opds", (*path, "kind"), ref, location.kind)
    if said := place.said.get("location_users"):
        change(outcome, "opds", (*path, "users"), f"{ref} users", location.users, said.value)
    if (said := place.said.get("existing_lans")) and isinstance(said.value, tuple):
        known = [str(network) for network in location.existing_lans]
        fresh = [str(network) for network in said.value if str(network) not in known]
        if fresh:
            lans: Tree = [Word(network) for network in (*known, *fresh)]
            outcome.edits.append(SetValue("opds", (*path, "existing_lans"), lans))
            outcome.changes.append(Change(f"{ref} existing_lans: tambah {', '.join(fresh)}"))


def _new_opd(outcome: Outcome, office: SurveyOffice) -> bool:
    name, code = office.office.name, office.office.code
    defaults = outcome.answers.when_empty
    users, public = office.said.get("users"), filled(outcome, office.said, office.flagged, "public_service")
    kind_said = office.said.get("opd_kind")
    if kind_said:
        kind: str | None = str(kind_said.value)
    elif "opd_kind" in office.flagged:
        kind = None
    else:
        filled_in = filled(outcome, office.said, office.flagged, "opd_kind")
        kind = kind_of(_words(name)) or (str(filled_in) if filled_in is not None else None)
    record = "OPD baru"
    complete = True
    if users is None:
        complete = False
        if "users" not in office.flagged:
            outcome.missing(office.entry, "users", name, record)
    if public is None:
        complete = False
        if "public_service" not in office.flagged:
            outcome.missing(office.entry, "public_service", name, record)
    if kind is None:
        complete = False
        if "opd_kind" not in office.flagged:
            outcome.missing(office.entry, "opd_kind", name, record)
    if not complete or users is None or kind is None:
        outcome.notes.append(f"{name}: belum ditulis ke opds.yml, jadi bandwidth dan langganannya juga belum.")
        return False
    coverage: dict[str, Tree] = {"reachable": Word("true" if defaults.reachable else "false")}
    if defaults.reason is not None:
        coverage["reason"] = Word(defaults.reason, is_text=True)
    value: dict[str, Tree] = {
        "code": Word(code, is_text=True),
        "name": Word(name, is_text=True),
        "kind": Word(kind),
        "users": Word(yaml_text("users", users.value)),
        "public_service": Word(yaml_text("public_service", public)),
        "priority": Word(str(defaults.priority)),
        "stage": Word("surveyed"),
        "coverage": coverage,
        "locations": [_location(place, kind) for place in office.places.values()],
    }
    outcome.edits.append(Append("opds", ("opds",), value))
    places = ", ".join(office.places) or "belum ada lokasi"
    outcome.changes.append(
        Change(f"OPD baru: {code} ({name}), {yaml_text('users', users.value)} pengguna, lokasi: {places}")
    )
    if office.office.proposed:
        outcome.assume("kode diusulkan dari nama (yang lain: new_offices di berkas jawaban)", f"{code} ({name})")
    if not kind_said:
        outcome.assume("jenis OPD diambil dari nama", f"{code} {kind}")
    reachable = "ya" if defaults.reachable else "tidak"
    outcome.assume(
        f"tidak ditanyakan survei, jadi priority {defaults.priority} dan terjangkau: {reachable} (ubah di opds.yml, "
        "atau when_empty di berkas jawaban)",
        code,
    )
    return True


def _words(name: str) -> str:
    return " ".join(name.casefold().split())


def _location(place: SurveyPlace, kind: str) -> dict[str, Tree]:
    said_kind = place.said.get("location_kind")
    value: dict[str, Tree] = {
        "code": Word(place.code, is_text=True),
        "name": Word(place.name, is_text=True),
        "kind": Word(str(said_kind.value) if said_kind else place_kind_of(kind)),
    }
    if said := place.said.get("address"):
        value["address"] = Word(str(said.value), is_text=True)
    if said := place.said.get("location_users"):
        value["users"] = Word(yaml_text("users", said.value))
    if (said := place.said.get("existing_lans")) and isinstance(said.value, tuple):
        value["existing_lans"] = [Word(str(network)) for network in said.value]
    return value


def plan_bandwidth(outcome: Outcome, offices: Iterable[SurveyOffice]) -> None:
    """Edits of bandwidth.yml: what the office asks for. The other figures are decided by people, later."""
    for office in offices:
        said, code = office.said.get("requested"), office.office.code
        if said is None:
            continue
        index = next((n for n, record in enumerate(outcome.register.bandwidth) if record.opd == code), None)
        if index is not None:
            before = outcome.register.bandwidth[index].requested
            change(outcome, "bandwidth", ("bandwidth", index, "requested"), f"{code} requested", before, said.value)
        else:
            record: dict[str, Tree] = {
                "opd": Word(code, is_text=True),
                "requested": Word(yaml_text("requested", said.value)),
            }
            outcome.edits.append(Append("bandwidth", ("bandwidth",), record))
            outcome.changes.append(Change(f"bandwidth baru: {code} meminta {yaml_text('requested', said.value)}"))
            outcome.assume("baru meminta; proposed, granted, dan allocated diputuskan orang di bandwidth.yml", code)


def filled(outcome: Outcome, said: dict[str, Said], flagged: set[str], key: str) -> Value | None:
    """What the survey says, else what the answers say for empty cells; None when neither or when it is flagged."""
    if key in said:
        return said[key].value
    text = outcome.answers.when_empty.of(key)
    if text is None or key in flagged:
        return None
    try:
        return parse(Cell(Place("", "", 0, 0), "text", text), BY_KEY[key], "")
    except RefusedError as refused:
        note = f"berkas jawaban, when_empty.{key}: {refused.what} {refused.action}"
        if note not in outcome.notes:
            outcome.notes.append(note)
        return None


def change(outcome: Outcome, stem: Stem, path: KeyPath, title: str, before: object, after: Value) -> None:
    """Set one value when it differs; a smaller figure than people wrote is marked."""
    if before == after:
        return
    key = str(path[-1])
    outcome.edits.append(SetValue(stem, path, Word(yaml_text(key, after), is_text=isinstance(after, str))))
    figures = isinstance(before, int | Decimal) and isinstance(after, int | Decimal) and not isinstance(before, bool)
    lowers = figures and after < before  # type: ignore[operator]
    shown = "belum ada" if before is None else yaml_text(key, before)
    outcome.changes.append(Change(f"{title}: {shown} → {yaml_text(key, after)}", bool(lowers)))


def differs(outcome: Outcome, said: Said, stem: Stem, path: KeyPath, record: str, before: str) -> None:
    """Text that a person wrote is replaced by another text only when a person confirmed the cell."""
    if said.cell.place in outcome.confirmed:
        change(outcome, stem, path, f"{record} {path[-1]}", before, said.value)
        return
    outcome.flag(
        said,
        record,
        f"berbeda dari register ({record}: '{before}'); yang di register dibiarkan.",
        f"Bila survei yang benar, nyatakan di berkas jawaban (cells, tanpa use), atau ubah sendiri di {stem}.yml.",
    )


def yaml_text(key: str, value: object) -> str:
    """The value of a register field as the register writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format_rupiah(value)
    if isinstance(value, int) and key in _RATES:
        return format_bit_rate(value)
    return value.isoformat() if isinstance(value, date) else str(value)
