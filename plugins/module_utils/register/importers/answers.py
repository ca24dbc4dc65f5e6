# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person answered to the import's questions: a small YAML file beside the survey."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from ..checking import check_record
from ..document import read_document
from ..models.record import Record
from ..models.scalars import Code, Priority, Text, YesNo
from ..problem import Position, Problem, in_reading_order
from ..refused import RefusedError
from ..suggest import did_you_mean
from .columns import BY_KEY
from .headers import IGNORE

_FILLABLE = ("opd_kind", "public_service", "media", "role", "contract_start", "contract_end", "budget_line")


def _column(value: Any) -> str:
    if isinstance(value, str) and (value in BY_KEY or value == IGNORE):
        return value
    known = [*BY_KEY, IGNORE]
    raise RefusedError(
        f"'{value}' bukan nama kolom.{did_you_mean(str(value), known)}", f"Pilih salah satu: {', '.join(known)}."
    )


ColumnKey = Annotated[str, BeforeValidator(_column)]


class CellAnswer(Record):
    """``found`` must still stand in the cell; ``use`` takes its place. Without it the cell is confirmed as it is."""

    model_config = ConfigDict(title="Sel")

    cell: Annotated[Text, Field(description="Alamat sel, misalnya C14.")]
    sheet: Annotated[Text | None, Field(description="Nama lembar; tidak untuk CSV.")] = None
    file: Annotated[Text | None, Field(description="Nama berkas, bila beberapa.")] = None
    found: Annotated[Text, Field(description="Isi sel sekarang.")]
    use: Annotated[Text | None, Field(description="Isi yang benar; tanpa ini isi sel dinyatakan benar.")] = None
    reason: Annotated[Text, Field(description="Siapa yang memastikan dan bagaimana.")]


class WhenEmpty(Record):
    """Values for cells that nobody filled in, needed for new records."""

    model_config = ConfigDict(title="Bila kosong")

    priority: Annotated[Priority, Field(description="Prioritas OPD baru, 1 sampai 5.")] = 3
    reachable: Annotated[YesNo, Field(description="Apakah OPD baru terjangkau jaringan.")] = True
    reason: Annotated[Text | None, Field(description="Alasan bila reachable: false.")] = None
    opd_kind: Text | None = None
    public_service: Text | None = None
    media: Text | None = None
    role: Text | None = None
    contract_start: Text | None = None
    contract_end: Text | None = None
    budget_line: Text | None = None

    def of(self, key: str) -> str | None:
        """The text for this column, as if somebody had written it into the cell."""
        return getattr(self, key) if key in _FILLABLE else None


class Answers(Record):
    """``offices`` and ``locations`` join names to what the register has, ``new_…`` say that a name is a new one."""

    model_config = ConfigDict(title="Jawaban")

    headers: dict[str, ColumnKey] = Field(default_factory=dict)
    offices: dict[str, Code] = Field(default_factory=dict)
    new_offices: dict[str, Code] = Field(default_factory=dict)
    locations: dict[str, Code] = Field(default_factory=dict)
    new_locations: dict[str, Code] = Field(default_factory=dict)
    ignore_sheets: tuple[Text, ...] = ()
    cells: tuple[CellAnswer, ...] = ()
    when_empty: WhenEmpty = WhenEmpty()


@dataclass(frozen=True, slots=True)
class AnswersResult:
    """``answers`` is None exactly when there are ``problems``."""

    answers: Answers | None
    problems: tuple[Problem, ...]


def read_answers(path: Path | None) -> AnswersResult:
    """Reads the answers file; none at all is no answer."""
    if path is None:
        return AnswersResult(Answers(), ())
    if not path.is_file():
        problem = Problem(
            Position(str(path)),
            "",
            "berkas jawaban tidak ada.",
            "Periksa namanya, atau jalankan tanpa terpusat_import_answers.",
        )
        return AnswersResult(None, (problem,))
    document = read_document(path)
    if document.problems:
        return AnswersResult(None, tuple(document.problems))
    data = document.data if document.data is not None else {}
    if isinstance(data, dict):  # a section of which every line is still a comment says nothing
        data = {key: value for key, value in data.items() if value is not None}
    entry, problems = check_record(Answers, document, (), data)
    if problems or entry is None:
        return AnswersResult(None, tuple(in_reading_order(problems)))
    return AnswersResult(entry.record, ())
