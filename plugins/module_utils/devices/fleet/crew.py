# SPDX-License-Identifier: GPL-3.0-or-later
"""A bounded number of threads that take one job after the other, and no patience for a job that never ends."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

#: how often the clock is looked at while nothing is finished, in seconds
_TICK = 0.5


@dataclass
class _Job[T]:
    number: int
    subject: T
    started: float | None = None


@dataclass
class Crew[T, R]:
    """Runs ``work`` for every subject.

    ``work`` must not raise. ``patience`` is the seconds that one subject may take; after that ``late`` answers for it,
    its thread is left to itself, and a new one takes its place. Threads are daemons: one that hangs does not keep
    the process from ending, as those of `concurrent.futures` would.
    """

    work: Callable[[T], R]
    late: Callable[[T], R]
    workers: int
    patience: float
    _todo: queue.SimpleQueue[_Job[T] | None] = field(default_factory=queue.SimpleQueue, init=False)
    _done: queue.SimpleQueue[tuple[int, R]] = field(default_factory=queue.SimpleQueue, init=False)
    _under_way: dict[int, _Job[T]] = field(default_factory=dict, init=False)
    _threads: int = field(default=0, init=False)

    def run(self, subjects: Iterable[T]) -> Iterator[tuple[T, R]]:
        """Yield each subject with its result, in the order in which they end.

        ``subjects`` is consumed in the caller's thread and only a little ahead of the work, so that what it makes (a
        rendered configuration, say) need not be held for all of them at once.
        """
        for number, subject in enumerate(subjects):
            job = _Job(number, subject)
            self._under_way[number] = job
            self._todo.put(job)
            if self._threads < self.workers:
                self._hire()
            # One more waiting for each thread: none is idle while the next subject is being made.
            yield from self._collect(wait=len(self._under_way) >= 2 * self.workers)
        while self._under_way:
            yield from self._collect(wait=True)
        for _ in range(self._threads):
            self._todo.put(None)

    def _hire(self) -> None:
        self._threads += 1
        threading.Thread(target=self._serve, name=f"fleet-{self._threads}", daemon=True).start()

    def _serve(self) -> None:
        while (job := self._todo.get()) is not None:
            job.started = time.monotonic()
            result = self.work(job.subject)
            self._done.put((job.number, result))
            if job.number not in self._under_way:
                return  # given up meanwhile; another thread has this one's place

    def _collect(self, *, wait: bool) -> Iterator[tuple[T, R]]:
        block = wait
        while True:
            try:
                number, result = self._done.get(block, _TICK)
            except queue.Empty:
                break
            block = False
            job = self._under_way.pop(number, None)
            if job is not None:
                yield job.subject, result
        yield from self._give_up()

    def _give_up(self) -> Iterator[tuple[T, R]]:
        limit = time.monotonic() - self.patience
        for job in [job for job in self._under_way.values() if job.started is not None and job.started < limit]:
            del self._under_way[job.number]
            self._hire()
            yield job.subject, self.late(job.subject)
