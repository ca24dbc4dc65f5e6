# SPDX-License-Identifier: GPL-3.0-or-later
"""Stages written into opds.yml: only the characters that must change do, so that ``git diff`` shows nothing else.

The stage that an OPD leaves goes into its ``stage_history``; one that it only tried and was brought back from does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..planning.folder_hosts import folder_hosts
from ..register.document import read_document
from ..register.importers.edits import Append, Edit, RemoveItem, RemoveKey, SetValue, Tree, Word
from ..register.importers.files import BusyError, FilesChangedError, replace_file
from ..register.importers.survey import edit_bytes
from ..register.importers.trial import at_home, trial
from ..register.importers.yaml_edit import UneditableError
from ..register.models import Stage
from ..register.problem import Problem
from .errors import RolloutError

FILE_NAME = "opds.yml"


@dataclass(frozen=True)
class StageAt:
    """A stage and the day since which it holds; None where the register did not say."""

    stage: Stage
    since: date | None

    @property
    def words(self) -> dict[str, str]:
        """As the file holds it."""
        return {"stage": self.stage, **({"stage_since": self.since.isoformat()} if self.since else {})}


@dataclass(frozen=True)
class StagedFile:
    """opds.yml as it is and as it shall be; equal when there is nothing to write."""

    register: Path
    before: bytes
    after: bytes

    def errors(self) -> tuple[Problem, ...]:
        """What would be wrong with the government's folder. Raises OSError."""
        if self.before == self.after:
            return ()
        with trial(self.register, {FILE_NAME: self.after}) as copy:
            found = folder_hosts(copy.parent)
            return tuple(problem for problem in at_home(found.problems, copy, self.register) if problem.is_error)

    def write(self) -> bool:
        """Replace the file; False when there was nothing to write. Raises RolloutError, OSError."""
        if self.before == self.after:
            return False
        try:
            replace_file(self.register, FILE_NAME, self.before, self.after)
        except FilesChangedError as error:
            raise RolloutError(
                f"{self.register / error.file} ditulis orang lain pada saat yang sama; ulangi perintah yang sama"
            ) from error
        except BusyError as error:
            raise RolloutError(
                f"impor survei sedang menulis {self.register} atau terputus; selesaikan dulu dengan "
                "playbooks/import_survey.yml, lalu ulangi perintah yang sama"
            ) from error
        return True


def staged(register: Path, goals: Mapping[str, StageAt]) -> StagedFile:
    """opds.yml with the OPDs named in ``goals`` at these stages. Raises RolloutError, OSError."""
    path = register / FILE_NAME
    raw = path.read_bytes()
    data = read_document(path).data
    records = data.get("opds") if isinstance(data, dict) else None
    edits: list[Edit] = []
    missing = set(goals)
    for index, record in enumerate(records if isinstance(records, list) else []):
        if not isinstance(record, dict) or record.get("code") not in goals:
            continue
        goal = goals[str(record["code"])]
        missing.discard(str(record["code"]))
        edits += _edits(("opds", index), record, goal)
    if missing:
        raise RolloutError(f"OPD {', '.join(sorted(missing))} sudah tidak ada di {path}; kembalikan, lalu ulangi")
    try:
        return StagedFile(register, raw, edit_bytes(raw, edits))
    except UneditableError as error:
        place = ".".join(map(str, error.path))
        raise RolloutError(
            f"{path}: bagian '{place}' ditulis dengan cara yang tidak dapat disunting dengan pasti (alias, teks "
            "beberapa baris); tulis dengan cara biasa, lalu ulangi"
        ) from error


def _edits(path: tuple[str, int], record: Mapping[str, object], goal: StageAt) -> list[Edit]:
    found: list[Edit] = [
        SetValue("opds", (*path, key), Word(value), after="stage")
        for key, value in goal.words.items()
        if record.get(key) != value
    ]
    if goal.since is None and "stage_since" in record:
        found.append(RemoveKey("opds", (*path, "stage_since")))
    return [*found, *_history(path, record, goal)]


def _history(path: tuple[str, int], record: Mapping[str, object], goal: StageAt) -> list[Edit]:
    """Add the stage that is left now; take it out again when the OPD returns to it as if it had never left.

    That is known by its day: who is ordered back reaches the former stage anew, who failed is there as long as before.
    """
    since, history = record.get("stage_since"), record.get("stage_history")
    past = history if isinstance(history, list) else []
    where = (*path, "stage_history")
    if goal.since is None or not isinstance(since, str):
        return []
    day, last = goal.since.isoformat(), past[-1] if past else {}
    if (record.get("stage"), since) == (goal.stage, day):
        return []
    if last == {"stage": goal.stage, "since": day, "until": since}:
        return [RemoveItem("opds", (*where, len(past) - 1)) if len(past) > 1 else RemoveKey("opds", where)]
    if record.get("stage") == goal.stage:  # a run that was killed goes on another day
        return [SetValue("opds", (*where, len(past) - 1, "until"), Word(day))] if past else []
    entry: Tree = {"stage": Word(str(record.get("stage"))), "since": Word(since), "until": Word(day)}
    if "stage_history" in record:
        return [Append("opds", where, entry)]
    return [SetValue("opds", where, [entry], after="stage_since")]
