# SPDX-License-Identifier: GPL-3.0-or-later
"""Probes: commands that must succeed on the device, in a fresh session, before a change is confirmed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from .outcome import SessionLostError

_OUTPUT_SHOWN = 300


@dataclass(frozen=True)
class Probe:
    """``timeout`` and ``delay`` in seconds; ``retries`` more attempts after the first.

    ``only_if_passed_before``: it is run before the change as well, and binds only if it succeeded then.
    """

    name: str
    command: str
    timeout: float = 10.0
    retries: int = 0
    delay: float = 2.0
    only_if_passed_before: bool = False


@dataclass(frozen=True)
class ProbeResult:
    """What a probe showed. ``output`` is the end of what the command printed; one that is not ``binding`` may fail."""

    name: str
    ok: bool
    output: str = ""
    binding: bool = True

    def as_result(self) -> dict[str, str | bool]:
        """The form that reports read."""
        return {"name": self.name, "ok": self.ok, "output": self.output, "binding": self.binding}


def run_probe(
    probe: Probe, run: Callable[[str, float], tuple[int, str]], remaining: Callable[[], float]
) -> ProbeResult:
    """Run one probe with its retries, never past ``remaining()`` seconds.

    ``run(command, timeout)`` returns exit code and output, and raises `SessionLostError` when nothing answered in time.
    """
    result = ProbeResult(probe.name, False, "tidak sempat dijalankan sebelum pengaman habis waktunya")
    for attempt in range(probe.retries + 1):
        if attempt:
            time.sleep(min(probe.delay, remaining()))
        budget = min(probe.timeout, remaining())
        if budget <= 0:
            break
        try:
            code, output = run(probe.command, budget)
        except SessionLostError:
            result = ProbeResult(probe.name, False, f"tidak ada jawaban dalam {budget:.0f} detik")
            continue
        if code == 0:
            return ProbeResult(probe.name, True, output.strip()[-_OUTPUT_SHOWN:])
        result = ProbeResult(probe.name, False, f"kode keluar {code}: {output.strip()[-_OUTPUT_SHOWN:]}")
    return result
