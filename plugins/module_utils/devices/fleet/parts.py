# SPDX-License-Identifier: GPL-3.0-or-later
"""A fleet shared out among processes: Python runs one thread at a time, so a second core needs a second process."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait

#: devices that make another process worth its start
_WORTH = 25


def cores() -> int:
    """Processors that this process may use; a container or a unit may have fewer than the machine."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def shares(names: Sequence[str], processes: int | None = None) -> list[list[str]]:
    """Deal the names out like cards, so that neighbours with the same trouble do not all fall to one process."""
    count = processes or min(cores(), len(names) // _WORTH)
    return [share for share in (list(names[start :: max(1, count)]) for start in range(max(1, count))) if share]


def run[R](parts: Sequence[list[str]], work: Callable[[list[str]], Iterable[tuple[str, R]]]) -> Iterator[tuple[str, R]]:
    """Run ``work`` for every part, each in a process of its own, and yield what it yields as it comes.

    A single part runs here. A process that ends early (killed, out of memory) leaves its other names without a result;
    the caller has to look. ``work`` is forked, not sent, and its results are pickled.
    """
    if len(parts) < 2:
        for part in parts:
            yield from work(part)
        return
    context = multiprocessing.get_context("fork")
    processes = []
    readers: list[Connection] = []
    for part in parts:
        reader, writer = context.Pipe(duplex=False)
        process = context.Process(target=_serve, args=(writer, work, part, readers), daemon=True)
        process.start()
        writer.close()
        processes.append(process)
        readers.append(reader)
    open_ends = list(readers)
    while open_ends:
        ready = wait(open_ends)
        for reader in [reader for reader in open_ends if reader in ready]:
            try:
                yield reader.recv()
            except EOFError:
                open_ends.remove(reader)
    for process in processes:
        process.join()


def _serve[R](
    writer: Connection, work: Callable[[list[str]], Iterable[tuple[str, R]]], part: list[str], others: list[Connection]
) -> None:
    for reader in others:
        reader.close()  # inherited ends of the processes before this one
    for result in work(part):
        writer.send(result)
    writer.close()
