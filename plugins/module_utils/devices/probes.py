# SPDX-License-Identifier: GPL-3.0-or-later
"""Probes: what must succeed, after a fresh login, before a change is confirmed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .outcome import RefusedError, SessionLostError

_OUTPUT_SHOWN = 300

ProbeKind = Literal["command", "ping", "tcp", "dns"]


@dataclass(frozen=True)
class Probe:
    """One check. ``timeout`` and ``delay`` in seconds; ``retries`` more attempts after the first.

    - ``command``: a command of the device; ``expect`` is a regular expression its output must match somewhere (Python's
      syntax, ``^`` and ``$`` at lines). Without it, success is what the platform itself calls success.
    - ``ping``: ``host`` answers an echo request. ``tcp``: ``host`` accepts a connection on ``port``.
    - ``dns``: ``server`` (or, without one, the resolver in use) answers ``query`` with an address.

    ``where`` says from where it is tried; a command can only be tried on the device.
    ``only_if_passed_before``: it is run before the change as well, and binds only if it succeeded then.
    """

    name: str
    command: str = ""
    kind: ProbeKind = "command"
    expect: str | None = None
    host: str = ""
    port: int = 0
    query: str = ""
    server: str = ""
    where: Literal["device", "controller"] = "device"
    timeout: float = 10.0
    retries: int = 0
    delay: float = 2.0
    only_if_passed_before: bool = False

    def check(self) -> None:
        """Raise `RefusedError` when it does not say what to try."""
        needed = {"command": ("command",), "ping": ("host",), "tcp": ("host", "port"), "dns": ("query",)}[self.kind]
        missing = [name for name in needed if not getattr(self, name)]
        if missing:
            raise RefusedError(f"uji {self.name!r} jenis {self.kind} belum lengkap; isi {', '.join(missing)}")
        if self.kind == "command" and self.where == "controller":
            raise RefusedError(f"uji {self.name!r}: perintah hanya dapat dijalankan di perangkat; hapus where")
        if self.expect is not None:
            if self.kind != "command":
                raise RefusedError(f"uji {self.name!r}: expect hanya berlaku untuk jenis command")
            try:
                re.compile(self.expect)
            except re.error as error:
                raise RefusedError(
                    f"uji {self.name!r}: expect bukan ekspresi reguler yang sah ({error}); perbaiki polanya"
                ) from error

    def matches(self, output: str) -> bool:
        """Whether the output of a command is the expected one."""
        return self.expect is None or re.search(self.expect, output, re.MULTILINE) is not None


@dataclass(frozen=True)
class ProbeResult:
    """What a probe showed. ``output`` is the end of what it brought; one that is not ``binding`` may fail."""

    name: str
    ok: bool
    output: str = ""
    binding: bool = True

    def as_result(self) -> dict[str, str | bool]:
        """The form that reports read."""
        return {"name": self.name, "ok": self.ok, "output": self.output, "binding": self.binding}


def run_probe(
    probe: Probe, run: Callable[[Probe, float], tuple[bool, str]], remaining: Callable[[], float]
) -> ProbeResult:
    """Run one probe with its retries, never past ``remaining()`` seconds.

    ``run(probe, timeout)`` returns whether it succeeded and what it brought, and raises `SessionLostError` when nothing
    answered in time.
    """
    result = ProbeResult(probe.name, False, "tidak sempat dijalankan sebelum pengaman habis waktunya")
    for attempt in range(probe.retries + 1):
        if attempt:
            time.sleep(min(probe.delay, remaining()))
        budget = min(probe.timeout, remaining())
        if budget <= 0:
            break
        try:
            ok, output = run(probe, budget)
        except SessionLostError:
            result = ProbeResult(probe.name, False, f"tidak ada jawaban dalam {budget:.0f} detik")
            continue
        shown = output.strip()[-_OUTPUT_SHOWN:]
        if ok and not probe.matches(output):
            ok, shown = False, f"keluaran tidak memuat {probe.expect!r}: {shown}"
        result = ProbeResult(probe.name, ok, shown)
        if ok:
            break
    return result
