# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs named stages one after the other: output as it comes, time of each, a summary a person can read at the end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(Path(".venv/bin/python"))

# pytest's closing line, with and without -q: "3 passed, 1 skipped in 0.12s", "==== 3 passed in 61.00s (0:01:01) ====".
_CLOSING = re.compile(r"^(?:=+ )?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s\b")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Stage:
    """A key for the command line, a label in Bahasa, and the commands to run in order."""

    key: str
    label: str
    commands: tuple[tuple[str, ...], ...]


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


def run_stage(stage: Stage) -> Outcome:
    """Runs a stage's commands until one fails."""
    outcome = Outcome(stage)
    start = time.monotonic()
    heading(stage.label)
    for command in stage.commands:
        try:
            outcome.code = _stream(command, outcome.counts)
        except FileNotFoundError:
            print(f"GALAT: perintah tidak ada: {command[0]}; jalankan: make setup", flush=True)
            outcome.code = 127
        if outcome.code:
            print(f"GALAT: berakhir dengan kode {outcome.code}: {' '.join(command)}", flush=True)
            break
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
