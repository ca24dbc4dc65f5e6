# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs named stages one after the other: output as it comes, time of each, a summary a person can read at the end."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(Path(".venv/bin/python"))

# pytest's closing line, with and without -q: "3 passed, 1 skipped in 0.12s", "==== 3 passed in 61.00s (0:01:01) ====".
_CLOSING = re.compile(r"^(?:=+ )?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s\b")
_STILL = 60.0  # seconds between two signs of life of a command whose output is held back
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Stage:
    """A key for the command line, a label in Bahasa, and the commands.

    One after the other; with `together` above 1 so many at a time, each one's output shown whole when it has ended.
    """

    key: str
    label: str
    commands: tuple[tuple[str, ...], ...]
    together: int = 1


@dataclass
class Outcome:
    """What one stage did: seconds it took, the first exit code that was not 0, pytest's counts by word."""

    stage: Stage
    seconds: float = 0.0
    code: int = 0
    counts: Counter[str] = field(default_factory=Counter)


def counted(line: str) -> Counter[str]:
    """Counts of a pytest closing line, empty for any other line.

    >>> counted("3 passed, 1 skipped in 0.12s")["passed"]
    3
    """
    match = _CLOSING.match(_ANSI.sub("", line).strip())
    if match is None:
        return Counter()
    pairs = (part.split(" ") for part in match.group(1).split(", "))
    return Counter({word.rstrip("s") if word == "errors" else word: int(number) for number, word in pairs})


def took(seconds: float) -> str:
    """75.2 -> '1 menit 15 detik'."""
    whole = round(seconds)
    return f"{whole} detik" if whole < 60 else f"{whole // 60} menit {whole % 60} detik"


def heading(text: str) -> None:
    """A line that stands out in a long log."""
    print(f"\n=== {text} ===", flush=True)


def environment() -> dict[str, str]:
    """The children's environment: our virtual environment first, our ansible.cfg, output unbuffered."""
    env = {**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "PYTHONUNBUFFERED": "1"}
    # Molecule keeps a scenario's state under this, by the mere name of the checkout's folder.
    env["ANSIBLE_HOME"] = str(ROOT / ".ansible")
    env["PATH"] = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{env.get('PATH', os.defpath)}"
    if sys.stdout.isatty() and "NO_COLOR" not in env:
        env |= {"ANSIBLE_FORCE_COLOR": "1", "PY_COLORS": "1"}
    return env


def _stream(command: Sequence[str], counts: Counter[str]) -> int:
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        if process.stdout is None:  # cannot be with PIPE; satisfies the type checker
            return 1
        try:
            pending = b""
            # What has come is shown at once, a line counted when it is whole: pytest's dots are progress too.
            while chunk := os.read(process.stdout.fileno(), 65536):
                sys.stdout.buffer.write(chunk)
                sys.stdout.flush()
                *lines, pending = (pending + chunk).split(b"\n")
                for line in lines:
                    counts.update(counted(line.decode("utf-8", "replace")))
            counts.update(counted(pending.decode("utf-8", "replace")))
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)
            process.wait()
            raise
        return process.wait()


def _in_order(stage: Stage, outcome: Outcome) -> None:
    """Runs the commands until one fails."""
    for command in stage.commands:
        outcome.code = _stream(command, outcome.counts)
        if outcome.code:
            print(f"GALAT: berakhir dengan kode {outcome.code}: {' '.join(command)}", flush=True)
            return


def _together(stage: Stage, outcome: Outcome) -> None:
    """Runs all commands, some at a time. Those that wait are not started any more once one has failed."""
    waiting, running = list(stage.commands), dict[Running, None]()
    try:
        while waiting or running:
            while waiting and len(running) < stage.together and not outcome.code:
                running[Running(waiting.pop(0))] = None
            if outcome.code and not running:
                break
            ended = [job for job in running if job.ended()]
            for job in ended:
                del running[job]
                code = job.report(outcome.counts)
                outcome.code = outcome.code or code
            if not ended:
                time.sleep(0.2)
    except KeyboardInterrupt:
        for job in running:
            job.process.send_signal(signal.SIGINT)
        for job in running:
            job.process.wait()
        raise


class Running:
    """A command that runs beside others, its output in a file until it ends."""

    def __init__(self, command: Sequence[str]) -> None:
        self.name = " ".join(command)
        self.start = self.said = time.monotonic()
        self.output = tempfile.TemporaryFile()  # noqa: SIM115  closed when reported
        print(f"--> mulai: {self.name}", flush=True)
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT
        )

    def ended(self) -> bool:
        """Whether it has ended; says now and then that it has not."""
        if self.process.poll() is not None:
            return True
        now = time.monotonic()
        if now - self.said >= _STILL:
            self.said = now
            print(f"    masih berjalan ({took(now - self.start)}): {self.name}", flush=True)
        return False

    def report(self, counts: Counter[str]) -> int:
        """Prints the output and returns the exit code."""
        with self.output:
            self.output.seek(0)
            text = self.output.read().decode("utf-8", "replace")
        print(f"<-- {took(time.monotonic() - self.start)}: {self.name}")
        sys.stdout.write(text if text.endswith("\n") or not text else f"{text}\n")
        for line in text.splitlines():
            counts.update(counted(line))
        if self.process.returncode:
            print(f"GALAT: berakhir dengan kode {self.process.returncode}: {self.name}")
        sys.stdout.flush()
        return self.process.returncode


def run_stage(stage: Stage) -> Outcome:
    """Runs a stage's commands."""
    outcome = Outcome(stage)
    start = time.monotonic()
    heading(stage.label)
    path = environment()["PATH"]
    if missing := {c[0] for c in stage.commands if "/" not in c[0] and shutil.which(c[0], path=path) is None}:
        print(f"GALAT: perintah tidak ada: {', '.join(sorted(missing))}; jalankan: make setup", flush=True)
        outcome.code = 127
    else:
        (_together if stage.together > 1 else _in_order)(stage, outcome)
    outcome.seconds = time.monotonic() - start
    print(f"--- {stage.label}: {'GAGAL' if outcome.code else 'baik'}, {took(outcome.seconds)}", flush=True)
    return outcome


def run(stages: Iterable[Stage], again: str) -> list[Outcome]:
    """Runs stages until one fails; `again` is the command that goes on after an interruption.

    Raises SystemExit(130) when interrupted.
    """
    done: list[Outcome] = []
    try:
        for stage in stages:
            done.append(run_stage(stage))
            if done[-1].code:
                break
    except KeyboardInterrupt:
        print(f"\nDihentikan. Jalankan lagi untuk melanjutkan: {again}", flush=True)
        raise SystemExit(130) from None
    return done


def table(done: Sequence[Outcome], planned: Sequence[Stage]) -> str:
    """One line a stage: how it ended and how long it took; stages that never ran are named too."""
    lines = [
        f"  {'GAGAL' if o.code else 'baik':6} {took(o.seconds):>18}  {o.stage.label}" for o in done
    ]
    lines += [f"  {'-':6} {'tidak dijalankan':>18}  {stage.label}" for stage in planned[len(done):]]
    return "\n".join(lines)
