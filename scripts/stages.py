# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs named stages, each alone or with others in one pool; time of each, a summary a person can read at the end."""

from __future__ import annotations

import os
import shlex
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from idle import Idle
from jobs import PYTHON, ROOT, Running, environment, heading, stream, took

__all__ = [
    "PYTHON", "ROOT", "Outcome", "Stage", "again", "chosen", "environment", "heading", "run", "table", "took",
]  # fmt: skip

Command = tuple[str, ...]

CORES = os.cpu_count() or 2
#: cores that a pool hands out; a quarter more than there are, since hardly anything computes all the time
CAPACITY = 1.25 * CORES
#: part of all cores that must lie idle before a command joins as many others as there are cores
ROOM = 0.2
_LOOK = 4.0  # seconds over which that is seen
_PAUSE = 0.2  # seconds between two looks at what runs
_STILL = 60.0  # seconds between two signs of life while outputs are held back
_LAST_LINES = 120  # of a failed command, said again at the end


@dataclass(frozen=True)
class Stage:
    """A key for the command line, a label in Bahasa, and the commands.

    Without ``share`` it has the machine for itself, its commands one after the other, output as it comes. With a share
    it runs in a pool with the neighbouring stages that have one: each command is counted as keeping so much of a core
    busy, starts when there is room, and is shown whole when it has ended. Beyond one command a core the machine itself
    must have been idle as well: on a busy one, guards and logins of tests run out of time. ``after``: keys of stages in
    the same pool that must have ended well before.
    """

    key: str
    label: str
    commands: tuple[Command, ...]
    share: float | None = None
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.share is not None and not 0 < self.share <= 1:
            raise ValueError(f"{self.key}: share {self.share}, want more than 0 and at most 1")


@dataclass
class Outcome:
    """What one stage did.

    Seconds it took, seconds that its commands in a pool computed, the first exit code that was not 0, pytest's counts
    by word, how many commands ended well, and for each that failed the command and the end of its output (empty when
    it was shown as it came).
    """

    stage: Stage
    seconds: float = 0.0
    computed: float = 0.0
    code: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    good: int = 0
    failures: list[tuple[Command, str]] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether every command was run and ended well."""
        return self.code == 0 and self.good == len(self.stage.commands)

    def ended(self, command: Command, code: int, text: str = "") -> None:
        """Note the end of one command."""
        self.code = self.code or code
        if code:
            self.failures.append((command, "\n".join(text.splitlines()[-_LAST_LINES:])))
        else:
            self.good += 1


def chosen(stages: Iterable[Stage], words: Sequence[str]) -> list[Stage]:
    """The stages, in their order, that the words name: a key, or ``key:argument`` for the command with that last one.

    Raises LookupError with the word that names nothing.
    """
    found: dict[str, list[Command]] = {}
    every = list(stages)
    for word in words:
        key, colon, argument = word.partition(":")
        named = [c for s in every if s.key == key for c in s.commands if not colon or c[-1] == argument]
        if not named:
            raise LookupError(word)
        found.setdefault(key, []).extend(named)
    return [replace(s, commands=tuple(dict.fromkeys(found[s.key]))) for s in every if s.key in found]


def again(stage: Stage, command: Command) -> str:
    """The word that makes `chosen` pick one command."""
    return shlex.quote(f"{stage.key}:{command[-1]}" if len(stage.commands) > 1 else stage.key)


def _missing(stage: Stage) -> bool:
    path = environment()["PATH"]
    missing = {c[0] for c in stage.commands if "/" not in c[0] and shutil.which(c[0], path=path) is None}
    if missing:
        print(f"GALAT: perintah tidak ada: {', '.join(sorted(missing))}; jalankan: make setup", flush=True)
    return bool(missing)


def _close(outcome: Outcome) -> None:
    print(f"--- {outcome.stage.label}: {'GAGAL' if outcome.code else 'baik'}, {took(outcome.seconds)}", flush=True)


def _alone(stage: Stage) -> Outcome:
    """Runs the commands until one fails."""
    outcome, start = Outcome(stage), time.monotonic()
    heading(stage.label)
    if _missing(stage):
        outcome.code = 127
    for command in stage.commands:
        if outcome.code:
            break
        outcome.ended(command, stream(command, outcome.counts))
        if outcome.code:
            print(f"GALAT: berakhir dengan kode {outcome.code}: {shlex.join(command)}", flush=True)
    outcome.seconds = time.monotonic() - start
    _close(outcome)
    return outcome


class _Pool:
    """Stages whose commands run beside each other. Nothing is started any more once something has failed."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self._stages = stages
        self._waiting = {stage.key: list(stage.commands) for stage in stages}
        self._running: dict[Running, tuple[Stage, Command]] = {}
        self._starts: dict[str, float] = {}
        self._idle = Idle(_LOOK)
        self.outcomes: dict[str, Outcome] = {}

    def run(self) -> list[Outcome]:
        """The outcomes of the stages of which anything was started, in the stages' order."""
        heading("Bersamaan: " + "; ".join(stage.label for stage in self._stages))
        for stage in self._stages:
            if _missing(stage):
                self._outcome(stage).code = 127
        said = time.monotonic()
        try:
            while self._start_what_can() or self._running:
                if (now := time.monotonic()) - said >= _STILL:
                    said = now
                    still = "; ".join(f"{took(now - job.start)} {job.name}" for job in self._running)
                    print(f"    masih berjalan: {still}", flush=True)
                for job in [job for job in self._running if job.ended()]:
                    self._report(job)
                if self._running:
                    time.sleep(_PAUSE)
        except KeyboardInterrupt:
            for job in self._running:
                job.interrupt()
            for job in self._running:
                job.wait()
            raise
        return [self.outcomes[stage.key] for stage in self._stages if stage.key in self.outcomes]

    def _outcome(self, stage: Stage) -> Outcome:
        return self.outcomes.setdefault(stage.key, Outcome(stage))

    def _start_what_can(self) -> bool:
        started = False
        while (found := self._next()) is not None and self._room():
            stage, started = found, True
            command = self._waiting[stage.key].pop(0)
            self._outcome(stage)
            self._starts.setdefault(stage.key, time.monotonic())
            self._running[Running(command)] = (stage, command)
            # What it needs shows only from now on.
            self._idle.begin()
        return started

    def _room(self) -> bool:
        if len(self._running) < CORES:
            return True
        idle = self._idle.share()
        return idle is not None and idle >= ROOM

    def _next(self) -> Stage | None:
        """The first stage that has a command left, waits for no other, and fits beside what runs."""
        if any(outcome.code for outcome in self.outcomes.values()):
            return None
        used = sum(stage.share or 0 for stage, _ in self._running.values())
        for stage in self._stages:
            ready = all(self._done(key) for key in stage.after)
            if self._waiting[stage.key] and ready and (not self._running or used + (stage.share or 0) <= CAPACITY):
                return stage
        return None

    def _done(self, key: str) -> bool:
        """Whether a stage has ended well, or is not asked for."""
        return key not in self._waiting or (key in self.outcomes and self.outcomes[key].whole)

    def _report(self, job: Running) -> None:
        stage, command = self._running.pop(job)
        outcome = self._outcome(stage)
        code = job.report(outcome.counts)
        outcome.ended(command, code, job.text)
        outcome.computed += job.computed
        outcome.seconds = time.monotonic() - self._starts[stage.key]
        if not self._waiting[stage.key] and all(other is not stage for other, _ in self._running.values()):
            _close(outcome)


def run(stages: Iterable[Stage], resume: str) -> list[Outcome]:
    """Runs stages until one fails; `resume` is the command that goes on after an interruption.

    Raises SystemExit(130) when interrupted.
    """
    done: list[Outcome] = []
    try:
        for pooled, group in groupby(stages, key=lambda stage: stage.share is not None):
            if pooled:
                done += _Pool(list(group)).run()
            for stage in () if pooled else group:
                done.append(_alone(stage))
                if done[-1].code:
                    break
            if any(outcome.code for outcome in done):
                break
    except KeyboardInterrupt:
        print(f"\nDihentikan. Jalankan lagi untuk melanjutkan: {resume}", flush=True)
        raise SystemExit(130) from None
    return done


def table(done: Sequence[Outcome], planned: Sequence[Stage]) -> str:
    """One line a stage: how it ended and how long it took; stages that never ran, or not to the end, are named too."""
    found = {outcome.stage.key: outcome for outcome in done}
    lines = []
    for stage in planned:
        if (o := found.get(stage.key)) is None:
            lines.append(f"  {'-':7} {'tidak dijalankan':>18}  {stage.label}")
        else:
            left = len(stage.commands) - o.good - len(o.failures)
            how = "GAGAL" if o.code else "baik" if o.whole else "-"
            more = f" ({left} perintah tidak dijalankan)" if left else ""
            computed = f", menghitung {took(o.computed)}" if o.computed else ""
            lines.append(f"  {how:7} {took(o.seconds):>18}  {stage.label}{computed}{more}")
    return "\n".join(lines)
