# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a rollout stands, on disk: ``rollout.json`` in the government's state folder, written whole at every step.

    waiting ──▶ begun ──▶ done
                  └─────▶ returning ──▶ failed     (the routers are as they were)
                  │              └────▶ stuck      (not every router could be brought back)
                  └─────────────────▶ stuck        (somebody ordered it back: the register stays there)

An office in ``begun`` is meant to be at its new stage, one in ``returning`` at its former one; whatever a killed
process left of that, the next run brings register and routers there and goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from ..devices.evidence.errors import EvidenceError
from ..devices.evidence.files import locked, make_folder
from ..planning.rollout.request import Request
from ..register.models import Stage
from ..whole_files import write_whole
from .errors import RolloutError
from .stage_file import StageAt

FILE_NAME = "rollout.json"
VERSION = 1
_LOCK_SECONDS = 30.0

State = Literal["waiting", "begun", "returning", "done", "failed", "stuck"]
#: in the hands of a run, so that the next one has to bring it to an end
IN_HAND: frozenset[State] = frozenset({"begun", "returning"})
FAILED: frozenset[State] = frozenset({"returning", "failed", "stuck"})


@dataclass
class Office:
    """One OPD of a run. Days are ISO 8601 texts; ``transaction`` names it in the ledger; ``wave`` counts from 1."""

    code: str
    source: Stage
    source_since: str | None
    to: Stage
    back: bool
    wave: int
    routers: list[str]
    evidence: list[str]
    transaction: str
    state: State = "waiting"
    why: str = ""

    @property
    def former(self) -> StageAt:
        return StageAt(self.source, date.fromisoformat(self.source_since) if self.source_since else None)

    def goal(self, day: date) -> StageAt:
        """What the register shall say of it now."""
        return self.former if self.state == "returning" else StageAt(self.to, day)


@dataclass
class Run:
    """One rollout. ``owner`` names the process that runs it; ``day`` is the day it calls today.

    ``resumed``: an earlier process was killed, so what stands in the ledger has to be looked up before it is added to.
    """

    id: str
    folder: str
    to: Stage | None
    only: list[str]
    reason: str
    day: str
    owner: str
    failures_allowed: int
    resumed: bool = False
    offices: list[Office] = field(default_factory=list)
    stopped: bool = False
    finished: bool = False

    @property
    def request(self) -> Request:
        return Request(self.to, tuple(self.only), self.reason)

    @property
    def today(self) -> date:
        return date.fromisoformat(self.day)

    def of(self, *states: State) -> list[Office]:
        return [office for office in self.offices if office.state in states]

    @property
    def failures(self) -> list[str]:
        """Codes of those that did not get where they should."""
        return [office.code for office in self.of(*FAILED)]


class Journal:
    """The file, with its lock: one step of one process at a time."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is the government's state folder; nothing is touched yet."""
        self.path = folder / FILE_NAME

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else reads or writes meanwhile. Raises RolloutError."""
        try:
            make_folder(self.path.parent)
            with locked(self.path.with_suffix(".lock"), seconds=_LOCK_SECONDS):
                yield
        except EvidenceError as error:
            raise RolloutError(str(error)) from error

    def load(self) -> Run | None:
        """None before the first run. Raises RolloutError when the file is not ours, OSError."""
        try:
            data: dict[str, Any] = json.loads(self.path.read_bytes())
            if data.pop("version") != VERSION:
                raise ValueError("versi lain")
            offices = [Office(**office) for office in data.pop("offices")]
            return Run(**data, offices=offices)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RolloutError(
                f"{self.path} rusak ({error}); periksa tahap OPD dengan 'git diff', lalu sisihkan berkas itu dan ulangi"
            ) from error

    def save(self, run: Run) -> None:
        """On disk when this returns. Raises OSError."""
        content = json.dumps({"version": VERSION, **asdict(run)}, ensure_ascii=False, indent=1) + "\n"
        write_whole(self.path, content.encode(), mode=0o600)
