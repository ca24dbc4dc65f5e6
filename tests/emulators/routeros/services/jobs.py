# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts that run in the background; a power cut ends them like the device's timers."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any

from ...core.clock import Clock


class _Job:
    """Stands among the clock's timers while it runs, so that `cancel_all` ends it."""

    def __init__(self, clock: Clock, work: Coroutine[Any, Any, None]) -> None:
        self._clock = clock
        self.due = clock.monotonic()
        self._task = asyncio.ensure_future(work)
        clock.timers.add(self)  # type: ignore[arg-type]
        self._task.add_done_callback(self._done)

    def reschedule(self) -> None:
        """The clock was put forward: what a job waits for is its own."""

    def cancel(self) -> None:
        self._task.cancel()
        self._clock.timers.discard(self)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._clock.timers.discard(self)
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error

    @property
    def running(self) -> bool:
        return not self._task.done()


class Jobs:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._jobs: dict[int, _Job] = {}
        self._last = 0

    def start(self, work: Coroutine[Any, Any, None]) -> int:
        """Runs it; returns the job's number."""
        self._jobs = {number: job for number, job in self._jobs.items() if job.running}
        self._last += 1
        self._jobs[self._last] = _Job(self._clock, work)
        return self._last

    def __iter__(self) -> Iterator[int]:
        return (number for number, job in self._jobs.items() if job.running)
