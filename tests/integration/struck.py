# SPDX-License-Identifier: GPL-3.0-or-later
"""A platform that something happens to, before or after one of its steps.

Run as a program it is a controller of its own, to be killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "collections"))

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms  # noqa: E402
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe  # noqa: E402
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report  # noqa: E402
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session  # noqa: E402
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target  # noqa: E402
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.transaction import Transaction  # noqa: E402

#: every step of a transaction that talks to the device, in order; a number tells the first from the second time
STEPS = ("preflight", "read", "arm", "apply", "applied", "run_probe", "read 2", "confirm", "save")
PROBE = Probe("hidup", "true")

Blow = Callable[[Session], None]


class UnreachedError(Exception):
    """The transaction ended without the blow: this machine was slower than the guard, or than a session's patience.

    It may have ended well: a session that is lost while the change is applied is followed by a new one.
    """


def until_struck[End](attempt: Callable[[int], End], give_back: Callable[[int], None], guards: Sequence[int]) -> End:
    """What ``attempt`` returned with the first of the guards (seconds) under which the blow fell.

    ``give_back`` makes the device ready for another attempt, whatever the last one left.

    Raises:
        UnreachedError: it fell under none; the device has been given back all the same.
    """
    for number, seconds in enumerate(guards, 1):
        try:
            return attempt(seconds)
        except UnreachedError:
            give_back(seconds)
            if number == len(guards):
                raise
    raise ValueError("no guard to try")


def drop(session: Session) -> None:
    """The connection breaks."""
    session._transport().close()


def kill(_: Session) -> None:
    """The controller is gone, with no chance to say goodbye."""
    os.kill(os.getpid(), signal.SIGKILL)


class Struck:
    """Passes everything on to the real platform; ``blow`` falls before or after the step."""

    def __init__(self, platform: Any, step: str, when: str, blow: Blow) -> None:
        name, _, time = step.partition(" ")
        self._platform, self._step, self._time = platform, name, int(time or 1)
        self._when, self._blow = when, blow
        self._seen: Counter[str] = Counter()
        self.fallen = False

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._platform, name)
        if name != self._step:
            return attribute

        def step(session: Session, *arguments: Any) -> Any:
            self._seen[name] += 1
            due = self._seen[name] == self._time
            if due and self._when == "before":
                self.fallen = True
                self._blow(session)
            result = attribute(session, *arguments)
            if due and self._when == "after":
                self.fallen = True
                self._blow(session)
            return result

        return step


def transact(login: Login, bundle: str, guard_seconds: int, step: str, when: str, blow: Blow) -> Report:
    """One transaction in which the blow falls.

    Raises:
        UnreachedError: it did not fall.
    """
    platform = platforms.load("linux")
    struck = Struck(platform, step, when, blow)
    report = Transaction(
        struck,
        lambda: Session.open(login, platform.device_type, interactive=platform.interactive),
        target=Target(login.host),
        guard_seconds=guard_seconds,
        probes=(PROBE,),
    ).run(bundle)
    if not struck.fallen:
        raise UnreachedError(f"{report.outcome.value}: {report.message}")
    return report


if __name__ == "__main__":
    job = json.load(sys.stdin)
    transact(Login(**job["login"]), job["bundle"], job["guard_seconds"], job["step"], job["when"], kill)
