# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Problems as text that a tired technician can read."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

from .problem import Problem, Severity, in_reading_order

_WIDTH = 100
_LABELS = {Severity.ERROR: "KESALAHAN", Severity.WARNING: "PERINGATAN"}


def render(problems: Iterable[Problem], base: Path | None = None) -> str:
    """All problems in reading order, one block each, with a blank line between; paths relative to ``base`` (cwd)."""
    return "\n\n".join(render_one(problem, base) for problem in in_reading_order(list(problems)))


def render_one(problem: Problem, base: Path | None = None) -> str:
    """``KESALAHAN file:line:column`` and indented lines: key, what is wrong, what to do."""
    head = f"{_LABELS[problem.severity]} {shown_path(problem.file, base)}:{problem.line}:{problem.column}"
    rows = [("kunci", problem.key)] if problem.key else []
    rows += [("masalah", problem.what), ("tindakan", problem.action)]
    return "\n".join([head, *(_row(label, text) for label, text in rows)])


def count_line(problems: Sequence[Problem]) -> str:
    """``3 kesalahan, 1 peringatan``."""
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    parts = [f"{errors} kesalahan"] if errors or not warnings else []
    return ", ".join([*parts, *([f"{warnings} peringatan"] if warnings else [])])


def shown_path(file: str, base: Path | None = None) -> str:
    """``file`` relative to ``base`` when it lies below it, else as it is."""
    absolute, root = os.path.abspath(file), os.path.abspath(base or Path.cwd())
    return os.path.relpath(absolute, root) if os.path.commonpath([absolute, root]) == root else file


def _row(label: str, text: str) -> str:
    lead = f"  {label:<8} : "
    # Neither words nor paths are broken: what is copied from the screen must work.
    return textwrap.fill(
        text,
        width=_WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
