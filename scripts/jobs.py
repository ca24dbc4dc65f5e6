# SPDX-License-Identifier: GPL-3.0-or-later
"""One command of `make test`: its environment, its output, what pytest counted in it, and the time it took."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(Path(".venv/bin/python"))

# pytest's closing line, with and without -q: "3 passed, 1 skipped in 0.12s", "==== 3 passed in 61.00s (0:01:01) ====".
_CLOSING = re.compile(r"^(?:=+ )?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s\b")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


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


def stream(command: Sequence[str], counts: Counter[str]) -> int:
    """Run a command that has the machine for itself, output as it comes; its exit code."""
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


class Running:
    """A command that runs beside others, its output in a file until it ends."""

    def __init__(self, command: Sequence[str]) -> None:
        self.name = shlex.join(command)
        self.start = time.monotonic()
        self.computed = 0.0
        self.text = ""
        self._output = tempfile.TemporaryFile()  # noqa: SIM115  closed when reported
        print(f"--> mulai: {self.name}", flush=True)
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=self._output,
            stderr=subprocess.STDOUT,
        )  # fmt: skip

    def ended(self) -> bool:
        """Whether it has ended."""
        # Not poll(): this tells as well how long the command and all that it waited for have computed.
        pid, status, usage = os.wait4(self._process.pid, os.WNOHANG)
        if pid:
            self._process.returncode = os.waitstatus_to_exitcode(status)
            self.computed = usage.ru_utime + usage.ru_stime
        return bool(pid)

    def report(self, counts: Counter[str]) -> int:
        """Prints the output of a command that has ended, and returns the exit code."""
        with self._output:
            self._output.seek(0)
            self.text = self._output.read().decode("utf-8", "replace")
        code = int(self._process.returncode)
        how = "GAGAL, " if code else ""
        print(f"<-- {how}{took(time.monotonic() - self.start)} (menghitung {took(self.computed)}): {self.name}")
        sys.stdout.write(self.text if self.text.endswith("\n") or not self.text else f"{self.text}\n")
        for line in self.text.splitlines():
            counts.update(counted(line))
        if code:
            print(f"GALAT: berakhir dengan kode {code}: {self.name}")
        sys.stdout.flush()
        return code

    def interrupt(self) -> None:
        """Asks it to end, as Ctrl-C does."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGINT)

    def wait(self) -> None:
        """Returns when it has ended."""
        self._process.wait()
