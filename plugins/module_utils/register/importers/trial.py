# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judging a register that is not written yet."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ..loading import LoadResult, load
from ..problem import Position, Problem


def judge(folder: Path, texts: Mapping[str, bytes]) -> LoadResult:
    """Load ``folder`` (``…/register``) as if the named files already held these texts; positions name the real files.

    A copy in a temporary folder is judged, so nothing of the government's folder is touched. Raises OSError.
    """
    with trial(folder, texts) as register:
        result = load(register)
        return replace(result, problems=at_home(result.problems, register, folder))


@contextmanager
def trial(folder: Path, texts: Mapping[str, bytes]) -> Iterator[Path]:
    """The register of a government's copy in which the named files hold these texts. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="terpusat-import-") as name:
        government = Path(name) / folder.parent.name
        register = government / folder.name
        register.mkdir(parents=True)
        for path in folder.parent.iterdir():  # rules also look at files beside the register
            if path.name != folder.name:
                os.symlink(path.absolute(), government / path.name)
        for path in folder.iterdir():
            if path.is_file() and not path.name.startswith("."):
                (register / path.name).write_bytes(texts.get(path.name, path.read_bytes()))
        yield register


def at_home(problems: Iterable[Problem], trial: Path, real: Path) -> tuple[Problem, ...]:
    """The problems of a trial, as if they had been found in the real folder."""
    return tuple(_moved(problem, trial, real) for problem in problems)


def _moved(problem: Problem, trial: Path, real: Path) -> Problem:
    def here(text: str) -> str:
        return text.replace(str(trial), str(real)).replace(str(trial.parent), str(real.parent))

    position = Position(here(problem.file), problem.line, problem.column)
    return replace(problem, position=position, what=here(problem.what), action=here(problem.action))
