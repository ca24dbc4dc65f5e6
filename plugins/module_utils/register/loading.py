# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a folder of YAML files to a Register, or to all of its problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .checking import check_record
from .content import read_content
from .draft import Draft, Section
from .kinds import (
    APPLICATIONS,
    BANDWIDTH,
    CIRCUITS,
    COMPLAINTS,
    DEVICES,
    EVENTS,
    FINDINGS,
    GOVERNMENT,
    OPDS,
    SERVERS,
    STEMS,
    Kind,
)
from .models import Record, Register, UnknownFieldError
from .problem import Position, Problem, in_reading_order
from .render import render
from .rules import check_rules, findings, stages
from .suggest import closest
from .tally import Tally, tally


@dataclass(frozen=True, slots=True)
class LoadResult:
    """``register`` is None exactly when one of ``problems`` is an error; problems are in reading order.

    ``tally`` counts what could be read, right or not.
    """

    register: Register | None
    problems: tuple[Problem, ...]
    tally: Tally

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.is_error)

    def text(self) -> str:
        """All problems, ready to print."""
        return render(self.problems)


def load(folder: Path, today: date | None = None) -> LoadResult:
    """Read every file of ``folder`` (``inventories/<government>/register``) and judge them together.

    Reads only; raises nothing for whatever the files hold. A file that cannot be read hides no problem of the others.
    What comes out depends on the files alone, unless ``today`` is given: then days that have not come are told too.
    """
    folder = Path(folder)
    if not folder.is_dir():
        problem = Problem(
            Position(str(folder)),
            "",
            "folder register tidak ada.",
            "Periksa nama foldernya, atau buat pemerintah daerah baru dari inventories/contoh dengan 'make new'.",
        )
        return LoadResult(None, (problem,), tally(Draft(folder.parent)))
    draft = Draft(folder.parent)
    problems = list(_stray_files(folder))
    problems += _load_government(folder, draft)
    problems += _load_section(folder, OPDS, draft.opds)
    problems += _load_section(folder, CIRCUITS, draft.circuits)
    problems += _load_section(folder, BANDWIDTH, draft.bandwidth)
    problems += _load_section(folder, DEVICES, draft.devices)
    problems += _load_section(folder, SERVERS, draft.servers)
    problems += _load_section(folder, APPLICATIONS, draft.applications)
    problems += _load_section(folder, EVENTS, draft.events)
    problems += _load_section(folder, COMPLAINTS, draft.complaints)
    problems += _load_section(folder, FINDINGS, draft.findings)
    problems += check_rules(draft)
    problems += [*stages.check_days(draft, today), *findings.check_days(draft, today)] if today else ()
    ordered = tuple(in_reading_order(problems))
    if any(problem.is_error for problem in ordered) or draft.government is None:
        return LoadResult(None, ordered, tally(draft))
    return LoadResult(_register(draft), ordered, tally(draft))


def _register(draft: Draft) -> Register:
    assert draft.government is not None
    # model_construct: every record in it is validated already.
    return Register.model_construct(
        government=draft.government.record,
        opds=tuple(entry.record for entry in draft.opds),
        circuits=tuple(entry.record for entry in draft.circuits),
        bandwidth=tuple(entry.record for entry in draft.bandwidth),
        devices=tuple(entry.record for entry in draft.devices),
        servers=tuple(entry.record for entry in draft.servers),
        applications=tuple(entry.record for entry in draft.applications),
        events=tuple(entry.record for entry in draft.events),
        complaints=tuple(entry.record for entry in draft.complaints),
        findings=tuple(entry.record for entry in draft.findings),
    )


def _load_government(folder: Path, draft: Draft) -> Iterator[Problem]:
    content = read_content(folder, GOVERNMENT)
    yield from content.document.problems
    if isinstance(content.value, dict):
        draft.government, problems = check_record(GOVERNMENT.model, content.document, content.path, content.value)
        yield from problems
    elif content.value is not None:
        yield content.problem(
            "di sini harus ada satu kelompok kunci, bukan daftar atau satu nilai.",
            "Tulis 'code: …', 'name: …' dan seterusnya langsung di bawah 'government:', tanpa '-'.",
        )


def _load_section[M: Record](folder: Path, kind: Kind[M], section: Section[M]) -> Iterator[Problem]:
    if kind.optional and not (folder / kind.file_name).exists():
        return
    content = read_content(folder, kind)
    yield from content.document.problems
    if not isinstance(content.value, list):
        section.complete = False
        if content.value is not None:
            yield content.problem(
                f"isi '{kind.stem}' harus berupa daftar.",
                f"Awali setiap catatan dengan '- {kind.name_key}: …' di bawah '{kind.stem}:'.",
            )
        return
    for index, data in enumerate(content.value):
        entry, problems = check_record(kind.model, content.document, (*content.path, index), data)
        yield from problems
        if entry is None:
            section.complete = False
            continue
        section.entries.append(entry)
        try:
            section.name_of(entry.record)
        except UnknownFieldError:
            section.complete = False


def _stray_files(folder: Path) -> Iterator[Problem]:
    """YAML files that nobody would read: what is written there would be lost in silence."""
    known = [f"{stem}.yml" for stem in STEMS]
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in (".yml", ".yaml") or path.name in known or path.name.startswith("."):
            continue
        near = f"{path.stem}.yml" if f"{path.stem}.yml" in known else closest(path.name, known, cutoff=0.75)
        hint = f' Maksud Anda "{near}"?' if near else ""
        action = (
            f"Ganti namanya menjadi {near}." if near else f"Pindahkan dari folder ini. Yang dibaca: {', '.join(known)}."
        )
        yield Problem(Position(str(path)), "", f"berkas '{path.name}' tidak dikenal dan tidak dibaca.{hint}", action)
