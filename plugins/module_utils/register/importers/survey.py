# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A survey against a register: what would change, what is flagged and why. Reads only; `files` writes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..loading import LoadResult, load
from ..problem import Position, Problem
from ..suggest import did_you_mean
from . import table as tables
from .answers import Answers, CellAnswer
from .cells import Flag, Place, Sheet, UnreadableError
from .csv_sheet import read_csv
from .edits import STEMS, Change, Edit
from .entries import Entry, read_entries
from .lines import plan_circuits
from .offices import join_offices
from .outliers import drop_outliers
from .places import gather
from .records import Outcome, plan_bandwidth, plan_offices
from .trial import judge
from .xlsx_sheet import read_xlsx
from .yaml_edit import UneditableError, edited

_SHEETS = (".xlsx", ".xlsm")
_OTHER_SHEETS = (".xls", ".xlsb", ".xlt", ".ods", ".numbers", ".et", ".dbf")
_TEXTS = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class Import:
    """The result of looking: new file contents, and everything to tell.

    ``problems`` are errors (nothing may be written) or warnings that the import brings. ``before`` and ``after`` hold
    only files that change.
    """

    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    before: Mapping[str, bytes] = field(default_factory=dict)
    after: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    read: tuple[str, ...] = ()
    rows: int = 0

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)

    def diff(self) -> str:
        """Unified diffs of the files that change."""
        parts: list[str] = []
        for name in self.after:
            old = self.before[name].decode("utf-8-sig").splitlines(keepends=True)
            new = self.after[name].decode("utf-8-sig").splitlines(keepends=True)
            lines = difflib.unified_diff(old, new, f"{name} (sekarang)", f"{name} (sesudah impor)", n=2)
            parts += [
                line if line.endswith("\n") else f"{line}\n\\ tanpa baris baru di akhir berkas\n" for line in lines
            ]
        return "".join(parts)


def import_survey(folder: Path, sources: Sequence[Path], answers: Answers) -> Import:
    """Look at what the survey files would change in the register at ``folder``. Raises OSError."""
    loaded = load(folder)
    if loaded.register is None:
        return Import(problems=loaded.errors)
    outcome = Outcome(loaded.register, answers)
    files, problems = _files(sources, outcome)
    entries, count = _entries(files, answers, outcome, problems)
    if any(problem.is_error for problem in problems):
        return Import(problems=tuple(problems), notes=tuple(outcome.notes))
    outcome.confirmed = _confirmed(entries, answers)
    offices = join_offices(loaded.register, answers, entries, outcome.flags)
    surveyed = gather(loaded.register, answers, offices, outcome.flags, outcome.notes)
    drop_outliers(loaded.register, surveyed, outcome.confirmed, outcome.flags)
    present = plan_offices(outcome, surveyed)
    plan_bandwidth(outcome, present)
    plan_circuits(outcome, present)
    outcome.close()
    return _written(folder, loaded, outcome, tuple(path.name for path in files), count)


def _files(sources: Sequence[Path], outcome: Outcome) -> tuple[list[Path], list[Problem]]:
    """Survey files; of a folder all that it holds, in the order of their names. What is passed over is told."""
    files: list[Path] = []
    problems: list[Problem] = []
    for source in sources:
        if source.is_dir():
            inside = sorted(
                p for p in source.iterdir() if p.suffix.lower() in (*_SHEETS, ".csv", ".tsv") and not _scratch(p)
            )
            files += inside
            _tell_passed_over(source, inside, outcome)
            if not inside:
                problems.append(_problem(source, "folder ini tidak berisi XLSX atau CSV.", "Periksa nama foldernya."))
        elif source.is_file():
            files.append(source)
        else:
            problems.append(_problem(source, "berkas survei tidak ada.", "Periksa namanya."))
    names = [path.name for path in files]
    for path in files:
        if names.count(path.name) > 1:
            problems.append(_problem(path, "dua berkas survei bernama sama.", "Ganti nama salah satunya."))
    return files, problems


def _tell_passed_over(folder: Path, taken: Sequence[Path], outcome: Outcome) -> None:
    """An office that sent its answer in an old format must not be missed; a photo may be."""
    others: list[str] = []
    for path in sorted(folder.iterdir()):
        if path in taken or _scratch(path):
            continue
        if path.suffix.lower() in _OTHER_SHEETS:
            outcome.flags.append(
                Flag(
                    Place(path.name, "", 1, 1),
                    "",
                    "",
                    "",
                    f"jenis berkas '{path.suffix}' tidak dibaca; semua isinya terlewat.",
                    "Buka di Excel atau LibreOffice, simpan ulang sebagai XLSX di folder yang sama.",
                )
            )
        else:
            others.append(f"{path.name}/" if path.is_dir() else path.name)
    if others:
        outcome.notes.append(f"{folder.name}: bukan XLSX atau CSV, jadi tidak dibaca: {', '.join(others)}.")


def _scratch(path: Path) -> bool:
    return path.name.startswith((".", "~$"))  # what Excel and LibreOffice leave beside an open file


def _problem(path: Path, what: str, action: str) -> Problem:
    return Problem(Position(str(path)), "", what, action)


def _entries(
    files: Iterable[Path], answers: Answers, outcome: Outcome, problems: list[Problem]
) -> tuple[list[Entry], int]:
    entries: list[Entry] = []
    unanswered = list(answers.cells)
    for path in files:
        try:
            sheets = _sheets(path, answers)
        except UnreadableError as error:
            problems.append(_problem(path, error.what, error.action))
            continue
        found = False
        for sheet in sheets:
            if sheet.name in answers.ignore_sheets:
                continue
            unanswered = _answer_cells(sheet, unanswered, problems)
            table = tables.read_table(sheet, answers.headers)
            outcome.notes += sheet.notes
            if table is None:
                if sheet.rows and len(sheets) > 1:
                    outcome.notes.append(f"{sheet.title}: tidak ada judul kolom yang dikenal, lembar tidak dibaca.")
                continue
            found = True
            outcome.notes += table.notes
            outcome.flags += table.flags
            entries += read_entries(table, outcome.flags)
        if not found:
            problems.append(
                _problem(
                    path,
                    "tidak ada baris judul yang dikenal ('Nama OPD' dan sedikitnya satu kolom lain).",
                    "Pakai formulir di docs/formulir, atau sebut arti judulnya di berkas jawaban (headers).",
                )
            )
    for answer in unanswered:
        where = " ".join(filter(None, (answer.file, f"[{answer.sheet}]" if answer.sheet else "", answer.cell)))
        outcome.notes.append(f"berkas jawaban, cells: {where} tidak ada di survei ini; jawaban itu tidak dipakai.")
    return entries, len(entries)


def _sheets(path: Path, answers: Answers) -> list[Sheet]:
    suffix = path.suffix.lower()
    if suffix in _SHEETS:
        return read_xlsx(path)
    if suffix in _TEXTS:
        return read_csv(path, lambda sheet: tables.score(sheet, answers.headers))
    raise UnreadableError(
        path.name,
        f"jenis berkas '{path.suffix}' tidak dibaca.{did_you_mean(suffix, (*_SHEETS, *_TEXTS))}",
        "Simpan sebagai XLSX atau CSV.",
    )


def _answer_cells(sheet: Sheet, answers: list[CellAnswer], problems: list[Problem]) -> list[CellAnswer]:
    """Put what a person said into the cells; returns the answers that speak of other sheets."""
    rest = []
    by_ref = {cell.place.ref: cell for cells in sheet.rows.values() for cell in cells.values()}
    for answer in answers:
        if not _is_for(answer, sheet):
            rest.append(answer)
            continue
        ref = answer.cell.upper().replace("$", "")
        cell = by_ref.get(ref)
        if cell is None:
            rest.append(answer)
        elif answer.found not in (cell.text, f"{cell.text} {cell.unit}".strip()):
            problems.append(
                Problem(
                    Position(sheet.file),
                    f"cells[{answer.cell}]",
                    f"jawaban untuk sel {ref} menyebut isinya '{answer.found}', tetapi kini '{cell.text}'.",
                    "Periksa lagi selnya, lalu betulkan atau hapus jawaban itu.",
                )
            )
        elif answer.use is not None:
            sheet.put(cell.with_text(answer.use))
    return rest


def _is_for(answer: CellAnswer, sheet: Sheet) -> bool:
    return answer.file in (None, sheet.file) and (answer.sheet or "") == sheet.name


def _confirmed(entries: Iterable[Entry], answers: Answers) -> frozenset[Place]:
    refs = {(answer.file, answer.sheet or "", answer.cell.upper().replace("$", "")) for answer in answers.cells}
    places = {said.cell.place for entry in entries for said in entry.said.values()}
    return frozenset(p for p in places if {(None, p.sheet, p.ref), (p.file, p.sheet, p.ref)} & refs)


def _written(folder: Path, loaded: LoadResult, outcome: Outcome, read: tuple[str, ...], count: int) -> Import:
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    problems: list[Problem] = []
    for stem in STEMS:
        edits: list[Edit] = [edit for edit in outcome.edits if edit.stem == stem]
        path = folder / f"{stem}.yml"
        raw = path.read_bytes()
        if not edits:
            continue
        try:
            before[path.name] = raw
            after[path.name] = edit_bytes(raw, edits)
        except UneditableError as error:
            place = ".".join(map(str, error.path))
            problems.append(
                _problem(
                    path,
                    f"bagian '{place}' ditulis dengan cara yang tidak dapat disunting dengan pasti (alias, teks "
                    "beberapa baris).",
                    "Tulis bagian itu dengan cara biasa, lalu ulangi impor.",
                )
            )
    if not problems and after:
        judged = judge(folder, after)
        known = {(problem.file, problem.what) for problem in loaded.problems}
        problems += [
            problem for problem in judged.problems if problem.is_error or (problem.file, problem.what) not in known
        ]
    result = Import(
        flags=tuple(outcome.flags),
        notes=tuple(outcome.notes),
        changes=tuple(outcome.changes),
        before=before,
        after=after,
        problems=tuple(problems),
        read=read,
        rows=count,
    )
    return replace(result, before={}, after={}) if any(p.is_error for p in problems) else result


def edit_bytes(raw: bytes, edits: Iterable[Edit]) -> bytes:
    """The file's bytes with the edits made; a byte order mark stays."""
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    return mark + edited(raw.decode("utf-8-sig"), edits).encode()
